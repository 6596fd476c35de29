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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * A step whose one feature is a token: the feature's name says which, its value has no meaning. Tokens that are labels too
 * have the label's id as their number, so that the matrix of an embedding can be that of the output; others follow in the
 * order of their names.
 *
 * <p>A token that is not known becomes the token for unknown ones, if that is known.
 */
public final class TokenLayout implements FeatureLayout {
    @Config(description = "The token that stands for all that are not known.")
    private String unknownToken = TextDataSource.UNKNOWN_TOKEN;

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** Makes the layout with the token for unknown ones that texts have by default; also for OLCUT. */
    public TokenLayout() {
        // OLCUT calls postConfig after it has set the field; without it the default is good as it is.
        configured = true;
    }

    /**
     * A layout of tokens.
     *
     * @param unknownToken The token that stands for all that are not known.
     * @throws PropertyException If it is empty.
     */
    public TokenLayout(String unknownToken) {
        this.unknownToken = unknownToken;
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requirePresent("unknownToken", unknownToken);
        checks.require(!unknownToken.isEmpty(), "unknownToken", "''", "a token");
        configured = true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If this layout's configuration was refused.
     */
    @Override
    public BoundLayout bind(ImmutableFeatureMap features) {
        return bind(features, List.of());
    }

    @Override
    public BoundLayout bind(ImmutableFeatureMap features, List<String> labels) {
        Configured.require(configured, this);
        return new PlacedTokens(features, labels, unknownToken);
    }

    /**
     * The token that stands for all that are not known.
     *
     * @return The token.
     */
    public String unknownToken() {
        return unknownToken;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "FeatureLayout");
    }

    @Override
    public String toString() {
        return "TokenLayout(unknownToken=" + unknownToken + ")";
    }
}
