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

package org.tribuogrowth.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * One run of a comparison that is to be there in the end.
 *
 * @param method   The method's name.
 * @param seed     The seed.
 * @param folder   Its run folder.
 * @param parts    The components that it is made of.
 * @param settings The overrides: those of the command line, the seed, and the ledgers that it reads.
 * @param reads    The methods whose runs with the same seed it reads.
 */
record CompareJob(
        String method,
        long seed,
        Path folder,
        TrainingRun.Parts parts,
        List<CommandLine.Setting> settings,
        List<String> reads) {
    CompareJob {
        settings = List.copyOf(settings);
        reads = List.copyOf(reads);
    }

    /** The job in words, for messages. */
    String name() {
        return method + ", seed " + seed;
    }
}
