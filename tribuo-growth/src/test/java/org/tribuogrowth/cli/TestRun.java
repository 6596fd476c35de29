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

package org.tribuogrowth.cli;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.training.GrowthListener;

/** What a training of two epochs of two steps says to its listeners. */
final class TestRun {
    /** The hash of the ledger's last line. */
    static final String HEAD = "ab".repeat(32);

    static final Architecture ARCHITECTURE = architecture();
    static final Cost DENSE = new Cost(1000, 2000, 4000);
    static final Cost SEED = new Cost(10, 20, 40);
    static final Cost COMPACT = new Cost(250, 500, 1200);

    private TestRun() {}

    private static Architecture architecture() {
        return new Architecture(
                new Shape.Vector(2, 1),
                List.of(new UnitGroup("hidden", 8, true), new UnitGroup("classes", 2, false)),
                List.of(
                        new LayerSpec.Dense("dense1", LayerSpec.INPUT, "hidden", true, false, Activation.RELU),
                        new LayerSpec.Output("output", "dense1", "classes", Activation.SOFTMAX)));
    }

    static ActiveUnits active(int hidden) {
        return ActiveUnits.first(ARCHITECTURE, hidden);
    }

    static GrowthListener.Plan plan() {
        return new GrowthListener.Plan(
                ARCHITECTURE, active(1), DENSE, SEED, List.of("train"), 2, 4, 2, 1234, 56, "test kernels, 1 thread");
    }

    static GrowthListener.Interval interval(int epoch, boolean endOfEpoch, Cost cost) {
        SortedMap<String, Double> observations = new TreeMap<>();
        observations.put("lambda", 0.125);
        observations.put("undefined", Double.NaN);
        StructureChange change = new StructureChange(ChangeKind.GROW, "hidden", List.of(1, 2), "test", new TreeMap<>());
        return new GrowthListener.Interval(
                epoch,
                "train",
                2L * (epoch + 1),
                endOfEpoch,
                0.5 / (epoch + 1),
                0.1,
                "accuracy",
                endOfEpoch ? OptionalDouble.of(0.75 + 0.1 * epoch) : OptionalDouble.empty(),
                endOfEpoch ? OptionalDouble.of(0.625) : OptionalDouble.empty(),
                active(3),
                cost,
                List.of(change),
                observations,
                10.0 * (epoch + 1));
    }

    static GrowthListener.Summary summary() {
        return new GrowthListener.Summary(
                2, active(3), DENSE, COMPACT, 2468, 56_789, 0.4, 1.5e-7, HEAD, 7, 20.0, 1.0, 2.0);
    }

    /** Says it all. */
    static void tell(List<GrowthListener> listeners) {
        for (GrowthListener listener : listeners) {
            listener.onStart(plan());
            listener.onStep(new GrowthListener.Step(0, 1, 0.6));
            listener.onInterval(interval(0, false, SEED));
            listener.onStep(new GrowthListener.Step(0, 2, 0.4));
            listener.onInterval(interval(0, true, SEED));
            listener.onStep(new GrowthListener.Step(1, 3, 0.3));
            listener.onStep(new GrowthListener.Step(1, 4, 0.2));
            listener.onInterval(interval(1, true, COMPACT));
            listener.onEnd(summary());
        }
    }
}
