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

package org.tribuogrowth.card;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What no file can know about a model and its author may say: for each an empty text if nothing is said.
 *
 * @param intendedUse What the model is for.
 * @param limitations What it is not for, or known to do badly.
 * @param licence     The terms under which others may use it.
 * @param contact     Whom to ask.
 */
public record StatedUse(
        Optional<String> intendedUse,
        Optional<String> limitations,
        Optional<String> licence,
        Optional<String> contact) {
    /** Nothing said. */
    public static final StatedUse NOTHING =
            new StatedUse(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("intendedUse", intendedUse.orElse(null));
        values.put("limitations", limitations.orElse(null));
        values.put("licence", licence.orElse(null));
        values.put("contact", contact.orElse(null));
        return values;
    }
}
