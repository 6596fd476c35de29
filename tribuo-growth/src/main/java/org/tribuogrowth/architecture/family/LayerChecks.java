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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.List;
import java.util.regex.Pattern;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.configuration.FieldChecks;

/** Checks the configured fields of one component; every failure names the component, the field and what is allowed. */
final class LayerChecks {
    /** Shorter than a unit group's name may be, so that ".conv1" and the like can be appended. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private static final double MAX_MULTIPLIER = 64.0;

    private final FieldChecks checks;

    LayerChecks(String configName) {
        this.checks = new FieldChecks(configName);
    }

    void range(String field, int value, int low, int high) {
        checks.requireRange(field, value, low, high);
    }

    void rate(String field, double value) {
        checks.requireRate(field, value);
    }

    /** What all widths of a network are multiplied by. */
    void multiplier(String field, double value) {
        if (!(value > 0.0 && value <= MAX_MULTIPLIER)) {
            throw failure(field, "must be above 0 and at most " + MAX_MULTIPLIER + ", found " + value);
        }
    }

    void present(String field, Object value) {
        checks.requirePresent(field, value);
    }

    void name(String field, String value) {
        present(field, value);
        if (!value.isEmpty() && (!NAME.matcher(value).matches() || value.equals("input") || value.equals("output"))) {
            throw failure(
                    field,
                    "must be letters, digits, '.', '_' or '-', beginning with a letter or digit, at most 80, and"
                            + " neither 'input' nor 'output', or empty for an automatic name; found '"
                            + (value.length() > 100 ? value.substring(0, 100) + "..." : value) + "'");
        }
    }

    /** A hidden layer's activation: no softmax, and zero at zero if the layer's units may be searched. */
    void activation(String field, Activation value, boolean searchable) {
        present(field, value);
        if (value == Activation.SOFTMAX) {
            throw failure(field, "must be IDENTITY, RELU, TANH or SIGMOID, found SOFTMAX, which is for outputs only");
        }
        if (searchable && !value.preservesZero()) {
            throw failure(
                    field,
                    "must be IDENTITY, RELU or TANH where units are searchable, since a unit with gate 0 must write 0;"
                            + " found " + value);
        }
    }

    /** A copy of a list whose elements have the given type, which OLCUT does not check. */
    <T> List<T> elements(String field, List<?> list, Class<T> type, String allowed) {
        if (list == null || list.isEmpty()) {
            throw failure(field, "must have at least one item: " + allowed);
        }
        return checks.requireElements(field, list, type, allowed);
    }

    PropertyException failure(String field, String message) {
        return checks.failure(field, message);
    }
}
