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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.SparseProduct;
import org.tribuogrowth.kernel.SparseWeights;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * A convolution or fully connected layer of an inference plan whose weights are mostly zero: what {@link PlannedAffine}
 * computes there, by a {@link SparseProduct}. That reads and writes channels last; other layouts are converted.
 */
final class PlannedSparseAffine implements PlannedLayer {
    private final LayerSpec layer;
    private final Recording recording;
    private final Activation activation;
    private final boolean normalised;
    private final boolean biased;
    private final TensorLayout inputLayout;
    private final TensorLayout outputLayout;
    private final TensorLayout readLayout;
    private final TensorLayout writtenLayout;
    private final EffectiveWeights.Size size;
    private final AffineGeometry geometry;
    private SparseProduct product;
    private SparseWeights weights;

    PlannedSparseAffine(LayerSpec layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        if (layer instanceof LayerSpec.Affine affine) {
            activation = affine.activation();
            normalised = affine.batchNormalisation();
            biased = affine.bias();
        } else {
            // What turns outputs into scores is the plan's business.
            activation = Activation.IDENTITY;
            normalised = false;
            biased = true;
        }
        String input = layer.inputs().get(0);
        inputLayout = recording.layout(input);
        outputLayout = recording.layout(layer.name());
        readLayout = inputLayout.in(DataLayout.CHANNELS_LAST);
        writtenLayout = outputLayout.in(DataLayout.CHANNELS_LAST);
        int filledInputs = recording.channels(input);
        int positions;
        if (layer instanceof LayerSpec.Convolution convolution) {
            positions = convolution.kernel() * convolution.kernel();
            geometry = SparseLayers.geometry(
                    convolution,
                    recording.batch(),
                    readLayout.height(),
                    readLayout.width(),
                    readLayout.channels(),
                    writtenLayout.channels());
        } else {
            positions = inputLayout.channels() / filledInputs;
            int rows = readLayout.batch() * readLayout.height() * readLayout.width();
            geometry = new DenseGeometry(rows, inputLayout.channels(), outputLayout.channels());
        }
        size = new EffectiveWeights.Size(
                recording.units(layer.name()),
                outputLayout.channels(),
                positions,
                recording.units(input),
                filledInputs,
                recording.stretches(input));
    }

    @Override
    public void recordPreparation() {
        ParameterMemory memory = recording.memory();
        FloatBuffer raw = Tensor.fixed(
                        (long) size.units() * size.rowLength() * Float.BYTES,
                        memory.parameter(layer, ParameterRole.WEIGHT))
                .floats();
        EffectiveWeights.Scaling scaling =
                normalised ? new FoldedNormalisation(memory, layer, size.units()) : this::takeBias;
        recording.program().add(() -> prepare(raw, scaling));
    }

    private void takeBias(float[] factors, float[] bias) {
        Arrays.fill(factors, 1.0f);
        if (biased) {
            Tensor.fixed((long) size.units() * Float.BYTES, recording.memory().parameter(layer, ParameterRole.BIAS))
                    .floats()
                    .get(0, bias, 0, size.units());
        }
    }

    /** Takes the weights that are not zero now, with batch normalisation folded into them. */
    private void prepare(FloatBuffer raw, EffectiveWeights.Scaling scaling) {
        float[] factors = new float[size.units()];
        float[] bias = new float[size.filledUnits()];
        scaling.compute(factors, bias);
        int filledLength = size.filledRowLength();
        float[] filled = new float[Math.multiplyExact(size.filledUnits(), filledLength)];
        float[] row = new float[size.rowLength()];
        float[] filledRow = new float[filledLength];
        for (int unit = 0; unit < size.units(); unit++) {
            raw.get(unit * row.length, row, 0, row.length);
            for (int i = 0; i < row.length; i++) {
                row[i] *= factors[unit];
            }
            size.fill(row, filledRow);
            System.arraycopy(filledRow, 0, filled, unit * filledLength, filledLength);
        }
        weights = SparseWeights.of(filled, size.filledUnits());
        product = new SparseProduct(geometry, weights, bias, activation == Activation.RELU);
    }

    @Override
    public void recordInference() {
        Program program = recording.program();
        Tensor from = recording.convert(recording.value(layer.inputs().get(0)).tensor(), inputLayout, readLayout);
        Tensor written = program.tensor(writtenLayout);
        program.add(
                () -> product.run(from.address(), written.address()),
                () -> "sparse product of " + geometry + (weights == null ? "" : ", " + weights),
                from,
                written);
        Tensor y = recording.convert(written, writtenLayout, outputLayout);
        if (activation != Activation.RELU) {
            recording.applyFunction(activation, y, outputLayout.values());
        }
        recording.values().put(layer.name(), new Value(outputLayout, y, false));
    }

    @Override
    public void recordTraining() {
        throw new IllegalStateException("Sparse products are for inference only, layer " + layer.name());
    }

    @Override
    public void recordBackward() {
        throw new IllegalStateException("Sparse products are for inference only, layer " + layer.name());
    }
}
