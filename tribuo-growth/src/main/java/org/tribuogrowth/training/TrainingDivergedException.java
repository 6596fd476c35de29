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

package org.tribuogrowth.training;

/** The loss became NaN or infinite, so that going on would be of no use. What was recorded until then is kept. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says where and what may help.
     *
     * @param epoch        The epoch, from 0.
     * @param step         The step, from 0.
     * @param loss         The loss.
     * @param learningRate The learning rate of the step.
     */
    public TrainingDivergedException(int epoch, long step, double loss, double learningRate) {
        super("The training diverged: the loss is " + loss + " at step " + step + " (epoch " + epoch
                + ", learning rate " + learningRate + "). A lower learning rate, a warm-up, or another seed may help;"
                + " normalised inputs make it less likely.");
    }
}
