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

package org.tribuogrowth.compare;

import java.util.List;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.StartEvent;

/** placeholder. */
public record TrainingCost(double fraction, double multiplyAdds) {
    static TrainingCost of(Architecture architecture, List<LedgerEvent> events) {
        StartEvent start = (StartEvent) events.get(0);
        double cost = architecture
                .costModel()
                .of(LedgerFigures.units(architecture, start.activeUnits()))
                .multiplyAdds();
        CostRecord dense = start.dense();
        double sum = 0.0;
        long steps = 0;
        for (LedgerEvent event : events) {
            if (event instanceof IntervalEvent interval) {
                sum += cost * (interval.step() - steps);
                steps = interval.step();
                cost = interval.cost().multiplyAdds();
            }
        }
        return new TrainingCost(sum / ((double) dense.multiplyAdds() * steps), sum);
    }
}
