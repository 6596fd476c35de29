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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.DenseCall;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PostOperation;
import org.tribuogrowth.onednn.TensorLayout;
import org.tribuogrowth.onednn.WeightPacking;

/**
 * An output layer in training that computes the values of the classes drawn for a step, and each row's own, in place of all:
 * a matrix of [rows][columns], with a column for each class there is room for and one, {@link #ownColumn}, for the own
 * classes. The weights of the classes drawn are copied together for the products; columns for which there is no class, and a
 * row's own class where it was drawn, are excluded by a value that the softmax makes 0. Values are corrected as {@link
 * org.tribuogrowth.output.SampledSoftmax} says. An output has no gates: those of the units that it reads are in its input.
 */
final class PlannedSampledOutput {
    /** Low enough for a probability of 0 beside any value, and finite, so that products with it are numbers. */
    private static final float EXCLUDED = -1e30f;

    /** Rows of whole vectors and cache lines. */
    private static final int LANES = 16;

    private final LayerSpec.Output layer;
    /** The layer itself, or the embedding to which it is tied. */
    private final LayerSpec weightOwner;

    private final ParameterRole weightRole;
    private final Recording recording;
    private final ClassTargets targets;
    private final SampledClasses sampled;
    private final TensorLayout inputLayout;
    private final TensorLayout readLayout;
    private final EffectiveWeights.Size size;
    private final int rows;
    private final int ownColumn;
    private final int columns;
    private final DenseCall call;
    private final Tensor weights;
    private final Tensor bias;
    /** The raw weights of a class. */
    private final float[] rawRow;
    /** The weights of a class where inputs are filled up, what fills up being 0; the same array if nothing is. */
    private final float[] weightRow;

    private final float[] inputRow;
    private final float[] biasRow;
    private Tensor x;
    private Tensor z;
    private OneDnnOperation forward;
    private Tensor packedWeights;
    private FloatBuffer allWeights;
    private FloatBuffer allBiases;
    private FloatBuffer weightFloats;
    private FloatBuffer biasFloats;
    private FloatBuffer inputFloats;
    private FloatBuffer valueFloats;
    private int copied;

    /**
     * Plans the layer.
     *
     * @param layer     The output layer.
     * @param recording What layers share.
     * @param targets   The classes of the rows, to be there before each run.
     * @param sampled   The classes drawn, likewise.
     * @param room      How many there may be.
     */
    PlannedSampledOutput(
            LayerSpec.Output layer, Recording recording, ClassTargets targets, SampledClasses sampled, int room) {
        this.layer = layer;
        this.recording = recording;
        this.targets = targets;
        this.sampled = sampled;
        boolean tied = !layer.tied().isEmpty();
        weightOwner = tied ? recording.architecture().layer(layer.tied()) : layer;
        weightRole = tied ? ParameterRole.EMBEDDING : ParameterRole.WEIGHT;
        inputLayout = recording.layout(layer.input());
        // Each pixel of an image is a row of its own.
        readLayout = inputLayout.in(DataLayout.CHANNELS_LAST);
        int filledInputs = recording.channels(layer.input());
        int classes = recording.units(layer.name());
        size = new EffectiveWeights.Size(
                classes,
                classes,
                inputLayout.channels() / filledInputs,
                recording.units(layer.input()),
                filledInputs,
                recording.stretches(layer.input()));
        rows = readLayout.batch() * readLayout.height() * readLayout.width();
        ownColumn = room;
        columns = (room + LANES) / LANES * LANES;
        call = new DenseCall(rows, size.filledRowLength(), columns);
        weights = recording.program().lasting((long) columns * size.filledRowLength());
        bias = recording.program().lasting(columns);
        rawRow = new float[size.rowLength()];
        weightRow = size.filled() ? new float[size.filledRowLength()] : rawRow;
        inputRow = new float[size.filledRowLength()];
        biasRow = new float[columns];
    }

    /** The column with the value of each row's own class. */
    int ownColumn() {
        return ownColumn;
    }

    /** Records the forward pass, and the values of the columns as the layer's. */
    void recordTraining() {
        Program program = recording.program();
        ParameterMemory memory = recording.memory();
        x = recording.convert(recording.value(layer.input()).tensor(), inputLayout, readLayout);
        TensorLayout layout = new TensorLayout(DataLayout.CHANNELS_LAST, rows, columns, 1, 1);
        z = program.tensor(layout);
        program.afterPlacing(() -> {
            allWeights = Tensor.fixed(weightBytes(), memory.parameter(weightOwner, weightRole))
                    .floats();
            allBiases = Tensor.fixed(biasBytes(), memory.parameter(layer, ParameterRole.BIAS))
                    .floats();
            weightFloats = weights.floats();
            biasFloats = bias.floats();
            inputFloats = x.floats();
            valueFloats = z.floats();
        });
        program.add(this::copyWeights, weights, bias);
        forward = call.forward(true, true, PostOperation.NONE);
        packedWeights = program.pack(call.packWeights(forward), weights);
        program.add(forward, x, packedWeights, z, bias);
        program.add(this::computeOwn, x, z);
        recording.values().put(layer.name(), new Value(layout, z, true));
    }

    private long weightBytes() {
        return (long) size.units() * size.rowLength() * Float.BYTES;
    }

    private long biasBytes() {
        return (long) size.units() * Float.BYTES;
    }

    private void copyWeights() {
        int length = size.filledRowLength();
        int count = sampled.count();
        for (int place = 0; place < count; place++) {
            int number = sampled.number(place);
            if (size.filled()) {
                readWeights(number);
                weightFloats.put(place * length, weightRow, 0, length);
            } else {
                weightFloats.put(place * length, allWeights, number * length, length);
            }
            biasRow[place] = allBiases.get(number) - (float) sampled.correction(number);
        }
        Arrays.fill(inputRow, 0.0f);
        for (int place = count; place < copied; place++) {
            weightFloats.put(place * length, inputRow, 0, length);
        }
        copied = count;
        Arrays.fill(biasRow, count, columns, EXCLUDED);
        biasRow[ownColumn] = 0.0f;
        biasFloats.put(0, biasRow, 0, columns);
    }

    private void readWeights(int number) {
        allWeights.get(number * size.rowLength(), rawRow, 0, rawRow.length);
        if (weightRow != rawRow) {
            size.fill(rawRow, weightRow);
        }
    }

    private void computeOwn() {
        for (int row = 0; row < rows; row++) {
            int number = targets.number(row);
            if (number == ClassTargets.NONE) {
                continue;
            }
            readWeights(number);
            inputFloats.get(row * inputRow.length, inputRow, 0, inputRow.length);
            double value = product(inputRow, weightRow) + allBiases.get(number) - sampled.correction(number);
            valueFloats.put(row * columns + ownColumn, (float) value);
            int place = sampled.place(number);
            if (place != SampledClasses.NONE) {
                valueFloats.put(row * columns + place, EXCLUDED);
            }
        }
    }

    /** A sum of products in four interleaved parts, which do not wait for each other. */
    private static float product(float[] first, float[] second) {
        float sum0 = 0.0f;
        float sum1 = 0.0f;
        float sum2 = 0.0f;
        float sum3 = 0.0f;
        int i = 0;
        for (; i + 3 < first.length; i += 4) {
            sum0 += first[i] * second[i];
            sum1 += first[i + 1] * second[i + 1];
            sum2 += first[i + 2] * second[i + 2];
            sum3 += first[i + 3] * second[i + 3];
        }
        for (; i < first.length; i++) {
            sum0 += first[i] * second[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    /** Records the backward pass; the gradient of the values has taken their place. */
    void recordBackward() {
        Program program = recording.program();
        Tensor dz = recording.value(layer.name()).gradient(program).tensor();
        OneDnnOperation backwardWeights = call.backwardWeights(true);
        WeightPacking unpacking = call.unpackWeights(backwardWeights);
        Tensor weightGradient = Tensor.planned(weights.bytes());
        Tensor biasGradient = Tensor.planned(bias.bytes());
        Tensor packedGradient = program.packedResult(unpacking, weightGradient);
        program.add(backwardWeights, x, dz, packedGradient, biasGradient);
        program.unpack(unpacking, packedGradient, weightGradient);
        Value source = recording.value(layer.input());
        Tensor dx = source.differentiated() ? program.tensor(readLayout) : null;
        if (dx != null) {
            OneDnnOperation backwardData = call.backwardData();
            Tensor packed = WeightPacking.shared(forward, backwardData)
                    ? packedWeights
                    : program.pack(call.packWeights(backwardData), weights);
            program.add(backwardData, dz, packed, dx);
        }
        Backward backward = new Backward(dz, dx, weightGradient, biasGradient);
        program.afterPlacing(backward::open);
        program.add(backward::spread, weightGradient, biasGradient);
        if (dx == null) {
            program.add(backward::addOwn, x, dz);
        } else {
            program.add(backward::addOwn, x, dz, dx);
            source.contribute(new Gradient(recording.convert(dx, readLayout, inputLayout), 1));
        }
    }

    /** The gradients of all weights and biases from those of the classes drawn and of the rows' own. */
    private final class Backward {
        private final NativeAddress cleared = new NativeAddress();
        private final Tensor dz;
        /** Null if what the layer reads is not differentiated. */
        private final Tensor dx;

        private final Tensor weightGradient;
        private final Tensor biasGradient;
        private final Tensor allWeightGradient;
        private final Tensor allBiasGradient;
        private final float[] sumRow = new float[rawRow.length];
        private final float[] filledRow = size.filled() ? new float[weightRow.length] : sumRow;
        private final float[] rawInput = size.filled() ? new float[rawRow.length] : inputRow;
        private FloatBuffer slopeFloats;
        private FloatBuffer inputGradientFloats;
        private FloatBuffer weightGradientFloats;
        private FloatBuffer biasGradientFloats;
        private FloatBuffer allWeightGradients;
        private FloatBuffer allBiasGradients;

        Backward(Tensor dz, Tensor dx, Tensor weightGradient, Tensor biasGradient) {
            this.dz = dz;
            this.dx = dx;
            this.weightGradient = weightGradient;
            this.biasGradient = biasGradient;
            ParameterMemory memory = recording.memory();
            allWeightGradient = Tensor.fixed(weightBytes(), memory.gradient(weightOwner, weightRole));
            allBiasGradient = Tensor.fixed(biasBytes(), memory.gradient(layer, ParameterRole.BIAS));
        }

        private void open() {
            slopeFloats = dz.floats();
            inputGradientFloats = dx == null ? null : dx.floats();
            weightGradientFloats = weightGradient.floats();
            biasGradientFloats = biasGradient.floats();
            allWeightGradients = allWeightGradient.floats();
            allBiasGradients = allBiasGradient.floats();
        }

        private void spread() {
            // The optimiser leaves what it likes in the gradients, so all of them are cleared.
            Pointer.memset(cleared.at(allWeightGradient.address()), 0, allWeightGradient.bytes());
            Pointer.memset(cleared.at(allBiasGradient.address()), 0, allBiasGradient.bytes());
            int length = size.rowLength();
            for (int place = 0; place < sampled.count(); place++) {
                int number = sampled.number(place);
                if (size.filled()) {
                    weightGradientFloats.get(place * filledRow.length, filledRow, 0, filledRow.length);
                    size.empty(filledRow, sumRow);
                    allWeightGradients.put(number * length, sumRow, 0, length);
                } else {
                    allWeightGradients.put(number * length, weightGradientFloats, place * length, length);
                }
                allBiasGradients.put(number, biasGradientFloats.get(place));
            }
        }

        private void addOwn() {
            for (int row = 0; row < rows; row++) {
                int number = targets.number(row);
                if (number == ClassTargets.NONE) {
                    continue;
                }
                float slope = slopeFloats.get(row * columns + ownColumn);
                int length = size.rowLength();
                inputFloats.get(row * inputRow.length, inputRow, 0, inputRow.length);
                if (rawInput != inputRow) {
                    size.empty(inputRow, rawInput);
                }
                allWeightGradients.get(number * length, sumRow, 0, length);
                addProduct(sumRow, slope, rawInput);
                allWeightGradients.put(number * length, sumRow, 0, length);
                allBiasGradients.put(number, allBiasGradients.get(number) + slope);
                if (dx != null) {
                    readWeights(number);
                    inputGradientFloats.get(row * filledRow.length, filledRow, 0, filledRow.length);
                    addProduct(filledRow, slope, weightRow);
                    inputGradientFloats.put(row * filledRow.length, filledRow, 0, filledRow.length);
                }
            }
        }

        private static void addProduct(float[] sums, float factor, float[] values) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += factor * values[i];
            }
        }
    }
}
