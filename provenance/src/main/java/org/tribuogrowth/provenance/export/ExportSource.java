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

package org.tribuogrowth.provenance.export;

import java.nio.file.Path;
import java.util.Optional;
import org.tribuogrowth.provenance.VerifiedLedger;

/**
 * What is exported.
 *
 * @param ledger The ledger, at least one line of which holds.
 * @param folder The run folder that it lies in, empty if the ledger alone was given. Other files in it are anyone's:
 *               whoever reads them bounds what is read.
 */
public record ExportSource(VerifiedLedger ledger, Optional<Path> folder) {}
