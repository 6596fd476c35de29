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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.onednn.TensorLayout;

/** The last real step of each sequence. */
final class PlannedLastStep implements PlannedLayer {
    private final LayerSpec.LastStep layer;
    private final Recording recording;
    private final TensorLayout inputLayout;
    private final TensorLayout outputLayout;
    private final int units;
    private final float[] row;

    PlannedLastStep(LayerSpec.LastStep layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.inputLayout = recording.layout(layer.input());
        this.outputLayout = recording.layout(layer.name());
        this.units = outputLayout.channels();
        this.row = new float[units];
    }

    /** Where a row's last step is among all steps of all rows. */
    private int place(int example) {
        SequenceLengths lengths = recording.sequences().lengths();
        return ((lengths.length(example) - 1) * recording.batch() + example) * units;
    }

    @Override
    public void recordTraining() {
        Value source = recording.value(layer.input());
        Tensor y = recording.program().tensor(outputLayout);
        Selection selection = new Selection(source.tensor(), y);
        recording.program().afterPlacing(selection::open);
        recording.program().add(selection::take, source.tensor(), y);
        recording.values().put(layer.name(), new Value(outputLayout, y, source.differentiated()));
    }

    @Override
    public void recordBackward() {
        Value source = recording.value(layer.input());
        if (!source.differentiated()) {
            return;
        }
        Tensor gradient =
                recording.value(layer.name()).gradient(recording.program()).tensor();
        Tensor dx = recording.program().tensor(inputLayout);
        Selection selection = new Selection(dx, gradient);
        recording.program().afterPlacing(selection::open);
        recording.program().add(selection::spread, gradient, dx);
        source.contribute(new Gradient(dx, 1));
    }

    /** Values of all steps and of last steps. */
    private final class Selection {
        private final Tensor all;
        private final Tensor last;
        private final float[] zeros;
        private FloatBuffer allFloats;
        private FloatBuffer lastFloats;

        Selection(Tensor all, Tensor last) {
            this.all = all;
            this.last = last;
            this.zeros = new float[recording.batch() * units];
        }

        private void open() {
            allFloats = all.floats();
            lastFloats = last.floats();
        }

        private void take() {
            for (int example = 0; example < recording.batch(); example++) {
                allFloats.get(place(example), row, 0, units);
                lastFloats.put(example * units, row, 0, units);
            }
        }

        private void spread() {
            for (int step = 0; step < recording.sequences().steps(); step++) {
                allFloats.put(step * zeros.length, zeros, 0, zeros.length);
            }
            for (int example = 0; example < recording.batch(); example++) {
                lastFloats.get(example * units, row, 0, units);
                allFloats.put(place(example), row, 0, units);
            }
        }
    }

    @Override
    public void recordPreparation() {
        // There are no parameters.
    }

    @Override
    public void recordInference() {
        recordTraining();
    }
}
