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

import picocli.CommandLine.Option;

/** How a command prints; at most one of the two options, plain text without. */
final class OutputForm {
    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Option(names = "--md", description = "print Markdown, for a page or a comment")
    private boolean markdown;

    private OutputForm() {}

    /**
     * Whether JSON is wanted.
     *
     * @param form The options, null if none was given.
     * @return True with {@code --json}.
     */
    static boolean json(OutputForm form) {
        return form != null && form.json;
    }

    /**
     * Whether Markdown is wanted.
     *
     * @param form The options, null if none was given.
     * @return True with {@code --md}.
     */
    static boolean markdown(OutputForm form) {
        return form != null && form.markdown;
    }
}
