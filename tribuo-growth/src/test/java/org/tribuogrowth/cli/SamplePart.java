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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import java.util.ArrayList;
import java.util.List;

/** A component that others refer to, and that can refer to one itself. */
final class SamplePart implements Configurable {
    @Config(description = "The next part.")
    private SamplePart next;

    @Config(description = "More parts.")
    private List<SamplePart> others = new ArrayList<>();

    /** For OLCUT. */
    private SamplePart() {}

    SamplePart next() {
        return next;
    }

    List<SamplePart> others() {
        return others;
    }
}
