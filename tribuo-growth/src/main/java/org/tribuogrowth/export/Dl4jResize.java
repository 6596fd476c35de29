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

package org.tribuogrowth.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;

/**
 * Images made larger by whole factors, in DL4J's own layers.
 *
 * <p>The nearest pixels are an {@code Upsampling2D}. DL4J has nothing between pixels; but a mean over as many pixels of the
 * enlarged image as the factor, with halves at its ends if the factor is even, is what lies between pixels in proportion. At
 * the edges, where such a mean reaches beyond the image, it only sees the outermost pixel, so that what the zeros there take
 * away is a factor that depends on the place alone: the image is multiplied by its inverse, a constant. Layers with
 * constants are frozen, so that they stay as they are if the network is trained on.
 */
final class Dl4jResize {
    private static final String WEIGHT = "W";
    private static final String BIAS = "b";

    /**
     * A parameter that is not learnt.
     *
     * @param vertex    The vertex.
     * @param parameter DL4J's name of the parameter.
     * @param values    Its values in the order c of its shape.
     */
    record Constant(String vertex, String parameter, float[] values) {}

    private final GraphBuilder builder;
    private final List<Constant> constants = new ArrayList<>();

    /** Adds to a graph. */
    Dl4jResize(GraphBuilder builder) {
        this.builder = builder;
    }

    /** The parameters of the vertices that were added. */
    List<Constant> constants() {
        return constants;
    }

    /**
     * Adds the vertices of a layer.
     *
     * @param layer  The layer.
     * @param shape  The shape that it reads, a vector for one pixel.
     * @param source The vertex that it reads.
     * @param planar Whether what that vertex writes has the form of an image.
     * @return The vertex that has the resized image.
     * @throws IllegalArgumentException If the image does not get larger by whole factors.
     */
    String add(LayerSpec.Resize layer, Shape shape, String source, boolean planar) {
        Shape.Image image =
                shape instanceof Shape.Image found ? found : new Shape.Image(1, 1, ((Shape.Vector) shape).units());
        if (layer.height() % image.height() != 0 || layer.width() % image.width() != 0) {
            throw new IllegalArgumentException("Layer " + layer.name() + " makes an image of "
                    + size(image.height(), image.width())
                    + " one of " + size(layer.height(), layer.width()) + "; DL4J's layers make images larger by whole"
                    + " factors only. Choose sizes that are multiples of each other, or export to ONNX");
        }
        String pixels = source;
        if (!planar) {
            pixels = layer.name() + "/pixel";
            builder.addVertex(
                    pixels, new PreprocessorVertex(new FeedForwardToCnnPreProcessor(1, 1, image.channels())), source);
        }
        int down = layer.height() / image.height();
        int across = layer.width() / image.width();
        if (down == 1 && across == 1) {
            return pixels;
        }
        boolean between = layer.kind() == ResizeKind.BILINEAR && image.positions() > 1;
        String nearest = between ? layer.name() + "/nearest" : layer.name();
        builder.addLayer(
                nearest,
                new Upsampling2D.Builder().size(new int[] {down, across}).build(),
                pixels);
        if (between) {
            addMeans(layer, image.channels(), down, across, pixels);
        }
        return layer.name();
    }

    private static String size(int height, int width) {
        return height + "x" + width;
    }

    private void addMeans(LayerSpec.Resize layer, int channels, int down, int across, String pixels) {
        String name = layer.name();
        float[] rows = taps(down);
        float[] columns = taps(across);
        Layer filter = new DepthwiseConvolution2D.Builder()
                .kernelSize(rows.length, columns.length)
                .padding(rows.length / 2, columns.length / 2)
                .depthMultiplier(1)
                .nIn(channels)
                .nOut(channels)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        add(name + "/means", filter, name + "/nearest", WEIGHT, product(rows, columns, channels));
        // A constant image: a dense layer of weights zero, whose input does not matter.
        builder.addVertex(name + "/channel", new SubsetVertex(0, 0), pixels);
        builder.addLayer(name + "/any", new GlobalPoolingLayer(PoolingType.AVG), name + "/channel");
        int size = Math.multiplyExact(layer.height(), layer.width());
        Layer border = new DenseLayer.Builder()
                .nIn(1)
                .nOut(size)
                .activation(Activation.IDENTITY)
                .build();
        add(name + "/border", border, name + "/any", WEIGHT, new float[size]);
        float[] factors = product(inverse(rows, layer.height()), inverse(columns, layer.width()), 1);
        constants.add(new Constant(name + "/border", BIAS, factors));
        builder.addVertex(
                name + "/border-image",
                new PreprocessorVertex(new FeedForwardToCnnPreProcessor(layer.height(), layer.width(), 1)),
                name + "/border");
        // The vertex that multiplies wants equal numbers of channels.
        Layer every = new ConvolutionLayer.Builder(1, 1)
                .nIn(1)
                .nOut(channels)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        float[] ones = new float[channels];
        Arrays.fill(ones, 1f);
        add(name + "/border-channels", every, name + "/border-image", WEIGHT, ones);
        builder.addVertex(
                name, new ElementWiseVertex(ElementWiseVertex.Op.Product), name + "/means", name + "/border-channels");
    }

    private void add(String vertex, Layer layer, String input, String parameter, float[] values) {
        builder.addLayer(vertex, new FrozenLayer(layer), input);
        constants.add(new Constant(vertex, parameter, values));
    }

    /** The weights of the mean in one direction: an odd number, so that it has a middle. */
    private static float[] taps(int factor) {
        float[] taps = new float[factor + 1 - factor % 2];
        Arrays.fill(taps, 1f / factor);
        if (factor % 2 == 0) {
            taps[0] /= 2f;
            taps[factor] /= 2f;
        }
        return taps;
    }

    /** By what the means of an extent must be multiplied: one over the weights that lie within. */
    private static float[] inverse(float[] taps, int extent) {
        float[] inverse = new float[extent];
        for (int place = 0; place < extent; place++) {
            double within = 0.0;
            for (int tap = 0; tap < taps.length; tap++) {
                int read = place + tap - taps.length / 2;
                within += read >= 0 && read < extent ? taps[tap] : 0.0;
            }
            inverse[place] = (float) (1.0 / within);
        }
        return inverse;
    }

    /** {@code [rows, columns, channels, 1]}. */
    private static float[] product(float[] rows, float[] columns, int channels) {
        float[] product = new float[rows.length * columns.length * channels];
        for (int i = 0; i < product.length; i++) {
            int place = i / channels;
            product[i] = rows[place / columns.length] * columns[place % columns.length];
        }
        return product;
    }
}
