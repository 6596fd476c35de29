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
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.ConvolutionCall;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.OneDnnOperation;

/**
 * The forward pass of a narrow convolution as the backward pass of another. With an odd kernel, stride 1 and padding that
 * keeps the image's size, convolving is the same as computing the input's gradient of a convolution whose weights are
 * mirrored in space and have inputs and outputs exchanged. oneDNN's backward code for blocks of 8 channels is faster
 * than its forward code, which wants several blocks of output channels (LayoutBenchmark compares them).
 */
final class MirroredConvolution {
    private final Program program;
    private final ConvolutionCall mirrored;
    private final Tensor weights;
    private final Tensor mirroredWeights;
    private final int outputs;
    private final int inputs;
    private final int taps;
    private final float[] values;
    private final float[] mirroredValues;
    private FloatBuffer source;
    private FloatBuffer destination;

    private MirroredConvolution(Program program, ConvolutionCall call, Tensor weights) {
        this.program = program;
        this.weights = weights;
        this.mirroredWeights = Tensor.planned(weights.bytes());
        this.mirrored = new ConvolutionCall(call.output(), call.input(), call.kernel(), 1, call.padding(), 1, 1, false);
        this.outputs = call.output().channels();
        this.inputs = call.input().channels();
        this.taps = call.kernel() * call.kernel();
        this.values = new float[outputs * taps * inputs];
        this.mirroredValues = new float[values.length];
        program.afterPlacing(() -> {
            source = weights.floats();
            destination = mirroredWeights.floats();
        });
    }

    /** Whether a convolution's forward pass is faster this way. */
    static boolean suits(LayerSpec.Convolution layer, ConvolutionCall call) {
        return call.input().layout() == DataLayout.NARROW_BLOCKED
                && call.output().layout() == DataLayout.NARROW_BLOCKED
                && layer.batchNormalisation()
                && layer.stride() == 1
                && layer.dilation() == 1
                && layer.kernel() % 2 == 1
                && layer.padding() == layer.kernel() / 2;
    }

    /**
     * Records the forward pass of a convolution without bias.
     *
     * @param program The program.
     * @param call    The convolution.
     * @param weights Its weights, [outputs, height, width, inputs].
     * @param x       The input.
     * @param z       The output.
     */
    static void record(Program program, ConvolutionCall call, Tensor weights, Tensor x, Tensor z) {
        new MirroredConvolution(program, call, weights).record(x, z);
    }

    private void record(Tensor x, Tensor z) {
        program.add(this::mirror, weights, mirroredWeights);
        OneDnnOperation pass = mirrored.backwardData();
        program.add(pass, x, program.pack(mirrored.packWeights(pass), mirroredWeights), z);
    }

    private void mirror() {
        source.get(0, values, 0, values.length);
        int from = 0;
        for (int output = 0; output < outputs; output++) {
            for (int tap = 0; tap < taps; tap++) {
                for (int input = 0; input < inputs; input++) {
                    mirroredValues[(input * taps + taps - 1 - tap) * outputs + output] = values[from];
                    from++;
                }
            }
        }
        destination.put(0, mirroredValues, 0, mirroredValues.length);
    }
}
