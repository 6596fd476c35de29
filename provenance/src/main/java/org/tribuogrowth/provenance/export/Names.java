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

/**
 * The names of this project in documents of others. They are names in the form of addresses, as those documents ask for;
 * nothing is fetched from them.
 */
final class Names {
    /** What all begin with: the Java package's name, turned around. */
    static final String BASE = "https://tribuogrowth.org/";

    /** Who writes the documents. */
    static final String PRODUCER = BASE + "audit-export";

    /** The vocabulary of attributes in PROV documents. */
    static final String VOCABULARY = BASE + "ns/provenance#";

    /** The namespace in which a run is one, followed by its ledger's head. */
    static final String RUN = BASE + "run/";

    private Names() {}
}
