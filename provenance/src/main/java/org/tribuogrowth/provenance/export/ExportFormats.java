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

import java.util.List;
import java.util.Optional;

/** The formats that there are. */
public final class ExportFormats {
    private static final List<ExportFormat> FORMATS = List.of(new CsvFormat());

    private ExportFormats() {}

    /**
     * All formats.
     *
     * @return The formats, in the order in which they are shown.
     */
    public static List<ExportFormat> all() {
        return FORMATS;
    }

    /**
     * A format by its name.
     *
     * @param name The name.
     * @return The format, or nothing if there is none of that name.
     */
    public static Optional<ExportFormat> named(String name) {
        return FORMATS.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
