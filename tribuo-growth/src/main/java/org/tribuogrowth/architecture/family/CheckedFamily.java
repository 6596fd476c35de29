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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * What all families share: they are checked once, and refuse to work if the check failed, because OLCUT hands out an
 * object whose check failed when it is looked up a second time.
 */
abstract class CheckedFamily implements NetworkFamily {
    @ConfigurableName
    private String configName;

    /**
     * Present once the check has passed. One object for good, because OLCUT tells components that stand in several
     * places from equal ones by the identity of their provenance.
     */
    private ConfiguredObjectProvenance provenance;

    /** Checks the fields and makes lists immutable. */
    abstract void check(LayerChecks checks);

    /** Adds all layers but the output. */
    abstract void build(NetworkBuilder network);

    /** Adds the output, whose number of units is checked. */
    Architecture finish(NetworkBuilder network, int outputs, Activation outputActivation) {
        return network.finish(outputs, outputActivation);
    }

    @Override
    public final void postConfig() {
        check(new LayerChecks(configName));
        provenance = new ConfiguredObjectProvenanceImpl(this, "NetworkFamily");
    }

    @Override
    public final Architecture architecture(Shape input, int outputs, Activation outputActivation) {
        requireConfigured();
        if (outputs < 1 || outputs > UnitGroup.MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "A network has 1 to " + UnitGroup.MAX_WIDTH + " outputs, found " + outputs);
        }
        NetworkBuilder network = new NetworkBuilder(input);
        build(network);
        return finish(network, outputs, outputActivation);
    }

    /** The input as an image at least so high and wide. */
    final Shape.Image image(NetworkBuilder network, int extent, String reason) {
        if (network.shape() instanceof Shape.Image image && image.height() >= extent && image.width() >= extent) {
            return image;
        }
        throw new IllegalArgumentException(getClass().getSimpleName() + " needs images of at least " + extent + "x"
                + extent + " pixels, " + reason + "; found " + network.shape().describe());
    }

    /** A width times a multiplier, rounded, at least 1. */
    static int scaled(int width, double multiplier) {
        return (int) Math.max(1, Math.min(UnitGroup.MAX_WIDTH, Math.round(width * multiplier)));
    }

    private void requireConfigured() {
        if (provenance == null) {
            throw new IllegalStateException("The network family "
                    + (configName == null ? getClass().getSimpleName() : configName)
                    + " was refused when it was configured, and cannot be used");
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        requireConfigured();
        return provenance;
    }
}
