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

package org.tribuogrowth.examples.benchmarks;

import java.nio.FloatBuffer;

/**
 * Gradient descent with Nesterov momentum on a flat vector in native memory, as PyTorch and, with a velocity of the
 * other sign and scale, DL4J define it. A few thousand values at a time pass through Java arrays, since the virtual
 * machine has vector instructions for loops over arrays, but not for loops over native memory.
 */
final class NesterovUpdate {
    private static final int CHUNK = 2048;

    private final float rate;
    private final float momentum;
    private final float[] velocity;
    private final float[] parameters = new float[CHUNK];
    private final float[] gradients = new float[CHUNK];
    private final float[] moving = new float[CHUNK];

    /**
     * Starts at rest.
     *
     * @param length   The number of parameters.
     * @param rate     The learning rate.
     * @param momentum The part of the velocity that stays.
     */
    NesterovUpdate(int length, double rate, double momentum) {
        this.velocity = new float[length];
        this.rate = (float) rate;
        this.momentum = (float) momentum;
    }

    /**
     * Updates.
     *
     * @param vector   The parameters.
     * @param gradient Their gradients.
     */
    void apply(FloatBuffer vector, FloatBuffer gradient) {
        for (int start = 0; start < velocity.length; start += CHUNK) {
            int count = Math.min(CHUNK, velocity.length - start);
            vector.get(start, parameters, 0, count);
            gradient.get(start, gradients, 0, count);
            System.arraycopy(velocity, start, moving, 0, count);
            move(parameters, gradients, moving, count);
            System.arraycopy(moving, 0, velocity, start, count);
            vector.put(start, parameters, 0, count);
        }
    }

    private void move(float[] values, float[] slopes, float[] speeds, int count) {
        float kept = momentum;
        float scale = rate;
        for (int i = 0; i < count; i++) {
            float speed = kept * speeds[i] + slopes[i];
            speeds[i] = speed;
            values[i] -= scale * (slopes[i] + kept * speed);
        }
    }
}
