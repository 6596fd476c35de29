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
import java.nio.file.Files;
import java.nio.file.Path;

/** A check that the tests find as a service: the file holds the weights digest of the seal. */
public final class ExampleFileCheck implements RunFileCheck {
    static final String FILE = "example-weights.txt";

    public ExampleFileCheck() {}

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public String check(Path file, SealedRun run) throws IOException {
        String found = Files.readString(file);
        if (found.equals("unreadable")) {
            throw new IOException("the disk\nis broken");
        } else if (!found.equals(run.seal().weightsDigest())) {
            throw new IllegalArgumentException("the weights are " + found + ", the ledger names "
                    + run.seal().weightsDigest());
        }
        return "the weights are those of line " + run.ledgerEvents() + " of a run of "
                + run.start().method();
    }
}
