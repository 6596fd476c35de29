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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a graph of layers, infers shapes and groups, and lists parameters and cost terms. */
final class ArchitectureChecker {
    private final LinkedHashMap<String, UnitGroup> groups = new LinkedHashMap<>();
    private final LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> groupOf = new LinkedHashMap<>();
    /** The groups that each concatenation puts side by side, by its name. */
    private final LinkedHashMap<String, List<String>> unions = new LinkedHashMap<>();

    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<CostTerm> costTerms = new ArrayList<>();
    private final Blocks blocks;

    ArchitectureChecker(Shape input, List<UnitGroup> unitGroups, List<LayerSpec> layers) {
        if (layers.isEmpty() || layers.size() > Architecture.MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "An architecture has 1 to " + Architecture.MAX_LAYERS + " layers, found " + layers.size());
        }
        groups.put(LayerSpec.INPUT, new UnitGroup(LayerSpec.INPUT, inputUnits(input), false));
        for (UnitGroup group : unitGroups) {
            if (groups.put(group.name(), group) != null) {
                throw new IllegalArgumentException("Two unit groups are called " + group.name());
            }
        }
        shapes.put(LayerSpec.INPUT, input);
        groupOf.put(LayerSpec.INPUT, LayerSpec.INPUT);
        for (LayerSpec layer : layers) {
            add(layer);
        }
        checkUse(layers);
        blocks = new Blocks(groups, layers, groupOf);
        costTerms.replaceAll(term -> term.within(blocks.ofLayer(term.layer())));
    }

    private static int inputUnits(Shape input) {
        if (input instanceof Shape.Image image) {
            return image.channels();
        } else if (input instanceof Shape.Sequence sequence) {
            return sequence.units();
        } else if (input instanceof Shape.Tokens tokens) {
            return tokens.vocabulary();
        }
        Shape.Vector vector = (Shape.Vector) input;
        if (vector.positions() != 1) {
            throw new IllegalArgumentException("An input vector has one position a unit, found " + vector.positions());
        }
        return vector.units();
    }

    private void add(LayerSpec layer) {
        if (shapes.containsKey(layer.name())) {
            throw new IllegalArgumentException("Two layers are called " + layer.name());
        }
        for (String read : layer.inputs()) {
            if (!shapes.containsKey(read)) {
                throw new IllegalArgumentException("Layer " + layer.name() + " reads " + Excerpt.of(read)
                        + ", which is not an" + " earlier layer; known are " + Excerpt.of(shapes.keySet()));
            }
        }
        String source = layer.inputs().get(0);
        // A pattern switch would need Java 21; the order of the tests does not matter, the types are disjoint.
        if (layer instanceof LayerSpec.Convolution convolution) {
            addConvolution(convolution);
        } else if (layer instanceof LayerSpec.DepthwiseConvolution depthwise) {
            addDepthwise(depthwise);
        } else if (layer instanceof LayerSpec.Dense dense) {
            addDense(dense);
        } else if (layer instanceof LayerSpec.Output output) {
            addOutput(output);
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            addEmbedding(embedding);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            addLstm(lstm);
        } else if (layer instanceof LayerSpec.LastStep) {
            pass(layer, new Shape.Vector(sequence(layer, source).units(), 1));
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            addConcatenation(concatenation);
        } else if (layer instanceof LayerSpec.Resize resize) {
            addResize(resize);
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            Shape.Image image = image(layer, source);
            pass(
                    layer,
                    resized(layer, image, pooling.outputExtent(image.height()), pooling.outputExtent(image.width())));
        } else if (layer instanceof LayerSpec.GlobalPooling) {
            pass(layer, new Shape.Vector(image(layer, source).channels(), 1));
        } else if (layer instanceof LayerSpec.Flatten) {
            Shape.Image image = image(layer, source);
            pass(layer, new Shape.Vector(image.channels(), image.positions()));
        } else if (layer instanceof LayerSpec.Sum sum) {
            addJunction(sum, "adds");
            requireZero(layer, groupOf.get(source), sum.activation());
        } else if (layer instanceof LayerSpec.Bypass bypass) {
            addJunction(bypass, "chooses between");
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            if (shapes.get(source) instanceof Shape.Vector vector && vector.positions() != 1) {
                throw new IllegalArgumentException("Layer " + layer.name()
                        + ": batch normalisation goes before flattening, where each unit is one channel");
            }
            requireZero(layer, groupOf.get(source), normalisation.activation());
            requireNoUnion(layer);
            pass(layer, plain(layer, source));
            addNormalisation(layer.name(), groupOf.get(source));
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            requireZero(layer, groupOf.get(source), function.function());
            pass(layer, real(layer, source));
        } else if (layer instanceof LayerSpec.Dropout) {
            pass(layer, real(layer, source));
        } else {
            throw new AssertionError("Unknown layer type " + layer.getClass().getName());
        }
    }

    private void pass(LayerSpec layer, Shape shape) {
        shapes.put(layer.name(), shape);
        groupOf.put(layer.name(), groupOf.get(layer.inputs().get(0)));
    }

    private static Shape.Image resized(LayerSpec layer, Shape.Image image, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + ": its window does not fit into its input, " + image.describe());
        }
        return new Shape.Image(height, width, image.channels());
    }

    private void addConvolution(LayerSpec.Convolution layer) {
        Shape.Image image = image(layer, layer.input());
        UnitGroup group = group(layer, layer.units());
        Shape.Image resized =
                resized(layer, image, layer.outputExtent(image.height()), layer.outputExtent(image.width()));
        requireZero(layer, group.name(), layer.activation());
        shapes.put(layer.name(), new Shape.Image(resized.height(), resized.width(), group.width()));
        groupOf.put(layer.name(), group.name());
        addWeights(
                layer.name(),
                group.name(),
                layer.kernel() * layer.kernel(),
                groupOf.get(layer.input()),
                resized.positions());
        finishAffine(layer, group.name());
    }

    private void addDepthwise(LayerSpec.DepthwiseConvolution layer) {
        Shape.Image image = image(layer, layer.input());
        requireNoUnion(layer);
        String group = groupOf.get(layer.input());
        Shape.Image resized =
                resized(layer, image, layer.outputExtent(image.height()), layer.outputExtent(image.width()));
        requireZero(layer, group, layer.activation());
        pass(layer, resized);
        // A filter reads its own unit alone, so the weights grow with one width and not with the product of two.
        addWeights(layer.name(), group, layer.kernel() * layer.kernel(), "", resized.positions());
        finishAffine(layer, group);
    }

    private void addDense(LayerSpec.Dense layer) {
        UnitGroup group = group(layer, layer.units());
        requireZero(layer, group.name(), layer.activation());
        int perUnit = 1;
        if (shapes.get(layer.input()) instanceof Shape.Sequence sequence) {
            if (layer.batchNormalisation()) {
                throw new IllegalArgumentException("Layer " + layer.name()
                        + ": the steps of a sequence are not normalised over the batch; leave batch normalisation out");
            }
            shapes.put(layer.name(), new Shape.Sequence(sequence.steps(), group.width()));
        } else {
            perUnit = vector(layer, layer.input()).positions();
            shapes.put(layer.name(), new Shape.Vector(group.width(), 1));
        }
        groupOf.put(layer.name(), group.name());
        addWeights(
                layer.name(),
                group.name(),
                perUnit,
                groupOf.get(layer.input()),
                shapes.get(layer.name()).positions());
        finishAffine(layer, group.name());
    }

    private void addEmbedding(LayerSpec.Embedding layer) {
        if (!(shapes.get(layer.input()) instanceof Shape.Tokens tokens)) {
            throw new IllegalArgumentException("Layer " + layer.name() + " needs tokens, but reads " + layer.input()
                    + ", which is " + shapes.get(layer.input()).describe());
        }
        UnitGroup group = group(layer, layer.units());
        shapes.put(layer.name(), new Shape.Sequence(tokens.steps(), group.width()));
        groupOf.put(layer.name(), group.name());
        checkFits(layer.name(), tokens.vocabulary(), group.width());
        // A row a token, so that what one token uses is in one place.
        parameters.add(new ParameterSpec(layer.name(), ParameterRole.EMBEDDING, LayerSpec.INPUT, 1, group.name()));
        costTerms.add(new CostTerm(layer.name(), group.name(), LayerSpec.INPUT, 1, 1, 0));
    }

    private void addLstm(LayerSpec.Lstm layer) {
        Shape.Sequence sequence = sequence(layer, layer.input());
        UnitGroup group = group(layer, layer.units());
        shapes.put(layer.name(), new Shape.Sequence(sequence.steps(), group.width()));
        groupOf.put(layer.name(), group.name());
        addGates(layer.name(), ParameterRole.WEIGHT, group.name(), groupOf.get(layer.input()), sequence.steps());
        addGates(layer.name(), ParameterRole.RECURRENT_WEIGHT, group.name(), group.name(), sequence.steps());
        parameters.add(new ParameterSpec(layer.name(), ParameterRole.BIAS, group.name(), 1, "", LayerSpec.Lstm.GATES));
        costTerms.add(new CostTerm(layer.name(), group.name(), "", 0, LayerSpec.Lstm.GATES, 0));
    }

    private void addGates(String layer, ParameterRole role, String group, String inputGroup, int steps) {
        int gates = LayerSpec.Lstm.GATES;
        checkFits(layer, (long) gates * groups.get(group).width(), width(inputGroup));
        parameters.add(new ParameterSpec(layer, role, group, 1, inputGroup, gates));
        costTerms.add(new CostTerm(layer, group, inputGroup, gates, gates, Math.multiplyExact((long) gates, steps)));
    }

    private void addConcatenation(LayerSpec.Concatenation layer) {
        Shape.Image first = image(layer, layer.inputs().get(0));
        List<String> members = new ArrayList<>();
        int channels = 0;
        for (String input : layer.inputs()) {
            Shape.Image other = image(layer, input);
            if (other.height() != first.height() || other.width() != first.width()) {
                throw new IllegalArgumentException(
                        "Layer " + layer.name() + " puts " + layer.inputs().get(0) + " ("
                                + first.describe() + ") and " + input + " (" + other.describe()
                                + ") side by side: both must have the same height and width");
            }
            channels = Math.addExact(channels, other.channels());
            members.addAll(members(groupOf.get(input)));
        }
        if (groups.containsKey(layer.name()) || unions.containsKey(layer.name())) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + ": a concatenation's name is that of its units too, but there is a unit group of that name");
        }
        if (channels > UnitGroup.MAX_WIDTH) {
            throw new IllegalArgumentException("Layer " + layer.name() + ": " + channels
                    + " channels side by side, allowed are at most " + UnitGroup.MAX_WIDTH);
        }
        unions.put(layer.name(), List.copyOf(members));
        shapes.put(layer.name(), new Shape.Image(first.height(), first.width(), channels));
        groupOf.put(layer.name(), layer.name());
    }

    private void addResize(LayerSpec.Resize layer) {
        Shape shape = shapes.get(layer.input());
        int channels;
        if (shape instanceof Shape.Image image) {
            channels = image.channels();
        } else if (shape instanceof Shape.Vector vector && vector.positions() == 1) {
            channels = vector.units();
        } else {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + " needs an image, or a vector of one position a unit, but reads " + layer.input() + ", which is "
                    + shape.describe());
        }
        pass(layer, new Shape.Image(layer.height(), layer.width(), channels));
    }

    private List<String> members(String group) {
        return unions.getOrDefault(group, List.of(group));
    }

    private int width(String group) {
        return members(group).stream()
                .mapToInt(member -> groups.get(member).width())
                .sum();
    }

    /** What is no number of a token. */
    private Shape real(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Tokens) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + " reads tokens; only an embedding does, put one between them");
        }
        return shapes.get(source);
    }

    /** What is neither tokens nor a sequence. */
    private Shape plain(LayerSpec layer, String source) {
        if (real(layer, source) instanceof Shape.Sequence) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + ": the steps of a sequence are not normalised over the batch; leave batch normalisation out");
        }
        return shapes.get(source);
    }

    private void requireNoUnion(LayerSpec layer) {
        String group = groupOf.get(layer.inputs().get(0));
        if (unions.containsKey(group)) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + " carries the gates of what it reads, but reads "
                    + "the concatenation " + group + ", whose units belong to several groups; put a convolution between"
                    + " them");
        }
    }

    private void finishAffine(LayerSpec.Affine layer, String group) {
        if (layer.bias()) {
            addVector(layer.name(), ParameterRole.BIAS, group);
            costTerms.add(new CostTerm(layer.name(), group, "", 0, 1, 0));
        }
        if (layer.batchNormalisation()) {
            addNormalisation(layer.name(), group);
        }
    }

    private void addOutput(LayerSpec.Output layer) {
        Shape read = shapes.get(layer.input());
        UnitGroup group = group(layer, layer.units());
        if (group.searchable()) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + ": an output's units are never searched, but group " + group.name() + " is searchable");
        }
        int perUnit = 1;
        if (read instanceof Shape.Sequence sequence) {
            shapes.put(layer.name(), new Shape.Sequence(sequence.steps(), group.width()));
        } else if (read instanceof Shape.Image image) {
            shapes.put(layer.name(), new Shape.Image(image.height(), image.width(), group.width()));
        } else {
            perUnit = vector(layer, layer.input()).positions();
            shapes.put(layer.name(), new Shape.Vector(group.width(), 1));
        }
        groupOf.put(layer.name(), group.name());
        int positions = shapes.get(layer.name()).positions();
        String inputGroup = groupOf.get(layer.input());
        if (layer.tied().isEmpty()) {
            addWeights(layer.name(), group.name(), perUnit, inputGroup, positions);
        } else {
            requireTie(layer, group, inputGroup);
            costTerms.add(new CostTerm(layer.name(), group.name(), inputGroup, 0, 0, positions));
        }
        addVector(layer.name(), ParameterRole.BIAS, group.name());
        costTerms.add(new CostTerm(layer.name(), group.name(), "", 0, 1, 0));
    }

    private void requireTie(LayerSpec.Output layer, UnitGroup outputs, String inputGroup) {
        if (!(shapes.get(layer.input()) instanceof Shape.Sequence)
                || !inputGroup.equals(groupOf.get(layer.tied()))
                || !(shapes.get(LayerSpec.INPUT) instanceof Shape.Tokens tokens)
                || tokens.vocabulary() != outputs.width()
                || parameters.stream()
                        .noneMatch(
                                spec -> spec.layer().equals(layer.tied()) && spec.role() == ParameterRole.EMBEDDING)) {
            throw new IllegalArgumentException("Layer " + layer.name() + " shares the matrix of " + layer.tied()
                    + ": that must be an embedding of as many tokens as there are outputs (" + outputs.width()
                    + "), and the output must read a sequence of the very units that the embedding writes");
        }
    }

    private void addJunction(LayerSpec.Junction layer, String does) {
        String first = layer.inputs().get(0);
        for (String other : layer.inputs()) {
            if (!shapes.get(other).equals(shapes.get(first))
                    || !groupOf.get(other).equals(groupOf.get(first))) {
                throw new IllegalArgumentException("Layer " + layer.name() + " " + does + " " + first + " ("
                        + shapes.get(first).describe() + ", units " + groupOf.get(first) + ") and " + other + " ("
                        + shapes.get(other).describe() + ", units " + groupOf.get(other)
                        + "): both must have the same shape and the same unit group");
            }
        }
        pass(layer, real(layer, first));
    }

    private void addWeights(String layer, String group, int positions, String inputGroup, int outputPositions) {
        int inputWidth = inputGroup.isEmpty() ? 1 : width(inputGroup);
        checkFits(layer, groups.get(group).width(), (long) positions * inputWidth);
        parameters.add(new ParameterSpec(layer, ParameterRole.WEIGHT, group, positions, inputGroup));
        // The width of a union is the sum of its members', so each has a term of its own.
        for (String member : inputGroup.isEmpty() ? List.of("") : members(inputGroup)) {
            costTerms.add(new CostTerm(
                    layer, group, member, positions, positions, Math.multiplyExact((long) positions, outputPositions)));
        }
    }

    private static void checkFits(String layer, long rows, long rowLength) {
        if (rowLength > Integer.MAX_VALUE / rows) {
            throw new IllegalArgumentException("Layer " + layer + " would have " + rows + " x " + rowLength
                    + " weights, more than an array holds (" + Integer.MAX_VALUE + ")");
        }
    }

    private void addNormalisation(String layer, String group) {
        addVector(layer, ParameterRole.GAMMA, group);
        addVector(layer, ParameterRole.BETA, group);
        addVector(layer, ParameterRole.MEAN, group);
        addVector(layer, ParameterRole.VARIANCE, group);
        costTerms.add(new CostTerm(layer, group, "", 0, 2, 0));
    }

    private void addVector(String layer, ParameterRole role, String group) {
        parameters.add(new ParameterSpec(layer, role, group, 1, ""));
    }

    private void requireZero(LayerSpec layer, String group, Activation activation) {
        if (members(group).stream().anyMatch(member -> groups.get(member).searchable())
                && !activation.preservesZero()) {
            throw new IllegalArgumentException("Layer " + layer.name() + ": units of the searchable group " + group
                    + " must be 0 when their gate is 0, but " + activation.text() + "(0) is not 0; use relu, tanh or"
                    + " identity, or make the group fixed");
        }
    }

    private Shape.Image image(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Image image) {
            return image;
        }
        throw new IllegalArgumentException("Layer " + layer.name() + " needs an image, but reads " + source
                + ", which is " + shapes.get(source).describe());
    }

    private Shape.Sequence sequence(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException("Layer " + layer.name() + " needs a sequence, but reads " + source
                + ", which is " + shapes.get(source).describe()
                + (shapes.get(source) instanceof Shape.Tokens ? "; put an embedding between them" : ""));
    }

    private Shape.Vector vector(LayerSpec layer, String source) {
        if (shapes.get(source) instanceof Shape.Vector vector) {
            return vector;
        }
        throw new IllegalArgumentException(
                "Layer " + layer.name() + " needs a vector, but reads " + source + ", which is "
                        + shapes.get(source).describe() + "; put a flatten or global pooling layer between them");
    }

    private UnitGroup group(LayerSpec layer, String name) {
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

    private void checkUse(List<LayerSpec> layers) {
        LayerSpec last = layers.get(layers.size() - 1);
        if (!(last instanceof LayerSpec.Output)) {
            throw new IllegalArgumentException("The last layer is the output, found " + last.name());
        }
        Set<String> read = new HashSet<>();
        Set<String> written = new HashSet<>(Set.of(LayerSpec.INPUT));
        for (LayerSpec layer : layers) {
            read.addAll(layer.inputs());
            written.addAll(members(groupOf.get(layer.name())));
            if (layer != last && layer instanceof LayerSpec.Output) {
                throw new IllegalArgumentException(
                        "There is one output, found " + layer.name() + " and " + last.name());
            }
        }
        for (LayerSpec layer : layers) {
            if (layer != last && !read.contains(layer.name())) {
                throw new IllegalArgumentException("No layer reads layer " + layer.name());
            }
        }
        for (UnitGroup group : groups.values()) {
            if (!group.block() && !written.contains(group.name())) {
                throw new IllegalArgumentException("No layer writes unit group " + group.name());
            }
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

    Blocks blocks() {
        return blocks;
    }
}
