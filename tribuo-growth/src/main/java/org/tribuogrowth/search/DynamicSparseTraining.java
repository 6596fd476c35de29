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
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * Dynamic sparse training (Liu, Xu, Shi, Cheung, So: Dynamic sparse training, ICLR 2020): every unit is active from the
 * start, and single weights count as zero while their magnitude is not above a threshold that is learnt with them. The
 * loss gets {@code thresholdPenalty * sum of exp(-t)} over all thresholds t, which pushes them up ever less; what they
 * mask away still receives a gradient and can come back.
 *
 * <p>The method itself has no say in how sparse the network becomes: that follows from the penalty, the learning rate
 * and the number of steps together. With {@code targetDensity} the penalty is moved while the network trains, so that
 * the part of the weights that is kept follows a curve down to a target; see {@link DensityControl}. That is not in the
 * paper.
 *
 * <p>Of a recurrent layer the weights that read its input and those that read its own units are masked, each gate's with
 * thresholds of its own. Densities are over the weights of all masked layers, the output layer among them if it is masked. Masks may change to the last
 * step, so the structure is never final before the end and early stopping does not act.
 */
public final class DynamicSparseTraining implements StructureSearch {
    /** The penalty of the authors' code for MNIST. */
    static final double DEFAULT_PENALTY = 5e-4;

    @Config(
            description =
                    "How strongly thresholds are pushed up, alpha in the loss; where targetDensity is set, the unit in"
                            + " which it is moved.")
    private double thresholdPenalty = DEFAULT_PENALTY;

    @Config(
            description =
                    "Which weights share a threshold: MATRIX (one a layer), ROW (one a unit, the paper's choice) or WEIGHT.")
    private ThresholdSharing sharing = ThresholdSharing.ROW;

    @Config(
            description =
                    "A layer of which no larger part of the weights is kept gets its thresholds set back to 0; at least 0"
                            + " and below 1, and with 0 only a layer that keeps none.")
    private double resetBelow = 0.01;

    @Config(description = "Whether the optimiser's weight decay pulls thresholds too, as in the authors' code.")
    private boolean decayThresholds = true;

    @Config(
            description =
                    "The part of all weights to keep, above resetBelow and below 1, reached by moving the penalty; 0 leaves"
                            + " the penalty as it is.")
    private double targetDensity = 0.0;

    @Config(
            description =
                    "How often the training may go back to the beginning of a pass, with half the penalty, where the loss"
                            + " is not finite; with 0 it fails at once.")
    private int maxRecoveries = 5;

    @Config(
            description =
                    "Whether the weights of the output layer are masked too; in the paper's recurrent networks they"
                            + " are not.")
    private boolean maskOutput = true;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private DynamicSparseTraining() {}

    /**
     * The method with an output layer that is masked too.
     *
     * @param thresholdPenalty How strongly thresholds are pushed up, positive.
     * @param sharing          Which weights share a threshold.
     * @param resetBelow       The kept part at or below which a layer's thresholds go back to 0, at least 0 and below
     *                         1.
     * @param decayThresholds  Whether weight decay pulls thresholds too.
     * @param targetDensity    The part of all weights to keep, above {@code resetBelow} and below 1, or 0 for none.
     * @param maxRecoveries    How often the training may go back where the loss is not finite, at least 0.
     * @throws PropertyException If one of them is out of range.
     */
    public DynamicSparseTraining(
            double thresholdPenalty,
            ThresholdSharing sharing,
            double resetBelow,
            boolean decayThresholds,
            double targetDensity,
            int maxRecoveries) {
        this(thresholdPenalty, sharing, resetBelow, decayThresholds, targetDensity, maxRecoveries, true);
    }

    /**
     * The method with every option.
     *
     * @param thresholdPenalty How strongly thresholds are pushed up, positive.
     * @param sharing          Which weights share a threshold.
     * @param resetBelow       The kept part at or below which a layer's thresholds go back to 0, at least 0 and below
     *                         1.
     * @param decayThresholds  Whether weight decay pulls thresholds too.
     * @param targetDensity    The part of all weights to keep, above {@code resetBelow} and below 1, or 0 for none.
     * @param maxRecoveries    How often the training may go back where the loss is not finite, at least 0.
     * @param maskOutput       Whether the weights of the output layer are masked too.
     * @throws PropertyException If one of them is out of range.
     */
    public DynamicSparseTraining(
            double thresholdPenalty,
            ThresholdSharing sharing,
            double resetBelow,
            boolean decayThresholds,
            double targetDensity,
            int maxRecoveries,
            boolean maskOutput) {
        this.thresholdPenalty = thresholdPenalty;
        this.sharing = sharing;
        this.resetBelow = resetBelow;
        this.decayThresholds = decayThresholds;
        this.targetDensity = targetDensity;
        this.maxRecoveries = maxRecoveries;
        this.maskOutput = maskOutput;
        postConfig();
    }

    /**
     * The paper's method: a threshold a unit.
     *
     * @param thresholdPenalty How strongly thresholds are pushed up, positive.
     * @return The search.
     * @throws PropertyException If the penalty is out of range.
     */
    public static DynamicSparseTraining withPenalty(double thresholdPenalty) {
        DynamicSparseTraining search = new DynamicSparseTraining();
        search.thresholdPenalty = thresholdPenalty;
        search.postConfig();
        return search;
    }

    /**
     * The method with a threshold a unit and a penalty that is moved towards a density.
     *
     * @param targetDensity The part of all weights to keep, above 0.01 and below 1.
     * @return The search.
     * @throws PropertyException If the density is out of range.
     */
    public static DynamicSparseTraining towards(double targetDensity) {
        new FieldChecks("").require(targetDensity > 0.0, "targetDensity", targetDensity, "above 0");
        DynamicSparseTraining search = new DynamicSparseTraining();
        search.targetDensity = targetDensity;
        search.postConfig();
        return search;
    }

    /**
     * Checks the configuration.
     *
     * @throws PropertyException If a field is out of range; the message names it.
     */
    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requirePositive("thresholdPenalty", thresholdPenalty);
        checks.requirePresent("sharing", sharing);
        checks.requireRate("resetBelow", resetBelow);
        checks.require(
                targetDensity == 0.0 || targetDensity > resetBelow && targetDensity < 1.0,
                "targetDensity",
                targetDensity,
                "0, or above resetBelow (" + resetBelow + ") and below 1");
        checks.requireRange("maxRecoveries", maxRecoveries, 0, 1_000);
        configured = true;
    }

    @Override
    public SearchRun start(SearchContext context) {
        Configured.require(configured, this);
        return new DstRun(
                context,
                new Thresholds(sharing, resetBelow, decayThresholds, maskOutput),
                thresholdPenalty,
                targetDensity == 0.0 ? null : new DensityControl(targetDensity),
                maxRecoveries);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        return "DynamicSparseTraining(thresholdPenalty=" + thresholdPenalty + ",sharing=" + sharing + ",resetBelow="
                + resetBelow + ",decayThresholds=" + decayThresholds + ",targetDensity=" + targetDensity
                + ",maxRecoveries=" + maxRecoveries + ",maskOutput=" + maskOutput + ")";
    }
}
