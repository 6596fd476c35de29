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

import java.util.List;

/**
 * One layer of an {@link Architecture}. The names of the components are the names in the canonical text.
 *
 * <p>Convolutions, dense layers, batch normalisations and depthwise convolutions that add something to their units are
 * <em>gate carriers</em>: they own affine parameters of the units they write, and a unit's gate folds into those (after
 * batch normalisation into gamma and beta, otherwise into weights and bias). Embeddings and recurrent layers carry gates
 * too; those of the latter fold into what reads them.
 */
public sealed interface LayerSpec {
    /** The name by which layers refer to the network's input. */
    String INPUT = "input";

    /** What every batch normalisation adds to variances. */
    double NORMALISATION_EPSILON = 1e-5;

    /** The weight of the past in the running statistics of every batch normalisation. */
    double NORMALISATION_DECAY = 0.9;

    /**
     * The name, unique in the architecture.
     *
     * @return The name.
     */
    String name();

    /**
     * The layers that this one reads, {@link #INPUT} for the network's input.
     *
     * @return One name, or several for a junction, the branch first.
     */
    List<String> inputs();

    /**
     * A layer with weights, then a bias or batch normalisation or neither, then a non-linearity.
     */
    sealed interface Affine extends LayerSpec {
        /**
         * Whether there is a bias. With batch normalisation there is none, since beta takes its place.
         *
         * @return True if there is a bias.
         */
        boolean bias();

        /**
         * Whether batch normalisation follows the weights.
         *
         * @return True if there is batch normalisation.
         */
        boolean batchNormalisation();

        /**
         * The non-linearity.
         *
         * @return The activation.
         */
        Activation activation();
    }

    /**
     * A layer that writes a unit group of its own choice and carries its gates.
     */
    sealed interface Weighted extends Affine {
        /**
         * The unit group that the layer writes.
         *
         * @return The name of the group.
         */
        String units();
    }

    /**
     * A layer in which a branch, its first input, meets a shortcut. If it names a block, a {@link UnitGroup} of one unit,
     * the branch and what only the branch needs exist while that unit is active, and the unit's gate scales the branch.
     *
     * <p>The gate folds into the branch's last gate carrier, together with the gates of the units that it writes.
     */
    sealed interface Junction extends LayerSpec {
        /**
         * The block of the branch.
         *
         * @return The name of its group, the empty string if the branch always exists.
         */
        String block();
    }

    /**
     * A 2-d convolution, optionally with batch normalisation and a non-linearity, as one layer.
     *
     * @param name               The name.
     * @param input              The layer read; its shape must be an image.
     * @param units              The unit group written: one unit a filter.
     * @param kernel             The height and width of the kernel.
     * @param stride             The stride in both directions.
     * @param padding            The zero padding on each side.
     * @param dilation           The distance between kernel taps, 1 for an ordinary convolution.
     * @param bias               Whether there is a bias.
     * @param batchNormalisation Whether batch normalisation follows.
     * @param activation         The non-linearity.
     */
    record Convolution(
            String name,
            String input,
            String units,
            int kernel,
            int stride,
            int padding,
            int dilation,
            boolean bias,
            boolean batchNormalisation,
            Activation activation)
            implements Weighted {
        /** Checks the geometry. */
        public Convolution {
            checkName(name);
            checkWindow(name, kernel, stride, padding, dilation);
            checkBias(name, bias, batchNormalisation);
            checkInner(name, activation);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        /**
         * The output extent for an input extent, rounded down.
         *
         * @param extent Height or width of the input.
         * @return Height or width of the output, below 1 if the kernel does not fit.
         */
        public int outputExtent(int extent) {
            return convolvedExtent(extent, kernel, stride, padding, dilation);
        }
    }

    /**
     * A 2-d convolution in which each unit has one filter that reads that unit alone, optionally with batch
     * normalisation and a non-linearity, as one layer (Howard et al., MobileNets, 2017, section 3.1). It writes the unit
     * group that it reads.
     *
     * <p>With a bias or batch normalisation it carries the gates of the group, so that a missing unit is zero after it as
     * well as before it. With neither it maps zero to zero, and what wrote the unit has multiplied the gate already.
     *
     * @param name               The name.
     * @param input              The layer read; its shape must be an image.
     * @param kernel             The height and width of the kernel.
     * @param stride             The stride in both directions.
     * @param padding            The zero padding on each side.
     * @param dilation           The distance between kernel taps, 1 for an ordinary convolution.
     * @param bias               Whether there is a bias.
     * @param batchNormalisation Whether batch normalisation follows.
     * @param activation         The non-linearity.
     */
    record DepthwiseConvolution(
            String name,
            String input,
            int kernel,
            int stride,
            int padding,
            int dilation,
            boolean bias,
            boolean batchNormalisation,
            Activation activation)
            implements Affine {
        /** Checks the geometry. */
        public DepthwiseConvolution {
            checkName(name);
            checkWindow(name, kernel, stride, padding, dilation);
            checkBias(name, bias, batchNormalisation);
            checkInner(name, activation);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        /**
         * The output extent for an input extent, rounded down.
         *
         * @param extent Height or width of the input.
         * @return Height or width of the output, below 1 if the kernel does not fit.
         */
        public int outputExtent(int extent) {
            return convolvedExtent(extent, kernel, stride, padding, dilation);
        }
    }

    /**
     * A fully connected layer.
     *
     * @param name               The name.
     * @param input              The layer read: a vector, or a sequence, whose steps it reads one by one.
     * @param units              The unit group written.
     * @param bias               Whether there is a bias.
     * @param batchNormalisation Whether batch normalisation follows.
     * @param activation         The non-linearity.
     */
    record Dense(
            String name, String input, String units, boolean bias, boolean batchNormalisation, Activation activation)
            implements Weighted {
        /** Checks name, bias and activation. */
        public Dense {
            checkName(name);
            checkBias(name, bias, batchNormalisation);
            checkInner(name, activation);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Batch normalisation on its own, as in pre-activation networks. It carries the gates of the group that it reads,
     * so that a missing unit is zero after it as well as before it.
     *
     * @param name       The name.
     * @param input      The layer read.
     * @param activation The non-linearity that follows.
     */
    record BatchNormalisation(String name, String input, Activation activation) implements LayerSpec {
        /** Checks name and activation. */
        public BatchNormalisation {
            checkName(name);
            checkInner(name, activation);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * A non-linearity on its own.
     *
     * @param name     The name.
     * @param input    The layer read.
     * @param function The non-linearity.
     */
    record ActivationFunction(String name, String input, Activation function) implements LayerSpec {
        /** Checks name and function. */
        public ActivationFunction {
            checkName(name);
            checkInner(name, function);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Pooling over square windows.
     *
     * @param name    The name.
     * @param input   The layer read; its shape must be an image.
     * @param kind    How a window is reduced.
     * @param size    Height and width of the window.
     * @param stride  The stride in both directions.
     * @param padding The padding on each side, less than the size.
     */
    record Pooling(String name, String input, PoolingKind kind, int size, int stride, int padding)
            implements LayerSpec {
        /** Checks the geometry. */
        public Pooling {
            checkName(name);
            checkRange(name, "size", size, 1, 255);
            checkRange(name, "stride", stride, 1, 255);
            checkRange(name, "padding", padding, 0, size - 1);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        /**
         * The output extent for an input extent, rounded down.
         *
         * @param extent Height or width of the input.
         * @return Height or width of the output, below 1 if the window does not fit.
         */
        public int outputExtent(int extent) {
            return Math.floorDiv(extent + 2 * padding - size, stride) + 1;
        }
    }

    /**
     * Pooling over the whole image: one value a channel.
     *
     * @param name  The name.
     * @param input The layer read; its shape must be an image.
     * @param kind  How the image is reduced.
     */
    record GlobalPooling(String name, String input, PoolingKind kind) implements LayerSpec {
        /** Checks the name. */
        public GlobalPooling {
            checkName(name);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Dropout (inverted: kept values are scaled up in training, nothing happens in inference).
     *
     * @param name  The name.
     * @param input The layer read.
     * @param rate  The probability of setting a value to zero, in [0, 1).
     */
    record Dropout(String name, String input, double rate) implements LayerSpec {
        /** Checks name and rate. */
        public Dropout {
            checkName(name);
            if (!(rate >= 0.0 && rate < 1.0)) {
                throw new IllegalArgumentException(
                        "Layer " + name + ": the dropout rate must be at least 0 and below 1, found " + rate);
            }
            // Negative zero would give a second text for the same layer.
            rate += 0.0;
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Turns an image into a vector, units fastest.
     *
     * @param name  The name.
     * @param input The layer read; its shape must be an image.
     */
    record Flatten(String name, String input) implements LayerSpec {
        /** Checks the name. */
        public Flatten {
            checkName(name);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * The end of a residual block: the element-wise sum of its branch and its shortcut. All inputs have one shape and
     * one unit group.
     *
     * @param name       The name.
     * @param inputs     The layers that are added, at least two, the branch first.
     * @param activation The non-linearity after the sum.
     * @param block      The block of the first input, the empty string if it always exists.
     */
    record Sum(String name, List<String> inputs, Activation activation, String block) implements Junction {
        /** Checks name, inputs, activation and the block's name. */
        public Sum {
            checkName(name);
            if (!block.isEmpty()) {
                checkBlock(name, block);
            }
            inputs = List.copyOf(inputs);
            if (inputs.size() < 2 || inputs.size() > 16) {
                throw new IllegalArgumentException(
                        "Layer " + name + ": a sum adds 2 to 16 inputs, found " + inputs.size());
            }
            checkInner(name, activation);
        }

        /**
         * A sum whose inputs always exist.
         *
         * @param name       The name.
         * @param inputs     The layers that are added, at least two.
         * @param activation The non-linearity after the sum.
         */
        public Sum(String name, List<String> inputs, Activation activation) {
            this(name, inputs, activation, "");
        }
    }

    /**
     * A way around layers of a plain network that keep their input's shape: {@code a * branch + (1 - a) * shortcut}, where
     * {@code a} is the gate of a block. Both inputs have one shape and one unit group. Without the block only the
     * shortcut is left; a compact network, whose gates are 1, has the branch alone.
     *
     * @param name     The name.
     * @param branch   The layer that exists while the block is active.
     * @param shortcut The layer that the branch reads, directly or not.
     * @param block    The block.
     */
    record Bypass(String name, String branch, String shortcut, String block) implements Junction {
        /** Checks the names. */
        public Bypass {
            checkName(name);
            checkBlock(name, block);
        }

        @Override
        public List<String> inputs() {
            return List.of(branch, shortcut);
        }
    }

    /**
     * A vector for each token (Bengio et al., A neural probabilistic language model, 2003, section 2). It carries the gates
     * of its units, which fold into its matrix.
     *
     * @param name  The name.
     * @param input The layer read; its shape must be {@link Shape.Tokens}, so it is the network's input.
     * @param units The unit group written: one unit a place of the vectors.
     */
    record Embedding(String name, String input, String units) implements LayerSpec {
        /** Checks the name. */
        public Embedding {
            checkName(name);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * A long short-term memory without peepholes (Hochreiter and Schmidhuber, 1997; Gers et al., 2000): with i, f and o the
     * logistic function and g the hyperbolic tangent of {@code W x + U h + b}, the cell is {@code c = f * c' + i * g} and
     * the hidden state {@code h = o * tanh(c)}. Its arrays hold the gates in the order i, f, g, o.
     *
     * <p>It carries the gates of its units: a unit's gate multiplies h wherever it is read, by the layer itself in the next
     * step too, and so folds into the weights that read it.
     *
     * @param name  The name.
     * @param input The layer read; its shape must be a {@link Shape.Sequence}.
     * @param units The unit group written: one unit a place of the hidden state.
     */
    record Lstm(String name, String input, String units) implements LayerSpec {
        /** How many gates a unit has, the candidate g counted as one. */
        public static final int GATES = 4;

        /** Checks the name. */
        public Lstm {
            checkName(name);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * The last step of a sequence, that of its own length where sequences are shorter than the longest.
     *
     * @param name  The name.
     * @param input The layer read; its shape must be a {@link Shape.Sequence}.
     */
    record LastStep(String name, String input) implements LayerSpec {
        /** Checks the name. */
        public LastStep {
            checkName(name);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Images of one height and width side by side: the channels of the first, then those of the second, and so on. It
     * writes a union of the unit groups that it reads, which has the layer's name: {@link Architecture#group} knows it,
     * {@link Architecture#groups()} does not list it. Layers that carry gates of their input cannot read it.
     *
     * @param name   The name.
     * @param inputs The layers read, 2 to 16.
     */
    record Concatenation(String name, List<String> inputs) implements LayerSpec {
        /** Checks name and inputs. */
        public Concatenation {
            checkName(name);
            inputs = List.copyOf(inputs);
            if (inputs.size() < 2 || inputs.size() > 16) {
                throw new IllegalArgumentException(
                        "Layer " + name + ": a concatenation has 2 to 16 inputs, found " + inputs.size());
            }
        }
    }

    /**
     * An image at another size.
     *
     * @param name   The name.
     * @param input  The layer read; an image, or a vector of one position, which counts as an image of one pixel.
     * @param height The height of the result.
     * @param width  The width of the result.
     * @param kind   How values between pixels are found.
     */
    record Resize(String name, String input, int height, int width, ResizeKind kind) implements LayerSpec {
        /** Checks name and size. */
        public Resize {
            checkName(name);
            checkRange(name, "height", height, 1, Shape.MAX_EXTENT);
            checkRange(name, "width", width, 1, Shape.MAX_EXTENT);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * The output: a fully connected layer onto the outputs' own, fixed units, and what turns its values into scores. Of a
     * sequence it gives scores for each step, of an image for each pixel.
     *
     * @param name       The name.
     * @param input      The layer read: a vector, a sequence or an image.
     * @param units      The fixed unit group written.
     * @param activation The function that turns values into scores.
     * @param tied       The embedding whose matrix the output uses, so that it has a bias alone of its own (Press and Wolf,
     *                   Using the output embedding to improve language models, 2017); the empty string for none.
     */
    record Output(String name, String input, String units, Activation activation, String tied) implements LayerSpec {
        /** Checks the names. */
        public Output {
            checkName(name);
            if (!tied.isEmpty()) {
                checkName(tied);
            }
        }

        /**
         * An output with weights of its own.
         *
         * @param name       The name.
         * @param input      The layer read: a vector, a sequence or an image.
         * @param units      The fixed unit group written.
         * @param activation The function that turns values into scores.
         */
        public Output(String name, String input, String units, Activation activation) {
            this(name, input, units, activation, "");
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    private static void checkName(String name) {
        if (name.equals(INPUT) || !UnitGroup.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A layer's name is letters, digits, '.', '_' or '-', at most 100 of them," + " and not '" + INPUT
                            + "', found '" + Excerpt.of(name) + "'");
        }
    }

    private static void checkBlock(String name, String block) {
        if (!UnitGroup.NAME.matcher(block).matches()) {
            throw new IllegalArgumentException(
                    "Layer " + name + ": a block's name is letters, digits, '.', '_' or '-', at"
                            + " most 100 of them, found '" + Excerpt.of(block) + "'");
        }
    }

    private static void checkRange(String name, String component, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "Layer " + name + ": " + component + " must be " + low + " to " + high + ", found " + value);
        }
    }

    private static void checkWindow(String name, int kernel, int stride, int padding, int dilation) {
        checkRange(name, "kernel", kernel, 1, 255);
        checkRange(name, "stride", stride, 1, 255);
        checkRange(name, "padding", padding, 0, 255);
        checkRange(name, "dilation", dilation, 1, 255);
    }

    private static int convolvedExtent(int extent, int kernel, int stride, int padding, int dilation) {
        return Math.floorDiv(extent + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
    }

    private static void checkBias(String name, boolean bias, boolean batchNormalisation) {
        if (bias && batchNormalisation) {
            throw new IllegalArgumentException(
                    "Layer " + name + ": a bias before batch normalisation has no effect; leave one of the two out");
        }
    }

    private static void checkInner(String name, Activation activation) {
        if (activation == Activation.SOFTMAX) {
            throw new IllegalArgumentException("Layer " + name + ": softmax is for outputs only");
        }
    }
}
