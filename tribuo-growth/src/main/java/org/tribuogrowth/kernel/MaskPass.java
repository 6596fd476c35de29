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

/** The inner loops of masking over small Java arrays, written so that the compiler makes vector code of them. */
final class MaskPass {
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int INFINITY = 0x7f800000;
    private static final float TAIL = (float) MaskBase.TAIL;

    /** Turns the smallest distance from 1 that a float can have, 2^-24, into more than 1. */
    private static final float STEEP = 1e8f;

    /** Its square turns the smallest positive float into more than 1. */
    private static final float STEEPEST = 1e38f;

    private MaskPass() {}

    /**
     * A threshold as an integer to compare the bits of magnitudes with: floats above zero are ordered as their bits
     * are. What is smaller than zero, or NaN, becomes -1, which all magnitudes exceed.
     */
    static int order(float threshold) {
        return threshold >= 0 ? Float.floatToRawIntBits(threshold + 0f) : -1;
    }

    /** The bits that make a weight NaN if its threshold is. */
    static int poison(float threshold) {
        return Float.isNaN(threshold) ? -1 : 0;
    }

    /**
     * Masks weights that share a threshold.
     *
     * @param weights   The bits of weights; replaced by those of the masked weights.
     * @param masks     Receives -1 for kept weights and 0 for others.
     * @param from      The first.
     * @param to        One past the last.
     * @param threshold The threshold.
     */
    static void mask(int[] weights, int[] masks, int from, int to, float threshold) {
        int order = order(threshold);
        int poison = poison(threshold);
        for (int i = from; i < to; i++) {
            // The sign of the difference, which cannot overflow: both are -1 or more.
            int mask = (order - (weights[i] & MAGNITUDE)) >> 31;
            masks[i] = mask;
            weights[i] = (weights[i] & mask) | poison;
        }
    }

    /**
     * Masks weights each of which has its threshold.
     *
     * @param weights    The bits of weights; replaced by those of the masked weights.
     * @param thresholds The bits of thresholds.
     * @param masks      Receives -1 for kept weights and 0 for others.
     * @param from       The first.
     * @param to         One past the last.
     */
    static void mask(int[] weights, int[] thresholds, int[] masks, int from, int to) {
        for (int i = from; i < to; i++) {
            int size = thresholds[i] & MAGNITUDE;
            int poison = (INFINITY - size) >> 31;
            // -1 for a threshold below zero: its sign bit is set and it is not negative zero.
            int negative = (thresholds[i] >> 31) & (-size >> 31);
            int order = size | negative | poison;
            int mask = (order - (weights[i] & MAGNITUDE)) >> 31;
            masks[i] = mask;
            weights[i] = (weights[i] & mask) | poison;
        }
    }

    /** How many masks of a range are set. */
    static int count(int[] masks, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += masks[i];
        }
        return -sum;
    }

    /**
     * The gradients of weights that share a threshold. Both steps are clipped steep lines, exact for floats, since a
     * condition in the loop would keep the compiler from making vector code.
     *
     * @param weights     The weights.
     * @param gradients   The gradients of the masked weights; replaced by those of the weights.
     * @param throughMask Receives the parts of the threshold's gradient, before the sign is changed.
     * @param from        The first.
     * @param to          One past the last.
     * @param threshold   The threshold.
     */
    static void gradients(float[] weights, float[] gradients, float[] throughMask, int from, int to, float threshold) {
        for (int i = from; i < to; i++) {
            float magnitude = Math.abs(weights[i]);
            float distance = magnitude - threshold;
            float size = Math.abs(distance);
            // The slope and the tail meet where they are equal, so the larger is the right one.
            float near = Math.max(0f, Math.min(1f, (1f - size) * STEEP + 1f));
            float slope = Math.max(2f - 4f * size, TAIL) * near;
            float kept = Math.max(0f, Math.min(1f, distance * STEEPEST * STEEPEST));
            float gradient = gradients[i];
            gradients[i] = gradient * (kept + magnitude * slope);
            throughMask[i] = gradient * weights[i] * slope;
        }
    }

    /**
     * The gradients of weights each of which has its threshold.
     *
     * @param weights    The weights.
     * @param gradients  The gradients of the masked weights; replaced by those of the weights.
     * @param thresholds The thresholds; replaced by their gradients.
     * @param from       The first.
     * @param to         One past the last.
     */
    static void gradients(float[] weights, float[] gradients, float[] thresholds, int from, int to) {
        for (int i = from; i < to; i++) {
            float magnitude = Math.abs(weights[i]);
            float distance = magnitude - thresholds[i];
            float size = Math.abs(distance);
            float near = Math.max(0f, Math.min(1f, (1f - size) * STEEP + 1f));
            float slope = Math.max(2f - 4f * size, TAIL) * near;
            float kept = Math.max(0f, Math.min(1f, distance * STEEPEST * STEEPEST));
            float gradient = gradients[i];
            gradients[i] = gradient * (kept + magnitude * slope);
            thresholds[i] = -(gradient * weights[i] * slope);
        }
    }

    /** The sum of a range, in double precision and in a fixed order; four running sums, since one waits for itself. */
    static double sum(float[] values, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += values[i];
            second += values[i + 1];
            third += values[i + 2];
            fourth += values[i + 3];
        }
        for (; i < to; i++) {
            first += values[i];
        }
        return (first + second) + (third + fourth);
    }
}
