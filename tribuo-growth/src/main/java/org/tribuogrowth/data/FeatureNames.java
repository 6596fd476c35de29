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

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sorted list of feature names that many {@link DenseExample}s share, so that an example stores only its values.
 * Immutable.
 */
public final class FeatureNames implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Pixel names in use, so that examples of several sources, and examples read from a file, share one list. */
    private static final ConcurrentHashMap<String, WeakReference<FeatureNames>> PIXEL_NAMES = new ConcurrentHashMap<>();

    private final String[] names;
    private final boolean unique;

    /** What stands before the number of a pixel value; null if the names are not those of pixel values. */
    private final String pixelPrefix;

    private FeatureNames(String[] names, String pixelPrefix) {
        this.names = names;
        this.pixelPrefix = pixelPrefix;
        boolean distinct = true;
        for (int i = 1; i < names.length; i++) {
            int order = names[i - 1].compareTo(names[i]);
            if (order > 0) {
                throw new IllegalArgumentException("Feature names must be sorted as strings, found '" + names[i - 1]
                        + "' before '" + names[i] + "'");
            }
            distinct &= order != 0;
        }
        this.unique = distinct;
    }

    /**
     * The names of the values of an image: the prefix and the decimal index, zero-padded so that the order of the names
     * is the order of the indices. These are the names that Tribuo's {@code IDXDataSource} gives: the index is padded
     * to the number of digits of {@code count}.
     *
     * @param prefix What stands before the index, may be empty.
     * @param count  The number of values: height times width times channels.
     * @return The names; the same object for the same arguments while it is in use.
     * @throws IllegalArgumentException If count is below 1.
     */
    public static FeatureNames pixels(String prefix, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("An image has at least one value, found " + count);
        }
        String key = count + ":" + prefix;
        WeakReference<FeatureNames> reference = PIXEL_NAMES.get(key);
        FeatureNames known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        String format = "%0" + Integer.toString(count).length() + "d";
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = prefix + String.format(Locale.ROOT, format, i);
        }
        FeatureNames made = new FeatureNames(names, prefix);
        PIXEL_NAMES.put(key, new WeakReference<>(made));
        return made;
    }

    /**
     * Any names.
     *
     * @param names The names, sorted by {@link String#compareTo}, each at most once.
     * @return The names.
     * @throws IllegalArgumentException If a name is out of order or there twice.
     */
    public static FeatureNames of(List<String> names) {
        FeatureNames made = new FeatureNames(names.toArray(new String[0]), null);
        if (!made.unique) {
            throw new IllegalArgumentException("Feature names must differ, found one twice in " + names);
        }
        return made;
    }

    /**
     * Names of an example in the making, where a name may be there twice as in any Tribuo example.
     *
     * @param names The sorted names; not copied.
     * @return The names.
     */
    static FeatureNames ofSorted(String[] names) {
        return new FeatureNames(names, null);
    }

    /**
     * The number of names.
     *
     * @return The number of names.
     */
    public int size() {
        return names.length;
    }

    /**
     * The name at an index.
     *
     * @param index The index, from 0.
     * @return The name.
     */
    public String get(int index) {
        return names[index];
    }

    /**
     * The names as a list.
     *
     * @return An unmodifiable view in sorted order.
     */
    public List<String> asList() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /**
     * Where a name is.
     *
     * @param name The name.
     * @return Its index, or a negative number if it is not there.
     */
    int indexOf(String name) {
        return Arrays.binarySearch(names, name);
    }

    /**
     * Whether no name is there twice.
     *
     * @return True if all names differ.
     */
    boolean areUnique() {
        return unique;
    }

    /**
     * What stands before the index of a pixel value.
     *
     * @return The prefix, or null if these names do not come from {@link #pixels}.
     */
    String pixelPrefix() {
        return pixelPrefix;
    }

    private Object readResolve() {
        return pixelPrefix == null ? new FeatureNames(names.clone(), null) : pixels(pixelPrefix, names.length);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof FeatureNames that && Arrays.equals(names, that.names));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }

    @Override
    public String toString() {
        if (names.length == 0) {
            return "FeatureNames(size=0)";
        }
        return "FeatureNames(size=" + names.length + ",first=" + names[0] + ",last=" + names[names.length - 1] + ")";
    }
}
