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

/**
 * The training's thread was interrupted, so the training ended before its next minibatch. The thread is still marked as
 * interrupted. What was recorded until then is kept.
 */
public final class TrainingInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says where.
     *
     * @param epoch The epoch, from 0.
     * @param step  The step that was not made, from 0.
     * @param cause The interruption.
     */
    public TrainingInterruptedException(int epoch, long step, InterruptedException cause) {
        super("The training was interrupted before step " + step + " (epoch " + epoch + "). No model was made.", cause);
    }
}
