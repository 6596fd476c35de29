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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.training.GrowthListener;

/** Writes one line of JSON an interval, forced to the disk, so that a run that breaks off leaves all that it measured. */
final class MetricsFile implements GrowthListener, AutoCloseable {
    private final FileChannel channel;
    private Plan plan;

    /**
     * Creates the file.
     *
     * @param file A file that does not exist.
     */
    MetricsFile(Path file) {
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException exception) {
            throw UserError.failure(
                    "The file " + file + " cannot be created: " + Components.sentence(Components.text(exception)),
                    exception);
        }
    }

    @Override
    public void onStart(Plan started) {
        plan = started;
    }

    @Override
    public void onInterval(Interval interval) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", interval.epoch());
        line.put("phase", interval.phase());
        line.put("step", interval.step());
        line.put("endOfEpoch", interval.endOfEpoch());
        line.put("trainingLoss", Json.number(interval.trainingLoss()));
        putMeasured(line, "validationLoss", interval.validationLoss());
        putMeasured(line, interval.measureName(), interval.validation());
        line.put("learningRate", Json.number(interval.learningRate()));
        line.put("parameters", interval.cost().parameters());
        line.put("multiplyAdds", interval.cost().multiplyAdds());
        line.put("parametersFraction", interval.cost().fractionOf(plan.denseCost(), CostMeasure.PARAMETERS));
        line.put("multiplyAddsFraction", interval.cost().fractionOf(plan.denseCost(), CostMeasure.MULTIPLY_ADDS));
        line.put("widths", Json.widths(interval.active()));
        line.put("changedUnits", changes(interval));
        Map<String, Object> observations = new LinkedHashMap<>();
        interval.observations().forEach((name, value) -> observations.put(name, Json.number(value)));
        line.put("observations", observations);
        line.put("seconds", interval.seconds());
        append(Json.line(line));
    }

    private static void putMeasured(Map<String, Object> line, String name, OptionalDouble value) {
        line.put(name, value.isPresent() ? Json.number(value.getAsDouble()) : null);
    }

    private static Map<String, Object> changes(Interval interval) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (ChangeKind kind : ChangeKind.values()) {
            int units = 0;
            for (StructureChange change : interval.changes()) {
                units += change.kind() == kind ? change.units().size() : 0;
            }
            counts.put(kind.text(), units);
        }
        return counts;
    }

    private void append(String line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
