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

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ChannelNormaliser;

/**
 * The beginning of a graph: takes features by id to their places in the network's input, channels first and steps before
 * examples, and normalises them. Each operator is there only if it changes something.
 */
final class OnnxInput {
    private static final String SCOPE = "input/";

    /** The array that adds a column. */
    static final String COLUMN = SCOPE + "one-column-more";

    /** The array of the feature of each place. */
    static final String PLACES = SCOPE + "feature-at-place";

    /** The array of the shape of images and of sequences. */
    static final String SHAPE = SCOPE + "shape";

    /** The array of the channels' means. */
    static final String MEAN = SCOPE + "mean";

    /** The array of the channels' standard deviations. */
    static final String DEVIATION = SCOPE + "standard-deviation";

    private final ONNXContext context;
    private final ExportedNetwork network;
    private final Shape shape;
    private final int units;
    private final int positions;

    OnnxInput(ONNXContext context, ExportedNetwork network) {
        this.context = context;
        this.network = network;
        this.shape = network.parameters().architecture().input();
        this.units = ExportedNetwork.units(shape);
        this.positions = shape.positions();
    }

    /**
     * Writes the operators.
     *
     * @param features The features by id, {@code [batch, features]}; if the network is stepwise, {@code [batch, steps,
     *                 features]}, or tokens as whole numbers, {@code [batch, steps]}.
     * @return The network's input: {@code [batch, channels, height, width]}, {@code [batch, units]}, {@code [steps, batch,
     *     units]}, or tokens as whole numbers, {@code [steps, batch]}.
     */
    ONNXRef<?> write(ONNXRef<?> features) {
        if (shape instanceof Shape.Tokens) {
            return stepsFirst(network.stepwise() ? features : whole(placed(features)), 1, 0);
        }
        ONNXRef<?> value = shaped(placed(features));
        return network.normaliser().isPresent()
                ? normalised(value, network.normaliser().get())
                : value;
    }

    private ONNXRef<?> placed(ONNXRef<?> features) {
        int count = network.places().size();
        // Which feature a place takes, the one after the last being a zero for places that no feature has.
        long[] sources = new long[network.stepwise() ? units : units * positions];
        Arrays.fill(sources, count);
        for (int id = 0; id < count; id++) {
            int place = network.places().get(id);
            sources[shape instanceof Shape.Image ? place % units * positions + place / units : place] = id;
        }
        ONNXRef<?> value = features;
        int axis = network.stepwise() ? 2 : 1;
        if (count < sources.length) {
            long[] more = new long[2 * axis + 2];
            more[more.length - 1] = 1;
            ONNXInitializer pads = context.array(COLUMN, more);
            value = context.operation(DeepOperator.PAD, List.of(value, pads), SCOPE + "with-zero");
        }
        boolean inOrder = true;
        for (int i = 0; i < sources.length; i++) {
            inOrder &= sources[i] == i;
        }
        if (inOrder) {
            return value;
        }
        ONNXInitializer indices = context.array(PLACES, sources);
        return context.operation(
                ONNXOperators.GATHER, List.of(value, indices), SCOPE + "placed", Map.<String, Object>of("axis", axis));
    }

    private ONNXRef<?> whole(ONNXRef<?> tokens) {
        return context.operation(
                ONNXOperators.CAST,
                List.of(tokens),
                SCOPE + "tokens",
                Map.<String, Object>of("to", DataType.INT64.getNumber()));
    }

    private ONNXRef<?> stepsFirst(ONNXRef<?> value, int... order) {
        return context.operation(
                DeepOperator.TRANSPOSE, List.of(value), SCOPE + "steps-first", Map.<String, Object>of("perm", order));
    }

    private ONNXRef<?> shaped(ONNXRef<?> value) {
        if (shape instanceof Shape.Image image) {
            long[] dimensions = {0, image.channels(), image.height(), image.width()};
            return context.operation(
                    DeepOperator.RESHAPE, List.of(value, context.array(SHAPE, dimensions)), SCOPE + "image");
        } else if (shape instanceof Shape.Sequence sequence) {
            ONNXRef<?> steps = value;
            if (!network.stepwise()) {
                long[] dimensions = {0, sequence.steps(), sequence.units()};
                steps = context.operation(
                        DeepOperator.RESHAPE, List.of(value, context.array(SHAPE, dimensions)), SCOPE + "sequence");
            }
            return stepsFirst(steps, 1, 0, 2);
        }
        return value;
    }

    private ONNXRef<?> normalised(ONNXRef<?> value, ChannelNormaliser normaliser) {
        ONNXInitializer mean = channels(MEAN, normaliser.mean());
        ONNXInitializer deviation = channels(DEVIATION, normaliser.standardDeviation());
        ONNXRef<?> shifted = context.operation(ONNXOperators.SUB, List.of(value, mean), SCOPE + "shifted");
        return context.operation(ONNXOperators.DIV, List.of(shifted, deviation), SCOPE + "normalised");
    }

    /** One value a channel, or one for all, in a shape that spreads over batch and places. */
    private ONNXInitializer channels(String name, float[] values) {
        int count = values.length == 1 ? 1 : units;
        float[] spread = new float[count];
        for (int i = 0; i < count; i++) {
            spread[i] = values[i % values.length];
        }
        List<Integer> dimensions = shape instanceof Shape.Image ? List.of(count, 1, 1) : List.of(count);
        return context.floatTensor(name, dimensions, buffer -> buffer.put(spread));
    }
}
