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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The components that this project brings, by role. They stand in the resource {@value #RESOURCE}: a line
 * {@code [Role]} begins a role, each further line is the full name of a class; {@code #} begins a comment. A test compares the
 * list with the compiled classes.
 */
final class ComponentCatalog {
    /** The resource's name. */
    static final String RESOURCE = "META-INF/tribuo-growth/components.txt";

    private final Map<String, List<String>> roles;

    private ComponentCatalog(Map<String, List<String>> roles) {
        this.roles = Collections.unmodifiableMap(roles);
    }

    /**
     * The catalogue on the class path.
     *
     * @return The catalogue.
     */
    static ComponentCatalog standard() {
        try (InputStream stream = ComponentCatalog.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + RESOURCE + " is missing from the class path");
            }
            return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static ComponentCatalog read(BufferedReader reader) throws IOException {
        Map<String, List<String>> roles = new LinkedHashMap<>();
        List<String> role = null;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (text.startsWith("[")) {
                role = new ArrayList<>();
                roles.put(text.substring(1, text.length() - 1), role);
            } else if (role == null) {
                throw new IllegalStateException(RESOURCE + ": '" + text + "' stands before the first role");
            } else {
                role.add(text);
            }
        }
        return new ComponentCatalog(roles);
    }

    /** The classes of each role, in the order of the resource. */
    Map<String, List<String>> roles() {
        return roles;
    }

    /** All classes. */
    List<String> classNames() {
        return roles.values().stream().flatMap(List::stream).toList();
    }
}
