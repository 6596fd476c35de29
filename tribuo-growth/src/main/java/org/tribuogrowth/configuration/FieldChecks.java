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

package org.tribuogrowth.configuration;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.List;

/**
 * Checks of configured fields. Every failure names the component, the field, what was found and what is allowed.
 *
 * @param component The component's name for messages, empty if it has none.
 */
public record FieldChecks(String component) {
    /** Accepts null, which is the name of a component that was built by code. */
    public FieldChecks {
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
    public void require(boolean allowed, String field, Object found, String range) {
        if (!allowed) {
            throw failure(field, "must be " + range + ", found " + found);
        }
    }

    /**
     * Refuses integers outside a range.
     *
     * @param field The field.
     * @param value Its value.
     * @param low   The least allowed.
     * @param high  The largest allowed.
     * @throws PropertyException If the value is outside.
     */
    public void requireRange(String field, long value, long low, long high) {
        require(value >= low && value <= high, field, value, low + " to " + high);
    }

    /**
     * Refuses numbers that are not positive and finite.
     *
     * @param field The field.
     * @param value Its value.
     * @throws PropertyException If the value is not positive and finite.
     */
    public void requirePositive(String field, double value) {
        require(value > 0.0 && value < Double.POSITIVE_INFINITY, field, value, "positive and finite");
    }

    /**
     * Refuses numbers that are negative or not finite.
     *
     * @param field The field.
     * @param value Its value.
     * @throws PropertyException If the value is negative or not finite.
     */
    public void requireNotNegative(String field, double value) {
        require(value >= 0.0 && value < Double.POSITIVE_INFINITY, field, value, "at least 0 and finite");
    }

    /**
     * Refuses rates outside [0, 1).
     *
     * @param field The field.
     * @param value Its value.
     * @throws PropertyException If the value is outside.
     */
    public void requireRate(String field, double value) {
        require(value >= 0.0 && value < 1.0, field, value, "at least 0 and below 1");
    }

    /**
     * Refuses a missing value.
     *
     * @param field The field.
     * @param value Its value.
     * @throws PropertyException If there is none.
     */
    public void requirePresent(String field, Object value) {
        if (value == null) {
            throw failure(field, "must be given, found nothing");
        }
    }

    /**
     * Copies a list whose elements must have a type, which OLCUT does not check.
     *
     * @param field   The field.
     * @param list    Its value, null for an empty list.
     * @param type    The type of the elements.
     * @param allowed What an element may be, in words.
     * @param <T>     The type of the elements.
     * @return An immutable copy.
     * @throws PropertyException If an element is missing or has another type.
     */
    public <T> List<T> requireElements(String field, List<?> list, Class<T> type, String allowed) {
        if (list == null) {
            return List.of();
        }
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (!type.isInstance(item)) {
                String found =
                        item == null ? "missing" : "of " + item.getClass().getName();
                throw failure(field, "item " + (i + 1) + " is " + found + ", but every item must be " + allowed);
            }
        }
        return list.stream().<T>map(type::cast).toList();
    }

    /**
     * Makes the failure of a field.
     *
     * @param field   The field.
     * @param message What is wrong, in words that follow the field's name.
     * @return The exception, to be thrown.
     */
    public PropertyException failure(String field, String message) {
        return new PropertyException(component, field, field + " " + message);
    }
}
