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
 * Comparisons of finished runs: every number is read from run folders, checked against the ledger, and put into tables,
 * pictures and statements that the data support.
 *
 * <p>{@link org.tribuogrowth.compare.RunReader} reads a folder into {@link org.tribuogrowth.compare.RunFigures};
 * {@link org.tribuogrowth.compare.Comparison} holds those of all methods and seeds; tables, pictures and
 * {@link org.tribuogrowth.compare.Claims} are computed from it and from nothing else.
 */
package org.tribuogrowth.compare;
