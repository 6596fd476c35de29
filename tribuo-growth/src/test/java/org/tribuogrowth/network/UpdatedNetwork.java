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

package org.tribuogrowth.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.random.CountedRandom;

/** A network whose flat vectors a test writes and reads. */
final class UpdatedNetwork implements AutoCloseable {
    /** Of the largest magnitude in the same array, for each step: some roundings of single precision. */
    private static final double TOLERANCE = 4e-7;

    private final GatedNetwork network;
    private final ComputationGraph graph;

    /** Values of one kind in a flat vector: a parameter, or its first or second moments. */
    private record Segment(String name, int start, int end) {}

    UpdatedNetwork(Architecture architecture, boolean gated, NetworkSettings settings) {
        network = new GatedNetwork(architecture, ActiveUnits.all(architecture), gated, null, settings);
        graph = network.graph();
        // Makes the vectors of gradients and moments.
        graph.getUpdater();
    }

    ComputationGraph graph() {
        return graph;
    }

    int length() {
        return Math.toIntExact(graph.numParams());
    }

    int stateLength() {
        INDArray state = graph.getUpdater().getStateViewArray();
        return state == null ? 0 : Math.toIntExact(state.length());
    }

    float[] parameters() {
        return read(graph.params());
    }

    float[] gradients() {
        return read(graph.getFlattenedGradients());
    }

    float[] state() {
        return stateLength() == 0 ? new float[0] : read(graph.getUpdater().getStateViewArray());
    }

    void setParameters(float[] values) {
        NativeArrays.write(values, graph.params());
    }

    void setGradients(float[] values) {
        NativeArrays.write(values, graph.getFlattenedGradients());
    }

    void setState(float[] values) {
        if (values.length > 0) {
            NativeArrays.write(values, graph.getUpdater().getStateViewArray());
        }
    }

    /** Takes over another network's parameters and moments. */
    void copy(UpdatedNetwork other) {
        setParameters(other.parameters());
        setState(other.state());
    }

    /** Random parameters and moments, the second moments not negative. */
    void randomise(long seed) {
        setParameters(gaussian(length(), 1.0, seed, "parameters"));
        float[] state = gaussian(stateLength(), 0.1, seed, "state");
        for (Segment segment : stateSegments()) {
            for (int i = segment.start; i < segment.end && segment.name.endsWith("moment 1"); i++) {
                state[i] = Math.abs(state[i]);
            }
        }
        setState(state);
    }

    static float[] gaussian(int length, double scale, long seed, String purpose) {
        CountedRandom random = CountedRandom.of(seed, purpose);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    /** That this and another network have the same parameters and moments but for the roundings of some steps. */
    void assertAgrees(UpdatedNetwork expected, int steps) {
        List<Segment> segments = new ArrayList<>();
        for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                String name = parameter.getLayer().getConfig().getLayerName() + "/" + parameter.getParamName();
                segments.add(new Segment(name, parameter.getParamOffsetStart(), parameter.getParamOffsetEnd()));
            }
        }
        assertAgree(parameters(), expected.parameters(), segments, steps);
        assertAgree(state(), expected.state(), stateSegments(), steps);
    }

    private List<Segment> stateSegments() {
        List<Segment> segments = new ArrayList<>();
        for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
            int length = block.getParamOffsetEnd() - block.getParamOffsetStart();
            int start = block.getUpdaterViewOffsetStart();
            for (int moment = 0; start < block.getUpdaterViewOffsetEnd(); moment++) {
                String name = "block at " + block.getParamOffsetStart() + " moment " + moment;
                segments.add(new Segment(name, start, start + length));
                start += length;
            }
        }
        return segments;
    }

    private static void assertAgree(float[] found, float[] expected, List<Segment> segments, int steps) {
        assertThat(segments.stream()
                        .mapToInt(segment -> segment.end - segment.start)
                        .sum())
                .isEqualTo(expected.length);
        for (Segment segment : segments) {
            double largest = 0.0;
            for (int i = segment.start; i < segment.end; i++) {
                if (Float.isFinite(expected[i])) {
                    largest = Math.max(largest, Math.abs(expected[i]));
                }
            }
            // A moment below the smallest normal number is zero in one of them.
            double allowed = steps * TOLERANCE * largest + Float.MIN_NORMAL;
            for (int i = segment.start; i < segment.end; i++) {
                boolean same = Float.compare(found[i], expected[i]) == 0;
                if (!same && !(Math.abs((double) found[i] - expected[i]) <= allowed)) {
                    assertThat(found[i])
                            .as("%s[%d], allowed %s", segment.name, i - segment.start, allowed)
                            .isEqualTo(expected[i]);
                }
            }
        }
    }

    private static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        NativeArrays.read(array, values, 0);
        return values;
    }

    @Override
    public void close() {
        network.close();
    }
}
