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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;

/** What {@code describe} says about a model's file. */
final class ModelDescription {
    private ModelDescription() {}

    /** The text about a model's file. */
    static String text(ModelFile source) {
        Path file = source.file();
        ModelProto proto = source.proto();
        try (GrownModel model = source.grown(proto)) {
            StringBuilder text = new StringBuilder(file.toString()).append('\n');
            Architecture architecture = model.architecture();
            Architecture dense = model.denseReference();
            Cost cost = model.cost();
            ModelSize size = ModelSize.of(model);
            line(text, "input", architecture.input().describe());
            line(
                    text,
                    "outputs",
                    Text.count(architecture.group(architecture.output().units()).width()));
            line(text, "parameters", cost(cost, dense.denseCost(), CostMeasure.PARAMETERS));
            line(text, "multiply-adds", cost(cost, dense.denseCost(), CostMeasure.MULTIPLY_ADDS));
            line(text, "weights", size.weightText());
            line(text, "parameters take", size.byteText());
            String form = model instanceof GrowthModel<?> && proto.getVersion() == 0
                    ? "; of version 0, which stores all zeros"
                    : "";
            line(text, "file", Text.count(Files.size(file)) + " bytes, with record and provenance" + form);
            text.append("\nwidths, compact of dense\n");
            for (UnitGroup group : dense.searchableGroups()) {
                text.append("  ").append(group.name()).append("  ");
                text.append(Text.count(model.activeUnits().count(group.name()))).append(" of ");
                text.append(Text.count(group.width())).append('\n');
            }
            if (dense.searchableGroups().isEmpty()) {
                text.append("  nothing was searched\n");
            }
            return text.append("\nweights by layer\n").append(size.layerText()).toString();
        } catch (IOException exception) {
            throw source.unreadable(Components.text(exception), exception);
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .append(" ".repeat(18 - name.length()))
                .append(value)
                .append('\n');
    }

    private static String cost(Cost compact, Cost dense, CostMeasure measure) {
        return Text.count(measure.of(compact)) + " of " + Text.count(measure.of(dense)) + ", "
                + Text.percent(compact.fractionOf(dense, measure)) + " of the dense reference";
    }
}
