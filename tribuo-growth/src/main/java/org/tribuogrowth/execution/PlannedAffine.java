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
import org.tribuogrowth.onednn.AffineCall;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.DenseCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PostOperation;
import org.tribuogrowth.onednn.TensorLayout;
import org.tribuogrowth.onednn.WeightPacking;

/**
 * A convolution or fully connected layer, with batch normalisation and non-linearity: z = W x + b, y = f(z) or
 * y = f(normalised z). In inference the normalisation is folded into W and b.
 */
final class PlannedAffine implements PlannedLayer {
    private final LayerSpec layer;
    /** The layer itself, or the embedding to which an output is tied. */
    private final LayerSpec weightOwner;

    private final ParameterRole weightRole;
    private final String input;
    private final Activation activation;
    private final boolean normalised;
    private final boolean biased;
    private final Recording recording;
    private final TensorLayout inputLayout;
    private final TensorLayout outputLayout;
    private final TensorLayout readLayout;
    private final TensorLayout writtenLayout;
    private final AffineCall call;
    private final EffectiveWeights.Size size;
    private NormalisationSteps normalisation;
    private EffectiveWeights effective;
    private Tensor weights;
    private Tensor bias;
    private Tensor x;
    private Tensor z;
    private OneDnnOperation forward;
    private Tensor packedWeights;

    PlannedAffine(LayerSpec layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.input = layer.inputs().get(0);
        if (layer instanceof LayerSpec.Output output && !output.tied().isEmpty()) {
            weightOwner = recording.architecture().layer(output.tied());
            weightRole = ParameterRole.EMBEDDING;
        } else {
            weightOwner = layer;
            weightRole = ParameterRole.WEIGHT;
        }
        if (layer instanceof LayerSpec.Affine weighted) {
            activation = weighted.activation();
            normalised = weighted.batchNormalisation();
            biased = weighted.bias();
        } else {
            // What turns outputs into scores is the loss's business.
            activation = Activation.IDENTITY;
            normalised = false;
            biased = true;
        }
        inputLayout = recording.layout(input);
        outputLayout = recording.layout(layer.name());
        int units = recording.units(layer.name());
        int inputs = recording.units(input);
        int filledInputs = recording.channels(input);
        if (layer instanceof LayerSpec.Convolution convolution) {
            LayoutChoice.Passage passage = recording.layouts().passage(convolution);
            readLayout = passage.read();
            writtenLayout = passage.written();
            call = new ConvolutionCall(
                    readLayout,
                    writtenLayout,
                    convolution.kernel(),
                    convolution.stride(),
                    convolution.padding(),
                    convolution.dilation(),
                    1,
                    recording.layouts().winograd(convolution));
            size = new EffectiveWeights.Size(
                    units,
                    outputLayout.channels(),
                    convolution.kernel() * convolution.kernel(),
                    inputs,
                    filledInputs,
                    recording.stretches(input));
        } else if (layer instanceof LayerSpec.DepthwiseConvolution convolution) {
            LayoutChoice.Passage passage = recording.layouts().passage(convolution);
            readLayout = passage.read();
            writtenLayout = passage.written();
            call = new ConvolutionCall(
                    readLayout,
                    writtenLayout,
                    convolution.kernel(),
                    convolution.stride(),
                    convolution.padding(),
                    convolution.dilation(),
                    outputLayout.channels(),
                    false);
            size = new EffectiveWeights.Size(
                    units,
                    outputLayout.channels(),
                    convolution.kernel() * convolution.kernel(),
                    1,
                    1,
                    Stretch.whole(1));
        } else {
            // Each pixel of an image is a row of its own.
            readLayout = inputLayout.in(DataLayout.CHANNELS_LAST);
            writtenLayout = outputLayout.in(DataLayout.CHANNELS_LAST);
            int rows = readLayout.batch() * readLayout.height() * readLayout.width();
            call = new DenseCall(rows, inputLayout.channels(), outputLayout.channels());
            int positions = inputLayout.channels() / filledInputs;
            size = new EffectiveWeights.Size(
                    units, outputLayout.channels(), positions, inputs, filledInputs, recording.stretches(input));
        }
    }

    private boolean gatedHere() {
        return recording.memory().gates(layer) != 0 && !normalised;
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        ParameterMemory memory = recording.memory();
        long weightAddress = memory.parameter(weightOwner, weightRole);
        if (gatedHere() || size.filled()) {
            effective = new EffectiveWeights(program, size, weightAddress, gateScaling(), biased);
            effective.recordForward(program);
            weights = effective.weights();
            bias = effective.bias();
        } else {
            weights = Tensor.fixed(weightBytes(), weightAddress);
            bias = biased ? Tensor.fixed(unitBytes(), memory.parameter(layer, ParameterRole.BIAS)) : null;
        }
        Value source = recording.value(input);
        x = recording.convert(source.tensor(), inputLayout, readLayout);
        Tensor written = program.tensor(writtenLayout);
        if (layer instanceof LayerSpec.Convolution convolution
                && call instanceof ConvolutionCall convolutionCall
                && MirroredConvolution.suits(convolution, convolutionCall)) {
            MirroredConvolution.record(program, convolutionCall, weights, x, written);
        } else {
            PostOperation after =
                    !normalised && activation == Activation.RELU ? PostOperation.RECTIFIED : PostOperation.NONE;
            forward = call.forward(true, biased, after);
            packedWeights = program.pack(call.packWeights(forward), weights);
            run(forward, x, packedWeights, written);
        }
        z = recording.convert(written, writtenLayout, outputLayout);
        Tensor y = z;
        if (normalised) {
            normalisation = new NormalisationSteps(recording, layer, outputLayout, activation == Activation.RELU);
            y = program.tensor(outputLayout);
            normalisation.recordTraining(z, y);
        }
        if (activation != Activation.RELU) {
            recording.applyFunction(activation, y, outputLayout.values());
        }
        recording.values().put(layer.name(), new Value(outputLayout, y, true));
    }

    private void run(OneDnnOperation operation, Tensor from, Tensor packed, Tensor to) {
        if (biased || bias != null) {
            recording.program().add(operation, from, packed, to, bias);
        } else {
            recording.program().add(operation, from, packed, to);
        }
    }

    private EffectiveWeights.Scaling gateScaling() {
        ParameterMemory memory = recording.memory();
        int units = size.units();
        float[] raw = new float[units];
        FloatBuffer gates = memory.gates(layer) == 0 || normalised ? null : vector(memory.gates(layer));
        FloatBuffer biases = biased ? vector(memory.parameter(layer, ParameterRole.BIAS)) : null;
        return (factors, effectiveBias) -> {
            if (gates == null) {
                Arrays.fill(factors, 1.0f);
            } else {
                gates.get(0, factors, 0, units);
            }
            if (biases != null) {
                biases.get(0, raw, 0, units);
                for (int unit = 0; unit < units; unit++) {
                    effectiveBias[unit] = factors[unit] * raw[unit];
                }
            }
        };
    }

    private FloatBuffer vector(long address) {
        return Tensor.fixed(unitBytes(), address).floats();
    }

    private long unitBytes() {
        return (long) size.units() * Float.BYTES;
    }

    private long weightBytes() {
        return unitBytes() * size.rowLength();
    }

    @Override
    public void recordBackward() {
        Program program = recording.program();
        Value value = recording.value(layer.name());
        Gradient.Read gradient = value.gradient(program);
        if (!(normalised && activation == Activation.RELU)) {
            gradient = recording.differentiate(activation, value.tensor(), gradient, outputLayout);
        }
        if (normalised) {
            gradient = normalisation.recordBackward(z, gradient);
        }
        Tensor dz = recording.convert(gradient.tensor(), outputLayout, writtenLayout);
        recordWeightGradients(dz);
        Value source = recording.value(input);
        if (source.differentiated()) {
            OneDnnOperation backwardData = call.backwardData();
            Tensor packed = forward != null && WeightPacking.shared(forward, backwardData)
                    ? packedWeights
                    : program.pack(call.packWeights(backwardData), weights);
            Tensor dx = program.tensor(readLayout);
            program.add(backwardData, dz, packed, dx);
            source.contribute(new Gradient(recording.convert(dx, readLayout, inputLayout), 1));
        }
    }

    private void recordWeightGradients(Tensor dz) {
        Program program = recording.program();
        ParameterMemory memory = recording.memory();
        long weightGradient = memory.gradient(weightOwner, weightRole);
        long biasGradient = biased ? memory.gradient(layer, ParameterRole.BIAS) : 0;
        Tensor target = effective == null
                ? Tensor.fixed(weightBytes(), weightGradient)
                : Tensor.planned(effective.weights().bytes());
        Tensor biasTarget = !biased
                ? null
                : effective == null
                        ? Tensor.fixed(unitBytes(), biasGradient)
                        : Tensor.planned(effective.bias().bytes());
        OneDnnOperation backwardWeights = call.backwardWeights(biased);
        WeightPacking unpacking = call.unpackWeights(backwardWeights);
        Tensor packed = program.packedResult(unpacking, target);
        if (biased) {
            program.add(backwardWeights, x, dz, packed, biasTarget);
        } else {
            program.add(backwardWeights, x, dz, packed);
        }
        program.unpack(unpacking, packed, target);
        if (effective != null) {
            program.use(effective.weights());
            effective.recordBackward(
                    program,
                    new EffectiveWeights.GradientPlaces(
                            weightGradient,
                            biasGradient,
                            gatedHere() ? memory.gateGradients(layer) : 0,
                            biased ? memory.parameter(layer, ParameterRole.BIAS) : 0),
                    target,
                    biasTarget);
        }
    }

    @Override
    public void recordPreparation() {
        Program program = recording.program();
        boolean copied = normalised || gatedHere() || size.filled();
        long weightAddress = recording.memory().parameter(weightOwner, weightRole);
        boolean withBias = biased || normalised;
        if (copied) {
            EffectiveWeights.Scaling scaling =
                    normalised ? new FoldedNormalisation(recording.memory(), layer, size.units()) : gateScaling();
            effective = new EffectiveWeights(program, size, weightAddress, scaling, withBias);
            effective.recordForward(program);
            weights = effective.weights();
            bias = effective.bias();
        } else {
            weights = Tensor.fixed(weightBytes(), weightAddress);
            bias = withBias ? Tensor.fixed(unitBytes(), recording.memory().parameter(layer, ParameterRole.BIAS)) : null;
        }
        Fusion fusion = Fusion.of(layer, recording);
        forward = call.forward(false, withBias, fusion.after(activation));
        WeightPacking packing = call.packWeights(forward);
        if (packing.reorders().isEmpty()) {
            packedWeights = weights;
            if (copied) {
                // The pass takes the copies as they are, so they are what must last.
                program.keep(weights);
            }
        } else {
            packedWeights = program.pack(packing, weights, program.lasting(packing.packedBytes() / Float.BYTES));
        }
    }

    @Override
    public void recordInference() {
        Program program = recording.program();
        Fusion fusion = Fusion.of(layer, recording);
        Tensor from = recording.convert(recording.value(input).tensor(), inputLayout, readLayout);
        Tensor written = fusion.fused() ? recording.value(fusion.other()).tensor() : program.tensor(writtenLayout);
        run(forward, from, packedWeights, written);
        Tensor y = recording.convert(written, writtenLayout, outputLayout);
        Activation after = fusion.fused() ? fusion.sum().activation() : activation;
        if (after != Activation.RELU) {
            recording.applyFunction(after, y, outputLayout.values());
        }
        Value value = new Value(outputLayout, y, false);
        recording.values().put(layer.name(), value);
        if (fusion.fused()) {
            recording.values().put(fusion.sum().name(), value);
        }
    }
}
