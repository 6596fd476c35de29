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
 * What a ledger tells beyond its lines: the structure at any event, the life of a unit, what an epoch changed, where two
 * runs part. Each is a value that is read out of a {@link org.tribuogrowth.provenance.VerifiedLedger} in bounded memory;
 * the audit commands and the report show them.
 */
package org.tribuogrowth.provenance.history;
