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

import java.io.IOException;
import java.nio.file.Path;

/**
 * Compares a file of a run folder with what the run's ledger says about it. This module can read no models; whoever can
 * offers an implementation as a service of {@link java.util.ServiceLoader}, and {@code audit verify} finds it.
 */
public interface RunFileCheck {
    /**
     * The file that is checked.
     *
     * @return Its name in a run folder, for example {@code model.tribuo}.
     */
    String file();

    /**
     * Compares the file with the ledger. The file may be anyone's: an implementation bounds what it reads.
     *
     * @param file The file, which exists.
     * @param run  What the verified ledger says.
     * @return What was compared, for people, without a full stop.
     * @throws IllegalArgumentException If the file is damaged or differs from the ledger; the message says in what.
     * @throws IOException              If the file cannot be read.
     */
    String check(Path file, SealedRun run) throws IOException;
}
