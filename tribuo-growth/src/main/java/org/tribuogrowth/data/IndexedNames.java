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

import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuogrowth.architecture.Shape;

/**
 * Features whose names end in the index of their place: a prefix, then the index in decimal digits, zero-padded or not.
 *
 * @param prefix What stands before the index.
 * @param length The number of places.
 * @param what   What has these places, in words that follow "a place in".
 */
record IndexedNames(String prefix, int length, String what) {
    /**
     * Places the features of a domain.
     *
     * @param shape    The shape of one example.
     * @param features The domain.
     * @return The layout.
     * @throws IllegalArgumentException If a name has no place or two have the same.
     */
    PlacedLayout bind(Shape shape, ImmutableFeatureMap features) {
        List<VariableIDInfo> sorted = DomainFeatures.sorted(features);
        int[] placeOfId = new int[DomainFeatures.idBound(sorted)];
        String[] nameAt = new String[length];
        for (VariableIDInfo feature : sorted) {
            int place = place(feature.getName());
            if (nameAt[place] != null) {
                String kind = shape instanceof Shape.Image ? "an image" : "a sequence";
                throw new IllegalArgumentException("The features '" + nameAt[place] + "' and '" + feature.getName()
                        + "' both name value " + place + " of " + kind + "; each value may have one feature only");
            }
            nameAt[place] = feature.getName();
            placeOfId[feature.getID()] = place;
        }
        return new PlacedLayout(shape, length, features, placeOfId);
    }

    /** Where a feature goes; refuses the name of no value. */
    int place(String name) {
        int digits = prefix.length();
        boolean wellFormed = name.startsWith(prefix) && name.length() > digits;
        long index = 0;
        for (int i = digits; wellFormed && i < name.length(); i++) {
            char digit = name.charAt(i);
            wellFormed = digit >= '0' && digit <= '9';
            // Held at the first value that is too large, so that a long name cannot overflow.
            index = Math.min(index * 10 + (digit - '0'), length);
        }
        if (!wellFormed || index >= length) {
            throw new IllegalArgumentException("The feature '" + name + "' has no place in " + what
                    + "; allowed names are " + allowedPrefix()
                    + "the index of a value, 0 to "
                    + (length - 1) + ", in decimal digits");
        }
        return (int) index;
    }

    private String allowedPrefix() {
        return prefix.isEmpty() ? "" : "the prefix '" + prefix + "' followed by ";
    }
}
