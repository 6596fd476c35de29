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

package org.tribuogrowth.architecture;

import java.util.Collection;
import java.util.stream.Collectors;

/** Keeps messages short, whatever an untrusted text contains. */
final class Excerpt {
    private static final int MAX_LENGTH = 120;
    private static final int MAX_NAMES = 12;

    private Excerpt() {}

    /** The text, cut after {@value #MAX_LENGTH} characters. */
    static String of(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    }

    /** The names, cut after the first {@value #MAX_NAMES}. */
    static String of(Collection<String> names) {
        String shown = names.stream().limit(MAX_NAMES).map(Excerpt::of).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? shown + " and " + (names.size() - MAX_NAMES) + " more" : shown;
    }
}
