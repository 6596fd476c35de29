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

import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.ParameterBank;

/**
 * Stops when the validation measure has not improved for some epochs, and comes back to the best epoch. It acts only once
 * the structure is final: before that, a later structure is expected to be better than an earlier one.
 */
final class EarlyStopping {
    private final int patience;
    private final boolean smallerIsBetter;
    private double best;
    private int bestEpoch = -1;
    private int lastEpoch = -1;
    private ParameterBank.Snapshot snapshot;

    EarlyStopping(int patience, boolean smallerIsBetter) {
        this.patience = patience;
        this.smallerIsBetter = smallerIsBetter;
        this.best = smallerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    void measured(int epoch, double measure, ParameterBank bank, GatedNetwork network) {
        if (patience == 0) {
            return;
        }
        lastEpoch = epoch;
        if (smallerIsBetter ? measure < best : measure > best) {
            best = measure;
            bestEpoch = epoch;
            bank.writeBack(network);
            snapshot = bank.snapshot();
        }
    }

    /** Whether an epoch was measured that early stopping could come back to. */
    boolean acted() {
        return bestEpoch >= 0;
    }

    boolean shouldStop() {
        return patience > 0 && bestEpoch >= 0 && lastEpoch - bestEpoch >= patience;
    }

    /** Comes back to the best epoch if it was not the last. */
    void restoreBest(ParameterBank bank, RunRecorder recorder, String measureName) {
        if (snapshot != null && bestEpoch != lastEpoch) {
            bank.restore(snapshot);
            recorder.restore(bestEpoch, measureName, best);
        }
    }
}
