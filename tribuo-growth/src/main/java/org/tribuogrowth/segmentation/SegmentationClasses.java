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

package org.tribuogrowth.segmentation;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the classes that pixels can have; a class's number is its place among them. Immutable. */
public final class SegmentationClasses implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most classes: numbers are stored in a byte, of which one value means void. */
    public static final int MOST_CLASSES = 255;

    /** The most characters of a name. */
    public static final int LONGEST_NAME = 200;

    private final List<String> names;

    /**
     * Names classes.
     *
     * @param names The name of class 0, 1, and so on.
     * @throws IllegalArgumentException If there are none or too many, or if a name is blank, too long or there twice.
     */
    public SegmentationClasses(List<String> names) {
        if (names.isEmpty() || names.size() > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "found " + names.size() + " names of classes, allowed are 1 to " + MOST_CLASSES);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("found the class name '" + name + "', allowed are 1 to "
                        + LONGEST_NAME + " characters that are not all blank");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "found the class name '" + name + "' twice, allowed are different names");
            }
        }
        this.names = List.copyOf(names);
    }

    /**
     * The number of classes.
     *
     * @return 1 to {@value #MOST_CLASSES}.
     */
    public int size() {
        return names.size();
    }

    /**
     * The name of a class.
     *
     * @param number The class.
     * @return Its name.
     * @throws IndexOutOfBoundsException If there is no such class.
     */
    public String name(int number) {
        return names.get(number);
    }

    /**
     * All names.
     *
     * @return Them, in the order of the classes' numbers.
     */
    public List<String> names() {
        return names;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SegmentationClasses that && names.equals(that.names));
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
