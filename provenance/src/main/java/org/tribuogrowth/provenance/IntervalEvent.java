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

import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * The end of an interval of training; its changes of structure stand before it.
 *
 * @param epoch        The epoch, from 0.
 * @param step         The steps made so far, over the whole training.
 * @param trainingLoss The mean loss over the interval.
 * @param measureName  The name of the validation measure.
 * @param validation   The validation measure, if it was taken.
 * @param cost         The cost of the active network.
 * @param observations The search's numbers by name.
 */
public record IntervalEvent(
        int epoch,
        long step,
        double trainingLoss,
        String measureName,
        OptionalDouble validation,
        CostRecord cost,
        SortedMap<String, Double> observations)
        implements LedgerEvent {
    /** Checks each field by itself and copies the observations. */
    public IntervalEvent {
        Values.atLeast("epoch", epoch, 0);
        Values.count("step", step);
        trainingLoss = Values.finite("trainingLoss", trainingLoss);
        Values.text("measureName", measureName);
        Values.present("validation", validation);
        if (validation.isPresent()) {
            validation = OptionalDouble.of(Values.finite("validation", validation.getAsDouble()));
        }
        Values.present("cost", cost);
        observations = Values.copyNumbers("observations", observations);
    }

    @Override
    public String type() {
        return "interval";
    }
}
