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

import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * Gradient clipping by the global norm: where the Euclidean norm of the gradient of the mean loss, over all parameters that
 * are learnt, is above a maximum, the gradient is scaled down to it (Pascanu, Mikolov and Bengio: On the difficulty of
 * training recurrent neural networks, ICML 2013, algorithm 1). Weight decay is no part of that gradient.
 */
final class GradientClipping {
    /** Sums are made of pieces of this many values, so that they do not depend on the number of threads. */
    private static final int PIECE = 1 << 14;

    /** A piece is read in parts that fit into the nearest cache. */
    private static final int PART = 1 << 11;

    private final double maximum;

    /**
     * Clips.
     *
     * @param maximum The largest norm, 0 for no limit.
     */
    GradientClipping(double maximum) {
        this.maximum = maximum;
    }

    /**
     * What gradients are to be multiplied by.
     *
     * @param gradients The network's gradients, sums over a minibatch where the runs say so.
     * @param runs      What is updated alike.
     * @param rows      The number that sums are divided by.
     * @param shares    Into how many parts the work is cut.
     * @return A factor of at most 1.
     */
    float factor(FloatBuffer gradients, List<UpdateRun> runs, int rows, int shares) {
        if (maximum == 0.0) {
            return 1.0f;
        }
        List<UpdateRun> learnt = runs.stream().filter(UpdateRun::divided).toList();
        int pieces = 0;
        int[] firstPiece = new int[learnt.size()];
        for (int i = 0; i < firstPiece.length; i++) {
            firstPiece[i] = pieces;
            pieces += (learnt.get(i).length() + PIECE - 1) / PIECE;
        }
        double[] sums = new double[pieces];
        UpdateThreads.share(shares, share -> {
            float[] part = new float[PART];
            for (int i = 0; i < firstPiece.length; i++) {
                UpdateRun run = learnt.get(i);
                int count = (run.length() + PIECE - 1) / PIECE;
                for (int piece = 0; piece < count; piece++) {
                    if ((firstPiece[i] + piece) % shares == share) {
                        int start = run.start() + piece * PIECE;
                        int end = Math.min(start + PIECE, run.end());
                        sums[firstPiece[i] + piece] = squares(gradients, start, end, part);
                    }
                }
            }
        });
        double sum = 0.0;
        for (double piece : sums) {
            sum += piece;
        }
        return factor(Math.sqrt(sum) / rows);
    }

    private static double squares(FloatBuffer gradients, int start, int end, float[] part) {
        double sum = 0.0;
        for (int from = start; from < end; from += part.length) {
            int length = Math.min(part.length, end - from);
            gradients.get(from, part, 0, length);
            double[] lanes = new double[8];
            int whole = length / 8 * 8;
            for (int i = 0; i < whole; i += 8) {
                for (int lane = 0; lane < 8; lane++) {
                    lanes[lane] += (double) part[i + lane] * part[i + lane];
                }
            }
            for (int i = whole; i < length; i++) {
                lanes[0] += (double) part[i] * part[i];
            }
            for (double lane : lanes) {
                sum += lane;
            }
        }
        return sum;
    }

    /** A norm that is no finite number is left to those that look for such gradients. */
    private float factor(double norm) {
        return norm > maximum && Double.isFinite(norm) ? (float) (maximum / norm) : 1.0f;
    }

    /**
     * Clips the gradients of a network in place, by ND4J's operations.
     *
     * @param graph The network.
     * @param rows  The number that gradients will be divided by.
     */
    void clip(ComputationGraph graph, int rows) {
        if (maximum == 0.0) {
            return;
        }
        BaseMultiLayerUpdater<?> updater = graph.getUpdater();
        double sum = 0.0;
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                if (parameter.getLayer().updaterDivideByMinibatch(parameter.getParamName())) {
                    double norm = parameter.getGradView().norm2Number().doubleValue();
                    sum += norm * norm;
                }
            }
        }
        float factor = factor(Math.sqrt(sum) / rows);
        if (factor == 1.0f) {
            return;
        }
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                if (parameter.getLayer().updaterDivideByMinibatch(parameter.getParamName())) {
                    parameter.getGradView().muli(factor);
                }
            }
        }
    }
}
