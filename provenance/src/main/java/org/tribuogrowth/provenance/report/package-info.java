/*
 * Copyright (c) 2026 the tribuo-growth authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

/**
 * The report of a run for people: one page that holds everything it shows, and pictures for papers. What is drawn comes
 * from the ledger, line by line verified; {@link org.tribuogrowth.provenance.report.RunReport} is the entry, and
 * {@code docs/audit/report.md} says what each part shows.
 */
package org.tribuogrowth.provenance.report;
