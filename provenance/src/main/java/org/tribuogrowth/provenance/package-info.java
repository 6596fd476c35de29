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
 * The record of structure changes of a growing and pruning network, usable without the code that trains it.
 *
 * <p>{@link org.tribuogrowth.provenance.LedgerWriter} writes {@link org.tribuogrowth.provenance.LedgerEvent}s as a
 * chain of canonical JSON lines and refuses what does not follow from what it wrote before.
 * {@link org.tribuogrowth.provenance.LedgerReader} and {@link org.tribuogrowth.provenance.LedgerVerifier} read a ledger
 * that nobody vouches for and recompute everything that can be recomputed from it.
 * {@link org.tribuogrowth.provenance.Manifest} ties a run's files to the ledger's head.
 * {@link org.tribuogrowth.provenance.ArchitectureHistoryProvenance} is the bounded summary that goes into a model's
 * provenance. The commands are in {@link org.tribuogrowth.provenance.audit}. The format is described in
 * {@code docs/ledger.md}.
 */
package org.tribuogrowth.provenance;
