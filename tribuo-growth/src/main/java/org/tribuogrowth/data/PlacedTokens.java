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

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuogrowth.architecture.Shape;

/** A layout whose only value is the number of a token. Immutable. */
final class PlacedTokens implements BoundLayout {
    private static final int NONE = -1;

    private final Shape shape;
    private final ImmutableFeatureMap features;
    private final int[] numberOfId;
    /** The labels that are no features: tokens that nothing followed in the training data. */
    private final Map<String, Integer> otherLabels = new HashMap<>();

    private final String unknownToken;
    private final int unknown;

    PlacedTokens(ImmutableFeatureMap features, List<String> labels, String unknownToken) {
        this.features = features;
        this.unknownToken = unknownToken;
        List<VariableIDInfo> sorted = DomainFeatures.sorted(features);
        this.numberOfId = new int[DomainFeatures.idBound(sorted)];
        Map<String, Integer> numbers = new HashMap<>();
        for (String label : labels) {
            numbers.put(label, numbers.size());
        }
        int next = numbers.size();
        int unknownNumber = numbers.getOrDefault(unknownToken, NONE);
        otherLabels.putAll(numbers);
        Arrays.fill(numberOfId, NONE);
        for (VariableIDInfo feature : sorted) {
            Integer label = numbers.get(feature.getName());
            otherLabels.remove(feature.getName());
            numberOfId[feature.getID()] = label == null ? next++ : label;
            if (feature.getName().equals(unknownToken)) {
                unknownNumber = numberOfId[feature.getID()];
            }
        }
        this.unknown = unknownNumber;
        this.shape = new Shape.Tokens(1, next);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return 1;
    }

    @Override
    public int place(int featureId) {
        if (numberOfId[featureId] == NONE) {
            throw new IndexOutOfBoundsException("There is no feature " + featureId);
        }
        return 0;
    }

    /**
     * Writes the number of the example's token.
     *
     * @return 1, or 0 if the token is not known and was written as the one for unknown tokens.
     * @throws IllegalArgumentException If there is not exactly one feature, or the token is not known and there is none for
     *                                  unknown ones.
     */
    @Override
    public int write(Example<?> example, float[] destination, int offset) {
        if (example.size() != 1) {
            throw new IllegalArgumentException(
                    "A step of a sequence of tokens has one feature, which names its token, found " + example.size()
                            + " features");
        }
        Feature feature = example.iterator().next();
        int id = features.getID(feature.getName());
        int number = id >= 0 ? numberOfId[id] : otherLabels.getOrDefault(feature.getName(), NONE);
        if (number != NONE) {
            destination[offset] = number;
            return 1;
        }
        if (unknown == NONE) {
            throw new IllegalArgumentException("The token '" + feature.getName() + "' is not known, and there was no '"
                    + unknownToken + "' in the training data to stand for unknown tokens");
        }
        destination[offset] = unknown;
        return 0;
    }
}
