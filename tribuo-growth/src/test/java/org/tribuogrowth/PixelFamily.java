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

package org.tribuogrowth;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.NetworkFamily;

/** The smallest networks that segment: one convolution and scores for each pixel. */
public final class PixelFamily implements NetworkFamily {
    @Config(description = "The number of filters.")
    private int filters = 6;

    @Config(description = "The height and width of the kernel, odd: 1 looks at single pixels.")
    private int kernel = 3;

    /** For OLCUT. */
    public PixelFamily() {}

    /**
     * Makes the family.
     *
     * @param filters The number of filters.
     * @param kernel  The height and width of the kernel.
     */
    public PixelFamily(int filters, int kernel) {
        this.filters = filters;
        this.kernel = kernel;
    }

    @Override
    public Architecture architecture(Shape input, int outputs, Activation outputActivation) {
        return new Architecture(
                input,
                List.of(new UnitGroup("filters", filters, true), new UnitGroup("classes", outputs, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "conv",
                                LayerSpec.INPUT,
                                "filters",
                                kernel,
                                1,
                                kernel / 2,
                                1,
                                true,
                                false,
                                Activation.RELU),
                        new LayerSpec.Output("output", "conv", "classes", outputActivation)));
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "NetworkFamily");
    }
}
