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

package org.tribuogrowth.provenance.audit;

import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;

/**
 * What a verified ledger says about the run that it is of.
 *
 * @param start        Its first event.
 * @param seal         Its last event.
 * @param ledgerHead   The SHA-256 of its last line, without its line feed.
 * @param ledgerEvents The number of its lines.
 */
public record SealedRun(StartEvent start, SealEvent seal, String ledgerHead, long ledgerEvents) {}
