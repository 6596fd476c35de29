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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Collects the layers of a network one after the other, knows the shape at the end of what is there so far, gives
 * automatic names, and fuses batch normalisation and non-linearities into the layer before them. Mutable and not
 * thread-safe; one builder makes one {@link Architecture}.
 */
public final class NetworkBuilder {
    /** The name of the output layer and of its units. */
    public static final String OUTPUT = "output";

    private final Shape input;
    private final LinkedHashMap<String, UnitGroup> groups = new LinkedHashMap<>();
    private final LinkedHashMap<String, LayerSpec> layers = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, String> groupOf = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private String last = LayerSpec.INPUT;
    private String tied = "";

    /**
     * An empty network.
     *
     * @param input The shape of one example.
     */
    public NetworkBuilder(Shape input) {
        this.input = input;
        shapes.put(LayerSpec.INPUT, input);
        groupOf.put(LayerSpec.INPUT, LayerSpec.INPUT);
    }

    /**
     * The layer that was added last, which the next one usually reads.
     *
     * @return Its name, {@link LayerSpec#INPUT} at the beginning.
     */
    public String last() {
        return last;
    }

    /** Goes on behind a layer that is there, as if it were the last. */
    void continueFrom(String layer) {
        last = layer;
    }

    /**
     * What the last layer writes.
     *
     * @return Its shape, the input's at the beginning.
     */
    public Shape shape() {
        return shapes.get(last);
    }

    /**
     * The unit group that the last layer writes or passes on.
     *
     * @return The group's name, {@link LayerSpec#INPUT} for the input's.
     */
    public String units() {
        return groupOf.get(last);
    }

    /**
     * The next automatic name of a kind: {@code conv1}, {@code conv2} and so on. Each kind is counted on its own, and
     * layers that have a name of their own count as well, so that a number is a place in the network.
     *
     * @param kind     The kind, for example {@code conv}.
     * @param explicit The layer's own name, or the empty string.
     * @return The layer's own name if there is one, otherwise the automatic one.
     */
    public String name(String kind, String explicit) {
        int number = named.merge(kind, 1, Integer::sum);
        return explicit.isEmpty() ? kind + number : explicit;
    }

    /**
     * Adds a unit group.
     *
     * @param name       The name.
     * @param width      The number of units.
     * @param searchable Whether a search may change which units are active.
     * @return The name.
     * @throws IllegalArgumentException If there is a group of that name.
     */
    public String addGroup(String name, int width, boolean searchable) {
        if (name.equals(LayerSpec.INPUT)
                || name.equals(OUTPUT)
                || groups.putIfAbsent(name, new UnitGroup(name, width, searchable)) != null) {
            throw new IllegalArgumentException(
                    "The name of unit group " + name + " is taken; give its layer another name");
        }
        return name;
    }

    /**
     * Adds a block, which a junction is to name.
     *
     * @param name The name.
     * @return The name.
     * @throws IllegalArgumentException If there is a group of that name.
     */
    public String addBlock(String name) {
        addGroup(name, 1, true);
        groups.put(name, UnitGroup.block(name));
        return name;
    }

    /**
     * Adds a layer. It becomes the last one.
     *
     * @param layer The layer; it reads layers that are there.
     * @throws IllegalArgumentException If there is a layer of that name, an input is unknown, or shapes do not fit.
     */
    public void add(LayerSpec layer) {
        for (String read : layer.inputs()) {
            if (!shapes.containsKey(read)) {
                throw new IllegalArgumentException(
                        "Layer " + layer.name() + " reads " + read + ", which is not there yet");
            }
        }
        Shape shape = shapeAfter(layer);
        if (shapes.putIfAbsent(layer.name(), shape) != null) {
            throw new IllegalArgumentException("Two layers are called " + layer.name() + "; give one another name");
        }
        layers.put(layer.name(), layer);
        groupOf.put(layer.name(), groupAfter(layer));
        last = layer.name();
    }

    private String groupAfter(LayerSpec layer) {
        if (layer instanceof LayerSpec.Weighted weighted) {
            return weighted.units();
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            return embedding.units();
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            return lstm.units();
        } else if (layer instanceof LayerSpec.Concatenation) {
            return layer.name();
        }
        return groupOf.get(layer.inputs().get(0));
    }

    private Shape shapeAfter(LayerSpec layer) {
        String source = layer.inputs().get(0);
        if (layer instanceof LayerSpec.Convolution c) {
            Shape.Image image = image(layer.name(), source);
            return resized(
                    layer,
                    image,
                    c.outputExtent(image.height()),
                    c.outputExtent(image.width()),
                    width(layer, c.units()));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution c) {
            Shape.Image image = image(layer.name(), source);
            return resized(
                    layer, image, c.outputExtent(image.height()), c.outputExtent(image.width()), image.channels());
        } else if (layer instanceof LayerSpec.Dense d) {
            if (shapes.get(source) instanceof Shape.Sequence sequence) {
                return new Shape.Sequence(sequence.steps(), width(layer, d.units()));
            }
            vector(layer.name(), source);
            return new Shape.Vector(width(layer, d.units()), 1);
        } else if (layer instanceof LayerSpec.Embedding e) {
            if (!(shapes.get(source) instanceof Shape.Tokens tokens)) {
                throw new IllegalArgumentException("Layer " + layer.name() + " needs tokens, but reads " + source
                        + ", which is " + shapes.get(source).describe());
            }
            return new Shape.Sequence(tokens.steps(), width(layer, e.units()));
        } else if (layer instanceof LayerSpec.Lstm l) {
            return new Shape.Sequence(sequence(layer.name(), source).steps(), width(layer, l.units()));
        } else if (layer instanceof LayerSpec.LastStep) {
            return new Shape.Vector(sequence(layer.name(), source).units(), 1);
        } else if (layer instanceof LayerSpec.Pooling p) {
            Shape.Image image = image(layer.name(), source);
            return resized(
                    layer, image, p.outputExtent(image.height()), p.outputExtent(image.width()), image.channels());
        } else if (layer instanceof LayerSpec.GlobalPooling) {
            return new Shape.Vector(image(layer.name(), source).channels(), 1);
        } else if (layer instanceof LayerSpec.Flatten) {
            Shape.Image image = image(layer.name(), source);
            return new Shape.Vector(image.channels(), image.positions());
        } else if (layer instanceof LayerSpec.Concatenation c) {
            return sideBySide(c);
        } else if (layer instanceof LayerSpec.Resize r) {
            int channels = shapes.get(source) instanceof Shape.Vector vector
                    ? vector.units()
                    : image(layer.name(), source).channels();
            return new Shape.Image(r.height(), r.width(), channels);
        } else if (layer instanceof LayerSpec.Output) {
            throw new IllegalArgumentException("The output is added by finish, not as layer " + layer.name());
        }
        return shapes.get(source);
    }

    private Shape.Image sideBySide(LayerSpec.Concatenation layer) {
        Shape.Image first = image(layer.name(), layer.inputs().get(0));
        int channels = 0;
        for (String input : layer.inputs()) {
            channels = Math.addExact(channels, image(layer.name(), input).channels());
        }
        return new Shape.Image(first.height(), first.width(), channels);
    }

    private int width(LayerSpec layer, String units) {
        UnitGroup group = groups.get(units);
        if (group == null) {
            throw new IllegalArgumentException("Layer " + layer.name() + " writes the unknown unit group " + units);
        }
        return group.width();
    }

    private static Shape.Image resized(LayerSpec layer, Shape.Image image, int height, int width, int channels) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Layer " + layer.name() + ": its window does not fit into its input, "
                    + image.describe() + "; use larger images, fewer or smaller strides, or more padding");
        }
        return new Shape.Image(height, width, channels);
    }

    /**
     * What the last layer writes, as an image.
     *
     * @param reader The name of the layer that needs an image, for the message.
     * @return The shape.
     * @throws IllegalArgumentException If it is a vector.
     */
    public Shape.Image image(String reader) {
        return image(reader, last);
    }

    private Shape.Image image(String reader, String source) {
        if (shapes.get(source) instanceof Shape.Image image) {
            return image;
        }
        throw new IllegalArgumentException("Layer " + reader + " needs an image, but reads " + source + ", which is "
                + shapes.get(source).describe());
    }

    private Shape.Sequence sequence(String reader, String source) {
        if (shapes.get(source) instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new IllegalArgumentException("Layer " + reader + " needs a sequence, but reads " + source + ", which is "
                + shapes.get(source).describe());
    }

    private void vector(String reader, String source) {
        if (!(shapes.get(source) instanceof Shape.Vector)) {
            throw new IllegalArgumentException(
                    "Layer " + reader + " needs a vector, but reads " + source + ", which is "
                            + shapes.get(source).describe() + "; put a flatten or global pooling layer between them");
        }
    }

    /** Adds a convolution of stride 1 with ReLU and a searchable group of its own name that reads the last layer. */
    void addConvolution(String name, int filters, int kernel, int padding, boolean batchNormalisation) {
        addGroup(name, filters, true);
        add(new LayerSpec.Convolution(
                name, last, name, kernel, 1, padding, 1, !batchNormalisation, batchNormalisation, Activation.RELU));
    }

    /** Adds a change of the last layer's size to that of an image. */
    void addResize(String name, Shape.Image size, ResizeKind kind) {
        add(new LayerSpec.Resize(name, last, size.height(), size.width(), kind));
    }

    /** Adds a fully connected layer with a searchable group of its own name that reads the last layer. */
    void addDense(String name, int units, boolean batchNormalisation, Activation activation) {
        addGroup(name, units, true);
        add(new LayerSpec.Dense(name, last, name, !batchNormalisation, batchNormalisation, activation));
    }

    /** Adds maximum pooling of 2x2 windows that reads the last layer. */
    void addMaximumPooling(String name) {
        add(new LayerSpec.Pooling(name, last, PoolingKind.MAX, 2, 2, 0));
    }

    /** Makes a vector of what the last layer writes, if it is not one. */
    void flattenImage() {
        if (shape() instanceof Shape.Image) {
            add(new LayerSpec.Flatten(name("flatten", ""), last));
        }
    }

    /**
     * Lets batch normalisation follow the last layer: as part of it where it has weights and neither batch
     * normalisation nor a non-linearity yet, in which case its bias goes, otherwise as a layer of its own.
     */
    public void addNormalisation() {
        Optional<LayerSpec> fused = LayerFusion.withNormalisation(layers.get(last));
        if (fused.isPresent()) {
            layers.put(last, fused.get());
        } else {
            add(new LayerSpec.BatchNormalisation(name("normalisation", ""), last, Activation.IDENTITY));
        }
    }

    /**
     * Lets a non-linearity follow the last layer: as part of it where it has room for one, otherwise as a layer of its
     * own.
     *
     * @param activation The non-linearity.
     */
    public void addActivation(Activation activation) {
        Optional<LayerSpec> fused = LayerFusion.withActivation(layers.get(last), activation);
        if (fused.isPresent()) {
            layers.put(last, fused.get());
        } else {
            add(new LayerSpec.ActivationFunction(name("activation", ""), last, activation));
        }
    }

    /**
     * Lets the output share the matrix of an embedding.
     *
     * @param embedding The embedding's name.
     */
    void tieOutput(String embedding) {
        tied = embedding;
    }

    /**
     * Adds the output layer, called {@value #OUTPUT} as its units are, and checks the whole.
     *
     * @param outputs    The number of outputs.
     * @param activation What turns the outputs' values into scores.
     * @return The architecture.
     * @throws IllegalArgumentException If the network ends in an image, or the whole is not a valid architecture.
     */
    public Architecture finish(int outputs, Activation activation) {
        if (!(shape() instanceof Shape.Sequence)) {
            vector(OUTPUT, last);
        }
        return finished(outputs, activation);
    }

    /** The same for a network that ends in an image, so that the output has scores for each pixel. */
    Architecture finishPixels(int outputs, Activation activation) {
        image(OUTPUT, last);
        return finished(outputs, activation);
    }

    private Architecture finished(int outputs, Activation activation) {
        List<UnitGroup> allGroups = new ArrayList<>(groups.values());
        allGroups.add(new UnitGroup(OUTPUT, outputs, false));
        List<LayerSpec> allLayers = new ArrayList<>(layers.values());
        allLayers.add(new LayerSpec.Output(OUTPUT, last, OUTPUT, activation, tied));
        return new Architecture(input, allGroups, allLayers);
    }
}
