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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tribuo.Output;

/**
 * Outputs of labels that are numbers: one output for each number, made when it first occurs.
 *
 * @param <T> The output type.
 */
final class LabelNames<T extends Output<T>> {
    private static final int BYTE_VALUES = 256;

    private final ImageDataSource<T> source;
    private final List<String> names;
    private final List<T> outputs = new ArrayList<>(Collections.nCopies(BYTE_VALUES, null));

    /**
     * Checks the field {@code labelNames}.
     *
     * @param source The source that has it.
     * @param names  The name of label 0, 1, ...; empty means that a label's name is its number.
     * @throws PropertyException If a name is empty or there twice.
     */
    LabelNames(ImageDataSource<T> source, List<String> names) {
        this.source = source;
        this.names = List.copyOf(names);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw new PropertyException(
                        source.component(),
                        "labelNames",
                        "found the name '" + name + "' " + (name.isBlank() ? "" : "twice ") + "in " + names
                                + ", allowed are different names that are not blank");
            }
        }
    }

    /**
     * The output of a label.
     *
     * @param label The label, 0 to 255.
     * @param file  The file that holds it, for messages.
     * @param index The number of the example in the file, for messages.
     * @return The output.
     */
    T output(int label, UnpackedFile file, int index) {
        if (!names.isEmpty() && label >= names.size()) {
            throw file.error("has the label " + label + " for example " + index + ", but labelNames has names for 0 to "
                    + (names.size() - 1) + " only");
        }
        T output = outputs.get(label);
        if (output == null) {
            output = source.output(names.isEmpty() ? Integer.toString(label) : names.get(label));
            outputs.set(label, output);
        }
        return output;
    }
}
