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

import java.nio.file.Files;
import java.nio.file.Path;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine.Parameters;

/** The argument RUN, which most commands have. */
final class RunArgument {
    /** The ledger's name in a run folder. */
    static final String LEDGER = "ledger.jsonl";

    @Parameters(paramLabel = "RUN", description = "a run folder, or a ledger file by itself")
    private Path run;

    private RunArgument() {}

    /**
     * What was named.
     *
     * @return The run folder or the ledger itself, which need not exist.
     */
    Path path() {
        return run;
    }

    /**
     * Finds the ledger.
     *
     * @return The ledger's file.
     * @throws AuditException If there is none.
     */
    Path ledger() throws AuditException {
        return ledger(run);
    }

    /**
     * Finds the ledger of a run.
     *
     * @param run The run folder or the ledger itself.
     * @return The ledger's file.
     * @throws AuditException If there is none.
     */
    static Path ledger(Path run) throws AuditException {
        Path ledger = Files.isDirectory(run) ? run.resolve(LEDGER) : run;
        if (!Files.isRegularFile(ledger)) {
            throw AuditException.usage("There is no ledger " + SafeText.clean(ledger.toString(), 300)
                    + ": name a run folder with a file " + LEDGER + " in it, or a ledger file.");
        }
        return ledger;
    }
}
