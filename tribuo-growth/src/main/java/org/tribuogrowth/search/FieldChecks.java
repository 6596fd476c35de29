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

import com.oracle.labs.mlrg.olcut.config.PropertyException;

/**
 * Checks of configured fields, with one wording for all messages.
 *
 * @param component The component's name for messages, empty if it has none.
 */
record FieldChecks(String component) {
    /** Accepts null, which is the name of a component that was built by code. */
    FieldChecks {
        component = component == null ? "" : component;
    }

    /**
     * Refuses a value.
     *
     * @param allowed Whether the value is allowed; a comparison that is false for NaN refuses it.
     * @param field   The field.
     * @param found   Its value.
     * @param range   What is allowed, in words that follow "must be".
     * @throws PropertyException If it is not.
     */
    void require(boolean allowed, String field, Object found, String range) {
        if (!allowed) {
            throw new PropertyException(component, field, field + " must be " + range + ", found " + found);
        }
    }

    /**
     * Refuses numbers that are not positive and finite.
     *
     * @param field The field.
     * @param found Its value.
     * @throws PropertyException If the value is not positive and finite.
     */
    void requirePositive(String field, double found) {
        require(found > 0.0 && found < Double.POSITIVE_INFINITY, field, found, "positive and finite");
    }
}
