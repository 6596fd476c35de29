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

package org.tribuogrowth.kernel;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;

/** Kernels of every kind on random shapes. What is checked on each of them is up to the test that inherits this. */
abstract class KernelSweep {
    private static final int TRIES = 100;

    /** Fewer, for going through time in the portable kernels takes as long as all else. */
    private static final int LSTM_TRIES = 60;

    private static final double EPSILON = 1e-2;

    private final DataType type;
    private final long limit;

    /**
     * Makes a sweep.
     *
     * @param type  The data type of all arrays.
     * @param limit The largest number of multiply-adds, or of elements, of a pass.
     */
    KernelSweep(DataType type, long limit) {
        this.type = type;
        this.limit = limit;
    }

    /** Checks one use of a kernel. */
    abstract <K extends Kernel> void check(KernelCase<K> use);

    @Property(tries = TRIES, seed = "1")
    void convolutions(@ForAll("convolutions") ConvolutionGeometry geometry, @ForAll long seed) {
        check(new AffineCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "2")
    void denseProducts(@ForAll("denseProducts") DenseGeometry geometry, @ForAll long seed) {
        check(new AffineCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "3")
    void normalisations(@ForAll("normalisations") NormalisationGeometry geometry, @ForAll long seed) {
        check(new NormalisationCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "4")
    void poolings(@ForAll("poolings") PoolingGeometry geometry, @ForAll long seed) {
        check(new PoolingCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "5")
    void elementwiseOperations(@ForAll("elementwiseOperations") ElementwiseGeometry geometry, @ForAll long seed) {
        check(new ElementwiseCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "6")
    void softmaxes(@ForAll("softmaxes") SoftmaxGeometry geometry, @ForAll long seed) {
        check(new SoftmaxCase(geometry, seed, type));
    }

    @Property(tries = LSTM_TRIES, seed = "7")
    void lstms(@ForAll("lstms") LstmGeometry geometry, @ForAll long seed) {
        check(new LstmCase(geometry, seed, type));
    }

    @Property(tries = TRIES, seed = "8")
    void resizes(@ForAll("resizes") ResizeGeometry geometry, @ForAll long seed) {
        check(new ResizeCase(geometry, seed, type));
    }

    @Provide
    Arbitrary<ConvolutionGeometry> convolutions() {
        Arbitrary<int[]> windows = Combinators.combine(between(1, 5), between(1, 3), between(0, 4), between(1, 3))
                .as((kernel, stride, padding, dilation) -> new int[] {kernel, stride, padding, dilation});
        // One in four depthwise, one in four of some groups.
        Arbitrary<Integer> groupings = between(0, 3);
        return Combinators.combine(
                        between(1, 9), between(1, 17), between(1, 17), widths(), widths(), windows, groupings)
                .as((batch, height, width, inputs, outputs, window, grouping) -> {
                    int groups = grouping == 0 ? inputs : grouping == 1 ? 1 + inputs % 4 : 1;
                    int least = window[3] * (window[0] - 1) + 1 - 2 * window[2];
                    return new ConvolutionGeometry(
                            batch,
                            Math.max(height, least),
                            Math.max(width, least),
                            grouping == 1 ? (inputs + groups - 1) / groups * groups : inputs,
                            grouping == 0 ? inputs : (outputs + groups - 1) / groups * groups,
                            window[0],
                            window[1],
                            window[2],
                            window[3],
                            groups);
                })
                .filter(geometry -> (long) geometry.batch()
                                * geometry.outputHeight()
                                * geometry.outputWidth()
                                * geometry.groupInputs()
                                * geometry.outputChannels()
                                * geometry.kernel()
                                * geometry.kernel()
                        <= limit);
    }

    @Provide
    Arbitrary<DenseGeometry> denseProducts() {
        return Combinators.combine(between(1, 70), between(1, 300), between(1, 300))
                .as(DenseGeometry::new)
                .filter(geometry -> (long) geometry.batch() * geometry.inputs() * geometry.outputs() <= limit);
    }

    @Provide
    Arbitrary<NormalisationGeometry> normalisations() {
        // With fewer than three rows the gradient of the input is a difference of nearly equal numbers.
        return Combinators.combine(between(1, 20), between(1, 64), widths(), booleans())
                .filter((batch, positions, channels, rectified) ->
                        batch * positions > 2 && (long) batch * positions * channels <= limit)
                .as((batch, positions, channels, rectified) ->
                        new NormalisationGeometry(batch, positions, channels, EPSILON, rectified));
    }

    @Provide
    Arbitrary<PoolingGeometry> poolings() {
        Arbitrary<int[]> windows = Combinators.combine(between(1, 4), between(1, 4), between(1, 3), between(0, 3))
                .as((height, width, stride, padding) -> new int[] {height, width, stride, padding})
                .filter(window -> window[3] < Math.min(window[0], window[1]));
        Arbitrary<int[]> orGlobal = Arbitraries.frequencyOf(Tuple.of(5, windows), Tuple.of(1, Arbitraries.just(null)));
        return Combinators.combine(
                        Arbitraries.of(PoolingKind.class),
                        between(1, 9),
                        between(1, 15),
                        between(1, 15),
                        widths(),
                        orGlobal)
                .as((kind, batch, height, width, channels, window) -> window == null
                        ? PoolingGeometry.global(kind, batch, height, width, channels)
                        : new PoolingGeometry(
                                kind,
                                batch,
                                Math.max(height, window[0] - 2 * window[3]),
                                Math.max(width, window[1] - 2 * window[3]),
                                channels,
                                window[0],
                                window[1],
                                window[2],
                                window[3]))
                .filter(geometry ->
                        (long) geometry.batch() * geometry.height() * geometry.width() * geometry.channels() <= limit);
    }

    @Provide
    Arbitrary<ResizeGeometry> resizes() {
        return Combinators.combine(
                        Arbitraries.of(ResizeKind.class),
                        between(1, 5),
                        between(1, 12),
                        between(1, 12),
                        widths(),
                        between(1, 17),
                        between(1, 17))
                .as(ResizeGeometry::new)
                .filter(geometry -> (long) geometry.batch()
                                * Math.max(
                                        geometry.height() * geometry.width(),
                                        geometry.outputHeight() * geometry.outputWidth())
                                * geometry.channels()
                        <= limit);
    }

    @Provide
    Arbitrary<ElementwiseGeometry> elementwiseOperations() {
        return Combinators.combine(
                        between(1, 4000),
                        Arbitraries.of(Activation.class).filter(function -> function != Activation.SOFTMAX))
                .as(ElementwiseGeometry::new);
    }

    @Provide
    Arbitrary<SoftmaxGeometry> softmaxes() {
        return Combinators.combine(between(1, 70), between(1, 300), booleans()).as(SoftmaxGeometry::new);
    }

    @Provide
    Arbitrary<LstmGeometry> lstms() {
        return Combinators.combine(between(1, 12), between(1, 9), between(1, 70), between(1, 70))
                .as(LstmGeometry::new)
                .filter(geometry -> geometry.steps()
                                * geometry.batch()
                                * geometry.biasLength()
                                * (geometry.inputs() + geometry.units())
                        <= limit);
    }

    /** Mostly what pruning leaves, sometimes widths at which vector code changes. */
    private static Arbitrary<Integer> widths() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, between(1, 70)), Tuple.of(1, Arbitraries.of(127, 128, 129, 255, 256, 257, 511, 512)));
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }
}
