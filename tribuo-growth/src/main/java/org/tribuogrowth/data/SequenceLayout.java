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
import org.tribuo.ImmutableFeatureMap;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * Places the features of an example as a sequence of steps, by the number in their names. A name is the prefix followed by
 * the decimal index of the value, zero-padded or not: value {@code unit} of step {@code step} has the index
 * {@code step * units + unit}. So an image of grey pixels whose features are named as {@link ImageLayout} says is the
 * sequence of its rows.
 *
 * <p>All examples have the same number of steps. A value that never occurs in the training data keeps its place and is 0.
 */
public final class SequenceLayout implements FeatureLayout {
    /** The largest number of values of an example. */
    private static final int MOST_VALUES = 1 << 28;

    @Config(mandatory = true, description = "The number of steps, at least 1.")
    private int steps;

    @Config(mandatory = true, description = "The number of values of a step, at least 1.")
    private int units;

    @Config(description = "What stands before the number in the features' names.")
    private String featurePrefix = "";

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** For OLCUT. */
    private SequenceLayout() {}

    /**
     * A layout of sequences whose features are named by bare numbers.
     *
     * @param steps The number of steps.
     * @param units The number of values of a step.
     * @throws PropertyException If a number is out of range.
     */
    public SequenceLayout(int steps, int units) {
        this(steps, units, "");
    }

    /**
     * A layout of sequences.
     *
     * @param steps         The number of steps.
     * @param units         The number of values of a step.
     * @param featurePrefix What stands before the number in the features' names.
     * @throws PropertyException If a number is out of range.
     */
    public SequenceLayout(int steps, int units, String featurePrefix) {
        this.steps = steps;
        this.units = units;
        this.featurePrefix = featurePrefix;
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requireRange("steps", steps, 1, Shape.MAX_EXTENT);
        checks.requireRange("units", units, 1, MOST_VALUES / steps);
        checks.requirePresent("featurePrefix", featurePrefix);
        configured = true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If this layout's configuration was refused.
     */
    @Override
    public BoundLayout bind(ImmutableFeatureMap features) {
        Configured.require(configured, this);
        IndexedNames names = new IndexedNames(
                featurePrefix, steps * units, "a sequence of " + steps + " steps of " + units + " values");
        return names.bind(new Shape.Sequence(steps, units), features);
    }

    /**
     * The number of steps.
     *
     * @return At least 1.
     */
    public int steps() {
        return steps;
    }

    /**
     * The number of values of a step.
     *
     * @return At least 1.
     */
    public int units() {
        return units;
    }

    /**
     * What stands before the number in the features' names.
     *
     * @return The prefix, empty if names are bare numbers.
     */
    public String featurePrefix() {
        return featurePrefix;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "FeatureLayout");
    }

    @Override
    public String toString() {
        return "SequenceLayout(steps=" + steps + ",units=" + units + ",featurePrefix=" + featurePrefix + ")";
    }
}
