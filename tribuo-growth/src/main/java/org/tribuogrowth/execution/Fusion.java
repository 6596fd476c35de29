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

import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.PostOperation;

/**
 * The sum that a convolution of an inference plan does on the side: it adds its result to the other summand where that
 * lies, if nothing else needs the two any more.
 *
 * @param sum   The sum, null if there is none to fuse.
 * @param other The other summand, null likewise.
 */
record Fusion(LayerSpec.Sum sum, String other) {
    private static final Fusion NONE = new Fusion(null, null);

    static Fusion of(LayerSpec layer, Recording recording) {
        if (!(layer instanceof LayerSpec.Convolution convolution)
                || convolution.activation() != Activation.IDENTITY
                || !recording.layouts().passage(convolution).written().equals(recording.layout(layer.name()))) {
            return NONE;
        }
        Architecture architecture = recording.architecture();
        List<LayerSpec> readers = readers(architecture, layer.name());
        if (readers.size() != 1
                || !(readers.get(0) instanceof LayerSpec.Sum sum)
                || sum.inputs().size() != 2) {
            return NONE;
        }
        String first = sum.inputs().get(0);
        String other = first.equals(layer.name()) ? sum.inputs().get(1) : first;
        if (other.equals(layer.name()) || other.equals(LayerSpec.INPUT) || !mayBeOverwritten(architecture, other)) {
            return NONE;
        }
        // Of the two summands the later one adds; all other readers of the earlier one must have run by then.
        for (LayerSpec candidate : architecture.layers()) {
            if (candidate.name().equals(layer.name())) {
                break;
            }
            if (candidate.name().equals(other)) {
                return lastReader(architecture, other, sum, layer) ? new Fusion(sum, other) : NONE;
            }
        }
        return NONE;
    }

    private static boolean mayBeOverwritten(Architecture architecture, String name) {
        // A layer that passes its input's memory on does not own what it writes.
        return !(architecture.layer(name) instanceof LayerSpec.Dropout)
                && readers(architecture, name).stream().noneMatch(LayerSpec.Dropout.class::isInstance);
    }

    private static boolean lastReader(Architecture architecture, String other, LayerSpec.Sum sum, LayerSpec layer) {
        boolean reached = false;
        for (LayerSpec candidate : architecture.layers()) {
            reached |= candidate.name().equals(layer.name());
            if (reached
                    && !candidate.name().equals(sum.name())
                    && candidate.inputs().contains(other)) {
                return false;
            }
        }
        return true;
    }

    private static List<LayerSpec> readers(Architecture architecture, String name) {
        return architecture.layers().stream()
                .filter(layer -> layer.inputs().contains(name))
                .toList();
    }

    boolean fused() {
        return sum != null;
    }

    /** What the convolution does after its product. */
    PostOperation after(Activation activation) {
        if (!fused()) {
            return activation == Activation.RELU ? PostOperation.RECTIFIED : PostOperation.NONE;
        }
        return sum.activation() == Activation.RELU ? PostOperation.ADDED_RECTIFIED : PostOperation.ADDED;
    }
}
