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

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.StructureChange;

/** One line an epoch, for logs. */
final class PlainProgress implements Progress {
    /** What searches that mask weights call the part of them that is kept. */
    static final String DENSITY = "density";

    private final PrintStream out;
    private final Map<ChangeKind, Integer> changed = new EnumMap<>(ChangeKind.class);
    private Plan plan;

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onStart(Plan started) {
        plan = started;
        out.println("training on " + Text.count(plan.trainingExamples()) + " examples"
                + (plan.validationExamples() == 0 ? "" : ", validating on " + Text.count(plan.validationExamples()))
                + ", " + plan.epochs() + " epochs, " + Text.count(plan.steps()) + " steps; " + plan.engine());
        out.println("starting with " + Text.count(plan.seedCost().parameters()) + " of "
                + Text.count(plan.denseCost().parameters()) + " parameters and "
                + Text.count(plan.seedCost().multiplyAdds()) + " of "
                + Text.count(plan.denseCost().multiplyAdds())
                + " multiply-adds");
        out.flush();
    }

    @Override
    public void onInterval(Interval interval) {
        for (StructureChange change : interval.changes()) {
            changed.merge(change.kind(), change.units().size(), Integer::sum);
        }
        if (!interval.endOfEpoch()) {
            return;
        }
        int done = interval.epoch() + 1;
        StringBuilder line = new StringBuilder("epoch " + done + "/" + plan.epochs());
        if (plan.phases().size() > 1) {
            line.append("  ").append(interval.phase());
        }
        line.append("  loss ").append(Text.measure(interval.trainingLoss()));
        interval.validation().ifPresent(value -> line.append("  ")
                .append(interval.measureName())
                .append(' ')
                .append(Text.measure(value)));
        line.append("  parameters ").append(Text.percent(fraction(interval, CostMeasure.PARAMETERS)));
        line.append("  multiply-adds ").append(Text.percent(fraction(interval, CostMeasure.MULTIPLY_ADDS)));
        Double density = interval.observations().get(DENSITY);
        if (density != null) {
            line.append("  density ").append(Text.percent(density));
        }
        changed.forEach((kind, units) ->
                line.append("  ").append(kind.text()).append(' ').append(Text.count(units)));
        changed.clear();
        line.append("  ").append(Text.duration(interval.seconds()));
        if (done < plan.epochs()) {
            line.append(", about ")
                    .append(Text.duration(interval.seconds() / interval.step() * (plan.steps() - interval.step())))
                    .append(" left");
        }
        out.println(line);
        out.flush();
    }

    private double fraction(Interval interval, CostMeasure measure) {
        return interval.cost().fractionOf(plan.denseCost(), measure);
    }
}
