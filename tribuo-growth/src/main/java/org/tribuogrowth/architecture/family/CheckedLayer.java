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

/** What all layer components share; see {@link CheckedFamily}. */
abstract class CheckedLayer implements LayerComponent {
    @ConfigurableName
    private String configName;

    /**
     * Present once the check has passed. One object for good, because OLCUT tells components that stand in several
     * places from equal ones by the identity of their provenance.
     */
    private ConfiguredObjectProvenance provenance;

    /** Checks the fields. */
    abstract void check(LayerChecks checks);

    /** Adds the layer. */
    abstract void build(NetworkBuilder network);

    @Override
    public final void postConfig() {
        check(new LayerChecks(configName));
        provenance = new ConfiguredObjectProvenanceImpl(this, "LayerComponent");
    }

    @Override
    public final void addTo(NetworkBuilder network) {
        requireConfigured();
        build(network);
    }

    private void requireConfigured() {
        if (provenance == null) {
            throw new IllegalStateException("The layer component "
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
