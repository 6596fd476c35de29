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
import java.util.List;
import java.util.Set;

/** Checks a graph of layers, infers shapes and groups, and lists parameters and cost terms. */
final class ArchitectureChecker {
    private final LayerTable table = new LayerTable();
    private final OpenGates openGates = new OpenGates(table);
    private final Blocks blocks;

    ArchitectureChecker(Shape input, List<UnitGroup> unitGroups, List<LayerSpec> layers) {
        if (layers.isEmpty() || layers.size() > Architecture.MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "An architecture has 1 to " + Architecture.MAX_LAYERS + " layers, found " + layers.size());
        }
        table.add(new UnitGroup(LayerSpec.INPUT, inputUnits(input), false));
        unitGroups.forEach(table::add);
        table.put(LayerSpec.INPUT, input, LayerSpec.INPUT);
        for (LayerSpec layer : layers) {
            add(layer);
        }
        checkUse(layers);
        blocks = new Blocks(table.groups(), layers, table.groupOf());
        table.costTerms().replaceAll(term -> term.within(blocks.ofLayer(term.layer())));
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
        if (table.knows(layer.name())) {
            throw new IllegalArgumentException("Two layers are called " + layer.name());
        }
        for (String read : layer.inputs()) {
            if (!table.knows(read)) {
                throw new IllegalArgumentException("Layer " + layer.name() + " reads " + Excerpt.of(read)
                        + ", which is not an" + " earlier layer; known are "
                        + Excerpt.of(table.shapes().keySet()));
            }
        }
        openGates.add(layer);
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
            table.pass(layer, new Shape.Vector(table.sequence(layer, source).units(), 1));
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            addConcatenation(concatenation);
        } else if (layer instanceof LayerSpec.Resize resize) {
            addResize(resize);
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            Shape.Image image = table.image(layer, source);
            table.pass(
                    layer,
                    resized(layer, image, pooling.outputExtent(image.height()), pooling.outputExtent(image.width())));
        } else if (layer instanceof LayerSpec.GlobalPooling) {
            table.pass(layer, new Shape.Vector(table.image(layer, source).channels(), 1));
        } else if (layer instanceof LayerSpec.Flatten) {
            Shape.Image image = table.image(layer, source);
            table.pass(layer, new Shape.Vector(image.channels(), image.positions()));
        } else if (layer instanceof LayerSpec.Sum sum) {
            addJunction(sum, "adds");
            table.requireZero(layer, table.groupOf(source), sum.activation());
        } else if (layer instanceof LayerSpec.Bypass bypass) {
            addJunction(bypass, "chooses between");
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            if (table.shape(source) instanceof Shape.Vector vector && vector.positions() != 1) {
                throw new IllegalArgumentException("Layer " + layer.name()
                        + ": batch normalisation goes before flattening, where each unit is one channel");
            }
            table.requireZero(layer, table.groupOf(source), normalisation.activation());
            table.requireNoUnion(layer);
            table.pass(layer, table.plain(layer, source));
            table.addNormalisation(layer.name(), table.groupOf(source));
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            table.requireZero(layer, table.groupOf(source), function.function());
            table.pass(layer, table.real(layer, source));
        } else if (layer instanceof LayerSpec.Dropout) {
            table.pass(layer, table.real(layer, source));
        } else {
            throw new AssertionError("Unknown layer type " + layer.getClass().getName());
        }
    }

    private static Shape.Image resized(LayerSpec layer, Shape.Image image, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Layer " + layer.name() + ": its window does not fit into its input, " + image.describe());
        }
        return new Shape.Image(height, width, image.channels());
    }

    private void addConvolution(LayerSpec.Convolution layer) {
        Shape.Image image = table.image(layer, layer.input());
        UnitGroup group = table.group(layer, layer.units());
        Shape.Image resized =
                resized(layer, image, layer.outputExtent(image.height()), layer.outputExtent(image.width()));
        table.requireZero(layer, group.name(), layer.activation());
        table.put(layer.name(), new Shape.Image(resized.height(), resized.width(), group.width()), group.name());
        table.addWeights(
                layer.name(),
                group.name(),
                layer.kernel() * layer.kernel(),
                table.groupOf(layer.input()),
                resized.positions());
        finishAffine(layer, group.name());
    }

    private void addDepthwise(LayerSpec.DepthwiseConvolution layer) {
        Shape.Image image = table.image(layer, layer.input());
        table.requireNoUnion(layer);
        String group = table.groupOf(layer.input());
        Shape.Image resized =
                resized(layer, image, layer.outputExtent(image.height()), layer.outputExtent(image.width()));
        table.requireZero(layer, group, layer.activation());
        table.pass(layer, resized);
        // A filter reads its own unit alone, so the weights grow with one width and not with the product of two.
        table.addWeights(layer.name(), group, layer.kernel() * layer.kernel(), "", resized.positions());
        finishAffine(layer, group);
    }

    private void addDense(LayerSpec.Dense layer) {
        UnitGroup group = table.group(layer, layer.units());
        table.requireZero(layer, group.name(), layer.activation());
        int perUnit = 1;
        Shape shape;
        if (table.shape(layer.input()) instanceof Shape.Sequence sequence) {
            if (layer.batchNormalisation()) {
                throw new IllegalArgumentException("Layer " + layer.name()
                        + ": the steps of a sequence are not normalised over the batch; leave batch normalisation out");
            }
            shape = new Shape.Sequence(sequence.steps(), group.width());
        } else {
            perUnit = table.vector(layer, layer.input()).positions();
            shape = new Shape.Vector(group.width(), 1);
        }
        table.put(layer.name(), shape, group.name());
        table.addWeights(layer.name(), group.name(), perUnit, table.groupOf(layer.input()), shape.positions());
        finishAffine(layer, group.name());
    }

    private void addEmbedding(LayerSpec.Embedding layer) {
        if (!(table.shape(layer.input()) instanceof Shape.Tokens tokens)) {
            throw new IllegalArgumentException("Layer " + layer.name() + " needs tokens, but reads " + layer.input()
                    + ", which is " + table.shape(layer.input()).describe());
        }
        UnitGroup group = table.group(layer, layer.units());
        table.put(layer.name(), new Shape.Sequence(tokens.steps(), group.width()), group.name());
        LayerTable.checkFits(layer.name(), tokens.vocabulary(), group.width());
        // A row a token, so that what one token uses is in one place.
        table.add(new ParameterSpec(layer.name(), ParameterRole.EMBEDDING, LayerSpec.INPUT, 1, group.name()));
        table.add(new CostTerm(layer.name(), group.name(), LayerSpec.INPUT, 1, 1, 0));
    }

    private void addLstm(LayerSpec.Lstm layer) {
        Shape.Sequence sequence = table.sequence(layer, layer.input());
        UnitGroup group = table.group(layer, layer.units());
        table.put(layer.name(), new Shape.Sequence(sequence.steps(), group.width()), group.name());
        addGates(layer.name(), ParameterRole.WEIGHT, group.name(), table.groupOf(layer.input()), sequence.steps());
        addGates(layer.name(), ParameterRole.RECURRENT_WEIGHT, group.name(), group.name(), sequence.steps());
        table.add(new ParameterSpec(layer.name(), ParameterRole.BIAS, group.name(), 1, "", LayerSpec.Lstm.GATES));
        table.add(new CostTerm(layer.name(), group.name(), "", 0, LayerSpec.Lstm.GATES, 0));
    }

    private void addGates(String layer, ParameterRole role, String group, String inputGroup, int steps) {
        int gates = LayerSpec.Lstm.GATES;
        LayerTable.checkFits(layer, (long) gates * table.width(group), table.width(inputGroup));
        table.add(new ParameterSpec(layer, role, group, 1, inputGroup, gates));
        table.add(new CostTerm(layer, group, inputGroup, gates, gates, Math.multiplyExact((long) gates, steps)));
    }

    private void addConcatenation(LayerSpec.Concatenation layer) {
        Shape.Image first = table.image(layer, layer.inputs().get(0));
        List<String> members = new ArrayList<>();
        int channels = 0;
        for (String input : layer.inputs()) {
            Shape.Image other = table.image(layer, input);
            if (other.height() != first.height() || other.width() != first.width()) {
                throw new IllegalArgumentException(
                        "Layer " + layer.name() + " puts " + layer.inputs().get(0) + " ("
                                + first.describe() + ") and " + input + " (" + other.describe()
                                + ") side by side: both must have the same height and width");
            }
            channels = Math.addExact(channels, other.channels());
            members.addAll(table.members(table.groupOf(input)));
        }
        if (channels > UnitGroup.MAX_WIDTH) {
            throw new IllegalArgumentException("Layer " + layer.name() + ": " + channels
                    + " channels side by side, allowed are at most " + UnitGroup.MAX_WIDTH);
        }
        table.addUnion(layer.name(), members);
        table.put(layer.name(), new Shape.Image(first.height(), first.width(), channels), layer.name());
    }

    private void addResize(LayerSpec.Resize layer) {
        Shape shape = table.shape(layer.input());
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
        table.pass(layer, new Shape.Image(layer.height(), layer.width(), channels));
    }

    private void finishAffine(LayerSpec.Affine layer, String group) {
        if (layer.bias()) {
            table.addVector(layer.name(), ParameterRole.BIAS, group);
            table.add(new CostTerm(layer.name(), group, "", 0, 1, 0));
        }
        if (layer.batchNormalisation()) {
            table.addNormalisation(layer.name(), group);
        }
    }

    private void addOutput(LayerSpec.Output layer) {
        Shape read = table.shape(layer.input());
        UnitGroup group = table.group(layer, layer.units());
        if (group.searchable()) {
            throw new IllegalArgumentException("Layer " + layer.name()
                    + ": an output's units are never searched, but group " + group.name() + " is searchable");
        }
        int perUnit = 1;
        Shape shape;
        if (read instanceof Shape.Sequence sequence) {
            shape = new Shape.Sequence(sequence.steps(), group.width());
        } else if (read instanceof Shape.Image image) {
            shape = new Shape.Image(image.height(), image.width(), group.width());
        } else {
            perUnit = table.vector(layer, layer.input()).positions();
            shape = new Shape.Vector(group.width(), 1);
        }
        table.put(layer.name(), shape, group.name());
        int positions = shape.positions();
        String inputGroup = table.groupOf(layer.input());
        if (layer.tied().isEmpty()) {
            table.addWeights(layer.name(), group.name(), perUnit, inputGroup, positions);
        } else {
            requireTie(layer, group, inputGroup);
            table.add(new CostTerm(layer.name(), group.name(), inputGroup, 0, 0, positions));
        }
        table.addVector(layer.name(), ParameterRole.BIAS, group.name());
        table.add(new CostTerm(layer.name(), group.name(), "", 0, 1, 0));
    }

    private void requireTie(LayerSpec.Output layer, UnitGroup outputs, String inputGroup) {
        if (!(table.shape(layer.input()) instanceof Shape.Sequence)
                || !inputGroup.equals(table.groupOf(layer.tied()))
                || !(table.shape(LayerSpec.INPUT) instanceof Shape.Tokens tokens)
                || tokens.vocabulary() != outputs.width()
                || table.parameters().stream()
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
            if (!table.shape(other).equals(table.shape(first))
                    || !table.groupOf(other).equals(table.groupOf(first))) {
                throw new IllegalArgumentException("Layer " + layer.name() + " " + does + " " + first + " ("
                        + table.shape(first).describe() + ", units " + table.groupOf(first) + ") and " + other + " ("
                        + table.shape(other).describe() + ", units " + table.groupOf(other)
                        + "): both must have the same shape and the same unit group");
            }
        }
        table.pass(layer, table.real(layer, first));
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
            written.addAll(table.members(table.groupOf(layer.name())));
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
        for (UnitGroup group : table.groups().values()) {
            if (!group.block() && !written.contains(group.name())) {
                throw new IllegalArgumentException("No layer writes unit group " + group.name());
            }
        }
    }

    /** What was found of the layers. */
    LayerTable table() {
        return table;
    }

    Blocks blocks() {
        return blocks;
    }
}
