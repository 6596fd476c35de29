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

package org.tribuogrowth.search;

/**
 * A component that starts from what another run of a comparison found, for example a search that trains the structure of
 * another one from scratch. Classes that implement this have two properties: {@value #RUN_PROPERTY}, a string that names a
 * method of the comparison, and {@value #LEDGER_PROPERTY}, the ledger of that method's run. A comparison trains the named method
 * first and sets the second property to the ledger of its run with the same seed; a single training leaves the first one out
 * and sets the second. Neither may be checked against the other, and the ledger need not exist before the component is built.
 */
public interface ReadsRun {
    /** The property that names a method of the comparison. */
    String RUN_PROPERTY = "run";

    /** The property that holds the path of a ledger. */
    String LEDGER_PROPERTY = "ledger";

    /**
     * The method of the comparison whose run is read.
     *
     * @return Its name; empty if the ledger is given by the configuration itself.
     */
    String run();
}
