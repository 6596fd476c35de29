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

package org.tribuogrowth.search;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.CostModel;
import org.tribuogrowth.architecture.CostTerm;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * How large a network may end up: a fraction of the parameters or multiply-adds of the <em>dense reference</em>, the
 * architecture at full width, or of some of its layers. It never refers to the current network, so that fractions do not
 * compound.
 */
public final class Budget implements Configurable, Provenancable<ConfiguredObjectProvenance> {
    @Config(mandatory = true, description = "The part of the dense reference that may remain, above 0 and at most 1.")
    private double fraction;

    @Config(mandatory = true, description = "What is counted: PARAMETERS or MULTIPLY_ADDS.")
    private CostMeasure measure;

    @Config(
            description =
                    "The names of the layers that are counted, all of them if empty. Layers that are not named may"
                            + " shrink too, or grow back to their full width, which the budget does not notice.")
    private List<String> layers = List.of();

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private Budget() {}

    /**
     * A budget of all layers.
     *
     * @param fraction The part of the dense reference that may remain, above 0 and at most 1.
     * @param measure  What is counted.
     * @throws PropertyException If the fraction is out of range or the measure is null.
     */
    public Budget(double fraction, CostMeasure measure) {
        this(fraction, measure, List.of());
    }

    /**
     * A budget of some layers.
     *
     * @param fraction The part of these layers of the dense reference that may remain, above 0 and at most 1.
     * @param measure  What is counted.
     * @param layers   The names of the layers that are counted; all are if there are none.
     * @throws PropertyException If the fraction is out of range, the measure is null or a layer is named twice.
     */
    public Budget(double fraction, CostMeasure measure, List<String> layers) {
        this.fraction = fraction;
        this.measure = measure;
        this.layers = List.copyOf(layers);
        postConfig();
    }

    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(
                fraction > 0.0 && fraction <= 1.0,
                "fraction",
                fraction,
                "above 0 and at most 1, the part of the dense reference that may remain");
        checks.require(measure != null, "measure", measure, "PARAMETERS or MULTIPLY_ADDS");
        checks.require(
                layers.stream().distinct().count() == layers.size(),
                "layers",
                layers,
                "names of layers, each at most once");
        configured = true;
    }

    /**
     * The part of the dense reference that may remain.
     *
     * @return A number above 0 and at most 1.
     * @throws IllegalStateException If the budget's configuration was refused.
     */
    public double fraction() {
        requireConfigured();
        return fraction;
    }

    /**
     * What is counted.
     *
     * @return Parameters or multiply-adds.
     * @throws IllegalStateException If the budget's configuration was refused.
     */
    public CostMeasure measure() {
        requireConfigured();
        return measure;
    }

    /**
     * The layers that are counted.
     *
     * @return Their names; all layers are counted if there are none.
     * @throws IllegalStateException If the budget's configuration was refused.
     */
    public List<String> layers() {
        requireConfigured();
        return List.copyOf(layers);
    }

    /**
     * The same budget with another fraction.
     *
     * @param other The part that may remain, above 0 and at most 1.
     * @return A budget of the same layers, counted in the same way.
     * @throws PropertyException If the fraction is out of range.
     */
    public Budget withFraction(double other) {
        return new Budget(other, measure(), layers());
    }

    /**
     * The part of the dense reference that given widths cost.
     *
     * @param architecture The dense reference.
     * @param width        The number of active units of each group.
     * @return The remaining fraction, 1 at full width.
     */
    public double remainingFraction(Architecture architecture, ToLongFunction<String> width) {
        CostModel model = model(architecture);
        return (double) measure().of(model.cost(width)) / dense(architecture, model);
    }

    /**
     * The part of the dense reference that is expected to remain when each group has an expected width.
     *
     * @param architecture  The dense reference.
     * @param expectedWidth The expected number of active units of each group.
     * @return The expected remaining fraction, 0 if the budget's layers have nothing of what is counted.
     */
    public double expectedFraction(Architecture architecture, ToDoubleFunction<String> expectedWidth) {
        return expectedFraction(architecture, measure(), expectedWidth);
    }

    /**
     * The same in one measure, whatever the budget limits.
     *
     * @param architecture  The dense reference.
     * @param counted       What is counted.
     * @param expectedWidth The expected number of active units of each group.
     * @return The expected remaining fraction, 0 if the budget's layers have nothing of what is counted.
     */
    double expectedFraction(Architecture architecture, CostMeasure counted, ToDoubleFunction<String> expectedWidth) {
        CostModel model = model(architecture);
        long dense = dense(architecture, model, counted);
        return dense == 0 ? 0.0 : model.expected(counted, expectedWidth) / dense;
    }

    /**
     * How far a remaining fraction is from the budget.
     *
     * @param remaining A remaining fraction.
     * @return The difference relative to the budget: 0.1 if the network is 10 % too large.
     */
    public double relativeError(double remaining) {
        return (remaining - fraction()) / fraction;
    }

    /**
     * Checks that the budget can be met by changing units; all blocks stay.
     *
     * @param architecture The dense reference.
     * @param leastUnits   The smallest number of units of a searchable group, or all of them where there are fewer.
     * @throws IllegalArgumentException If it cannot.
     */
    void requireFeasible(Architecture architecture, int leastUnits) {
        requireFeasible(architecture, leastUnits, true, false);
    }

    /**
     * Checks that the budget can be met.
     *
     * @param architecture The dense reference.
     * @param leastUnits   The smallest number of units of a searchable group, or all of them where there are fewer.
     * @param units        Whether units are searched; otherwise all exist.
     * @param blocks       Whether blocks are searched; otherwise all exist.
     * @throws IllegalArgumentException If the architecture has nothing to search, the budget names a layer that it does
     *                                  not have or layers that cost nothing, or the smallest numbers of units already
     *                                  cost more than the budget.
     */
    void requireFeasible(Architecture architecture, int leastUnits, boolean units, boolean blocks) {
        long groups = architecture.searchableGroups().stream()
                .filter(group -> group.block() ? blocks : units)
                .count();
        if (groups == 0) {
            throw new IllegalArgumentException("The budget cannot be met by a search: the architecture has no "
                    + (units ? "searchable unit groups" : "blocks, and units are not searched")
                    + ", so all its units always exist");
        }
        requireLayers(architecture);
        ToLongFunction<String> smallest = name -> {
            UnitGroup group = architecture.group(name);
            if (group.block()) {
                return blocks ? 0 : 1;
            }
            return group.searchable() && units ? Math.min(leastUnits, group.width()) : group.width();
        };
        double least = remainingFraction(architecture, smallest);
        if (least > fraction()) {
            CostModel model = model(architecture);
            long dense = dense(architecture, model);
            String each = leastUnits == 1 ? "one unit" : "the smallest multiple of units, " + leastUnits + ",";
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The budget of %s of the dense reference's %,d %s%s allows %,d, but %s"
                            + " already needs %,d, which is a fraction of %.3g",
                    fraction,
                    dense,
                    unitOfMeasure(),
                    layers.isEmpty() ? "" : " in the layers " + String.join(", ", layers),
                    (long) Math.floor(fraction * dense),
                    units
                            ? each + " in each of the " + groups + " searchable groups"
                            : "every unit outside the " + groups + " blocks",
                    measure.of(model.cost(smallest)),
                    least));
        }
    }

    private void requireLayers(Architecture architecture) {
        List<String> known = architecture.costModel().terms().stream()
                .map(CostTerm::layer)
                .distinct()
                .toList();
        for (String layer : layers) {
            if (!known.contains(layer)) {
                throw new IllegalArgumentException("The budget counts the layer " + layer
                        + ", which the network does not have or which costs nothing; its layers are "
                        + String.join(", ", known));
            }
        }
        if (dense(architecture, model(architecture)) == 0) {
            throw new IllegalArgumentException("The budget counts the " + unitOfMeasure() + " of the layers "
                    + String.join(", ", layers) + ", which have none");
        }
    }

    private CostModel model(Architecture architecture) {
        return layers.isEmpty()
                ? architecture.costModel()
                : architecture.costModel().ofLayers(layers::contains);
    }

    private long dense(Architecture architecture, CostModel model) {
        return dense(architecture, model, measure);
    }

    private static long dense(Architecture architecture, CostModel model, CostMeasure counted) {
        return counted.of(model.cost(name -> architecture.group(name).width()));
    }

    private String unitOfMeasure() {
        return switch (measure) {
            case PARAMETERS -> "parameters";
            case MULTIPLY_ADDS -> "multiply-adds";
        };
    }

    private void requireConfigured() {
        if (!configured) {
            throw new IllegalStateException(
                    "The budget " + configName + " cannot be used, since its configuration was refused");
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Budget");
    }

    @Override
    public String toString() {
        return "Budget(fraction=" + fraction + ",measure=" + measure + (layers.isEmpty() ? "" : ",layers=" + layers)
                + ")";
    }
}
