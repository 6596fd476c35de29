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

import java.util.OptionalDouble;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.ParameterBank;

/** Copies of the parameters that a search comes back to. */
final class KeptParameters {
    private final ParameterBank bank;
    private final RunRecorder recorder;
    private ParameterBank.Snapshot best;
    private int bestPass;
    private String measureName;
    private double measure;
    private ParameterBank.Snapshot last;

    KeptParameters(ParameterBank bank, RunRecorder recorder) {
        this.bank = bank;
        this.recorder = recorder;
    }

    /** Keeps the bank as it is, in place of what was kept before. */
    void keep(int pass, String name, OptionalDouble validation) {
        best = bank.snapshot();
        bestPass = pass;
        measureName = validation.isPresent() ? name : "none";
        measure = validation.orElse(0.0);
    }

    /** Comes back to what was kept. */
    void restore() {
        if (best == null) {
            throw new IllegalStateException("The search goes back to parameters, but never kept any");
        }
        bank.restore(best);
        recorder.restore(bestPass, measureName, measure);
    }

    /** Keeps what a network has learnt until the next pass. */
    void keepForRecovery(GatedNetwork network) {
        bank.writeBack(network);
        last = bank.snapshot();
    }

    /** Comes back to the beginning of the pass. */
    void recover() {
        bank.restore(last);
    }
}
