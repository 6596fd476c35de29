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

package org.tribuogrowth.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.random.CountedRandom;

/**
 * How much Winograd's algorithm rounds beside a direct convolution, both against a convolution in double precision. The
 * figures are printed.
 */
class WinogradRoundingTest {
    private static final int BATCH = 8;
    private static final int EXTENT = 16;
    private static final int KERNEL = 3;

    private final NativeFloats floats = new NativeFloats();

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void winogradRoundsAboutTwiceAsMuch(int channels) {
        assumeThat(OneDnnLibrary.instance().instructionSet())
                .as("oneDNN has Winograd code for AVX-512 only")
                .startsWith("AVX-512");
        float[] image = normal("image", BATCH * EXTENT * EXTENT * channels);
        float[] weights = normal("weights", channels * KERNEL * KERNEL * channels);
        double[] exact = convolve(image, weights, channels);
        double direct = error(convolve(image, weights, channels, DataLayout.CHANNELS_LAST, false), exact);
        double winograd = error(convolve(image, weights, channels, DataLayout.BLOCKED, true), exact);
        System.out.println(String.format(
                Locale.ROOT,
                "Error of a 3x3 convolution of %d channels beside its norm: direct %.1e, Winograd %.1e, %.1f times",
                channels,
                direct,
                winograd,
                winograd / direct));
        assertThat(direct).isBetween(1e-8, 1e-6);
        assertThat(winograd / direct).isBetween(1.0, 4.0);
    }

    private static float[] normal(String name, int count) {
        CountedRandom random = CountedRandom.of(1, name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The Euclidean norm of the difference over that of the exact values. */
    private static double error(float[] values, double[] exact) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += (values[i] - exact[i]) * (values[i] - exact[i]);
            norm += exact[i] * exact[i];
        }
        return Math.sqrt(difference / norm);
    }

    /** Channels last, as are the results of the other. */
    private static double[] convolve(float[] image, float[] weights, int channels) {
        double[] result = new double[image.length];
        for (int place = 0; place < BATCH * EXTENT * EXTENT; place++) {
            int x = place % EXTENT;
            int y = place / EXTENT % EXTENT;
            for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
                int right = tap % KERNEL - 1;
                int down = tap / KERNEL - 1;
                if (x + right < 0 || x + right >= EXTENT || y + down < 0 || y + down >= EXTENT) {
                    continue;
                }
                int from = (place + down * EXTENT + right) * channels;
                for (int filter = 0; filter < channels; filter++) {
                    int weight = (filter * KERNEL * KERNEL + tap) * channels;
                    double sum = 0;
                    for (int channel = 0; channel < channels; channel++) {
                        sum += (double) image[from + channel] * weights[weight + channel];
                    }
                    result[place * channels + filter] += sum;
                }
            }
        }
        return result;
    }

    private float[] convolve(float[] image, float[] weights, int channels, DataLayout layout, boolean winograd) {
        TensorLayout plain = new TensorLayout(DataLayout.CHANNELS_LAST, BATCH, channels, EXTENT, EXTENT);
        TensorLayout inside = plain.in(layout);
        ConvolutionCall call = new ConvolutionCall(inside, inside, KERNEL, 1, 1, 1, 1, winograd);
        List<OneDnnBuffer> buffers = new ArrayList<>();
        try (OneDnnOperation forward = call.forward(true, false, PostOperation.NONE)) {
            WeightPacking packing = call.packWeights(forward);
            long packed = buffer(buffers, weights);
            for (OneDnnOperation reorder : packing.reorders()) {
                packed = run(reorder, packed, buffer(buffers, packing.packedBytes()));
            }
            long x = run(
                    new ReorderCall(plain, inside).operation(),
                    buffer(buffers, image),
                    buffer(buffers, inside.bytes()));
            long z = buffer(buffers, inside.bytes());
            forward.bind(0, x).bind(1, packed).bind(2, z).run();
            long y = run(new ReorderCall(inside, plain).operation(), z, buffer(buffers, plain.bytes()));
            float[] result = new float[image.length];
            floats.read(y, result);
            return result;
        } finally {
            buffers.forEach(OneDnnBuffer::close);
        }
    }

    private static long buffer(List<OneDnnBuffer> buffers, long bytes) {
        OneDnnBuffer buffer = new OneDnnBuffer(bytes);
        buffers.add(buffer);
        return buffer.address();
    }

    private long buffer(List<OneDnnBuffer> buffers, float[] values) {
        long address = buffer(buffers, (long) values.length * Float.BYTES);
        floats.write(values, address);
        return address;
    }

    private static long run(OneDnnOperation reorder, long from, long to) {
        try (reorder) {
            reorder.bind(0, from).bind(1, to).run();
        }
        return to;
    }
}
