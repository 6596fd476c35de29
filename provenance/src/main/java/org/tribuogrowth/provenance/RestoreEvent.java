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

package org.tribuogrowth.provenance;

/**
 * Early stopping went back to the best weights seen; the structure did not change.
 *
 * @param epoch         The epoch in which training stopped, from 0.
 * @param step          The steps made so far, over the whole training.
 * @param restoredEpoch The epoch at whose end the restored weights were taken, at most {@code epoch}.
 * @param measureName   The name of the validation measure.
 * @param measure       The validation measure of the restored weights.
 */
public record RestoreEvent(int epoch, long step, int restoredEpoch, String measureName, double measure)
        implements LedgerEvent {
    /** Checks each field. */
    public RestoreEvent {
        Values.atLeast("epoch", epoch, 0);
        Values.count("step", step);
        Values.atLeast("restoredEpoch", restoredEpoch, 0);
        if (restoredEpoch > epoch) {
            throw new IllegalArgumentException(
                    "restoredEpoch: weights of epoch " + restoredEpoch + " do not exist in epoch " + epoch);
        }
        Values.text("measureName", measureName);
        measure = Values.finite("measure", measure);
    }

    @Override
    public String type() {
        return "restore";
    }
}
