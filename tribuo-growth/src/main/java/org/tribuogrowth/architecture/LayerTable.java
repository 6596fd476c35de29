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

package org.tribuogrowth.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of the layers so far: shapes, groups, parameters and cost terms. */
final class LayerTable {
    private final LinkedHashMap<String, UnitGroup> groups = new LinkedHashMap<>();
    private final LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> groupOf = new LinkedHashMap<>();
    /** The groups that each concatenation puts side by side, by its name. */
    private final LinkedHashMap<String, List<String>> unions = new LinkedHashMap<>();

    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<CostTerm> costTerms = new ArrayList<>();

    /** Notes what a layer writes. */
    void put(String layer, Shape shape, String group) {
        shapes.put(layer, shape);
        groupOf.put(layer, group);
    }

    /** Notes that a layer passes the units on that it reads. */
    void pass(LayerSpec layer, Shape shape) {
        put(layer.name(), shape, groupOf.get(layer.inputs().get(0)));
    }

    /** Notes a group. */
    void add(UnitGroup group) {
        if (groups.put(group.name(), group) != null) {
            throw new IllegalArgumentException("Two unit groups are called " + group.name());
        }
    }

    /** Notes the groups that a concatenation puts side by side. */
    void addUnion(String layer, List<String> members) {
        if (groups.containsKey(layer)) {
            throw new IllegalArgumentException("Layer " + layer
                    + ": a concatenation's name is that of its units too, but there is a unit group of that name");
        }
        unions.put(layer, List.copyOf(members));
    }

    /** Whether there is a layer of that name, or the input. */
    boolean knows(String layer) {
        return shapes.containsKey(layer);
    }

    /** What a layer writes. */
    Shape shape(String layer) {
        return shapes.get(layer);
    }

    /** The group that a layer writes or passes on. */
    String groupOf(String layer) {
        return groupOf.get(layer);
    }

    /** Notes a parameter array. */
    void add(ParameterSpec parameter) {
        parameters.add(parameter);
    }

    /** Notes a part of the cost. */
    void add(CostTerm term) {
        costTerms.add(term);
    }

    /** The groups that a group, or a concatenation, is made of. */
    List<String> members(String group) {
        return unions.getOrDefault(group, List.of(group));
    }

    /** The number of units at full width. */
    int width(String group) {
        return members(group).stream()
                .mapToInt(member -> groups.get(member).width())
                .sum();
    }

    /** The group that a layer says it writes. */
    UnitGroup group(LayerSpec layer, String name) {
        UnitGroup group = groups.get(name);
        if (group != null && group.block()) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + " writes " + name + ", which is a block and has no units to write");
        }
        if (group == null || name.equals(LayerSpec.INPUT)) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + " writes the unknown unit group " + Excerpt.of(name));
        }
        return group;
    }

    /** What a layer reads, if that is an image. */
    Shape.Image image(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Image image) {
            return image;
        }
        throw new IllegalArgumentException("Layer " + layer.name() + " needs an image, but reads " + source
                + ", which is " + shapes.get(source).describe());
    }

    /** What a layer reads, if that is a sequence. */
    Shape.Sequence sequence(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException("Layer " + layer.name() + " needs a sequence, but reads " + source
                + ", which is " + shapes.get(source).describe()
                + (shapes.get(source) instanceof Shape.Tokens ? "; put an embedding between them" : ""));
    }

    /** What a layer reads, if that is a vector. */
    Shape.Vector vector(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Vector vector) {
            return vector;
        }
        throw new IllegalArgumentException(
                "Layer " + layer.name() + " needs a vector, but reads " + source + ", which is "
                        + shapes.get(source).describe() + "; put a flatten or global pooling layer between them");
    }

    /** What is no number of a token. */
    Shape real(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Tokens) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + " reads tokens; only an embedding does, put one between them");
        }
        return shapes.get(source);
    }

    /** What is neither tokens nor a sequence. */
    Shape plain(LayerSpec layer, String source) {
        if (real(layer, source) instanceof Shape.Sequence) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + ": the steps of a sequence are not normalised over the batch; leave batch normalisation out");
        }
        return shapes.get(source);
    }

    void requireNoUnion(LayerSpec layer) {
        String group = groupOf.get(layer.inputs().get(0));
        if (unions.containsKey(group)) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + " carries the gates of what it reads, but reads "
                    + "the concatenation " + group + ", whose units belong to several groups; put a convolution between"
                    + " them");
        }
    }

    void requireZero(LayerSpec layer, String group, Activation activation) {
        if (members(group).stream().anyMatch(member -> groups.get(member).searchable())
                && !activation.preservesZero()) {
            throw new IllegalArgumentException("Layer " + layer.name() + ": units of the searchable group " + group
                    + " must be 0 when their gate is 0, but " + activation.text() + "(0) is not 0; use relu, tanh or"
                    + " identity, or make the group fixed");
        }
    }

    void addWeights(String layer, String group, int positions, String inputGroup, int outputPositions) {
        int inputWidth = inputGroup.isEmpty() ? 1 : width(inputGroup);
        checkFits(layer, groups.get(group).width(), (long) positions * inputWidth);
        parameters.add(new ParameterSpec(layer, ParameterRole.WEIGHT, group, positions, inputGroup));
        // The width of a union is the sum of its members', so each has a term of its own.
        for (String member : inputGroup.isEmpty() ? List.of("") : members(inputGroup)) {
            costTerms.add(new CostTerm(
                    layer, group, member, positions, positions, Math.multiplyExact((long) positions, outputPositions)));
        }
    }

    void addNormalisation(String layer, String group) {
        addVector(layer, ParameterRole.GAMMA, group);
        addVector(layer, ParameterRole.BETA, group);
        addVector(layer, ParameterRole.MEAN, group);
        addVector(layer, ParameterRole.VARIANCE, group);
        costTerms.add(new CostTerm(layer, group, "", 0, 2, 0));
    }

    void addVector(String layer, ParameterRole role, String group) {
        parameters.add(new ParameterSpec(layer, role, group, 1, ""));
    }

    static void checkFits(String layer, long rows, long rowLength) {
        if (rowLength > Integer.MAX_VALUE / rows) {
            throw new IllegalArgumentException("Layer " + layer + " would have " + rows + " x " + rowLength
                    + " weights, more than an array holds (" + Integer.MAX_VALUE + ")");
        }
    }

    /** The members of each union, by its name. */
    Map<String, List<String>> unions() {
        return unions;
    }

    LinkedHashMap<String, UnitGroup> groups() {
        return groups;
    }

    Map<String, Shape> shapes() {
        return shapes;
    }

    Map<String, String> groupOf() {
        return groupOf;
    }

    List<ParameterSpec> parameters() {
        return parameters;
    }

    List<CostTerm> costTerms() {
        return costTerms;
    }
}
