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

/**
 * Where something in a configuration was written.
 *
 * @param source A file, or words of the command line.
 * @param line   The line in the file, from 1; 0 if there are no lines.
 */
record Place(String source, int line) {
    @Override
    public String toString() {
        return line == 0 ? source : source + ", line " + line;
    }

    /**
     * Begins a message about a component or one of its properties.
     *
     * @param component The component's name.
     * @param property  The property's name, or empty.
     * @return {@code FILE, line N: component 'c', property 'p': }.
     */
    String of(String component, String property) {
        return this + ": component " + Words.quote(component)
                + (property.isEmpty() ? "" : ", property " + Words.quote(property)) + ": ";
    }
}
