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
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuogrowth.architecture.Shape;

/** A layout that is a table from feature ids to places. */
final class PlacedLayout implements BoundLayout {
    private static final int NOWHERE = -1;

    private final Shape shape;
    private final int length;
    private final ImmutableFeatureMap features;

    /** The place of each feature id; different ids have different places. */
    private final int[] placeOfId;

    /** The places of the names last seen in a dense example: all images of a source share their names. */
    private volatile NamePlaces lastNames;

    /**
     * Makes the layout.
     *
     * @param shape     The shape of one example.
     * @param length    The number of places.
     * @param features  The feature domain.
     * @param placeOfId The place of each feature id; not copied.
     */
    PlacedLayout(Shape shape, int length, ImmutableFeatureMap features, int[] placeOfId) {
        this.shape = shape;
        this.length = length;
        this.features = features;
        this.placeOfId = placeOfId;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int place(int featureId) {
        return placeOfId[featureId];
    }

    @Override
    public int write(Example<?> example, float[] destination, int offset) {
        if (example instanceof DenseExample<?> dense) {
            return writeDense(dense, destination, offset);
        }
        Arrays.fill(destination, offset, offset + length, 0f);
        int used = 0;
        for (Feature feature : example) {
            int id = features.getID(feature.getName());
            if (id >= 0) {
                // Added, not set: with a hashed feature domain several names share an id, and Tribuo adds them up.
                destination[offset + placeOfId[id]] += (float) feature.getValue();
                used++;
            }
        }
        return used;
    }

    /** Whether an example has a value for each place, in the order of places. */
    boolean isInPlace(DenseExample<?> example) {
        return places(example).inOrder;
    }

    private NamePlaces places(DenseExample<?> example) {
        NamePlaces known = lastNames;
        if (known == null || known.names != example.featureNames()) {
            known = placesOf(example.featureNames());
            lastNames = known;
        }
        return known;
    }

    private int writeDense(DenseExample<?> example, float[] destination, int offset) {
        NamePlaces known = places(example);
        if (known.inOrder) {
            example.writeValues(destination, offset);
            return length;
        }
        Arrays.fill(destination, offset, offset + length, 0f);
        int[] places = known.places;
        for (int i = 0; i < places.length; i++) {
            if (places[i] != NOWHERE) {
                destination[offset + places[i]] += (float) example.value(i);
            }
        }
        return known.used;
    }

    private NamePlaces placesOf(FeatureNames names) {
        int[] places = new int[names.size()];
        int used = 0;
        boolean inOrder = places.length == length;
        for (int i = 0; i < places.length; i++) {
            int id = features.getID(names.get(i));
            places[i] = id < 0 ? NOWHERE : placeOfId[id];
            used += id < 0 ? 0 : 1;
            inOrder &= places[i] == i;
        }
        return new NamePlaces(names, places, used, inOrder);
    }

    /**
     * Where the values of a list of names go.
     *
     * @param names   The names.
     * @param places  The place of each name.
     * @param used    How many names have a place.
     * @param inOrder Whether the places are 0, 1, ... to the last.
     */
    private record NamePlaces(FeatureNames names, int[] places, int used, boolean inOrder) {}
}
