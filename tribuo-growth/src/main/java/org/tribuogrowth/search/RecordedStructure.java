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
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * The structure that another run ended with, trained from fresh weights: the baseline that tells whether what a search
 * found is worth more than its widths (Liu, Sun, Zhou, Huang and Darrell: Rethinking the value of network pruning, ICLR
 * 2019, whose Scratch-E and Scratch-B are {@link Compute#EQUAL_EPOCHS} and {@link Compute#EQUAL_COMPUTE}). The units are
 * those that were active at the end, under the same numbers; none has a gate, none changes.
 *
 * <p>The structure is read from the run's ledger when a training begins. The ledger must hold from its first line to its
 * seal, and the run must have had the same dense reference. Its head is recorded with the new run.
 */
public final class RecordedStructure implements StructureSearch, ReadsRun {
    /** For how long the recorded structure is trained. */
    public enum Compute {
        /** For the epochs that the trainer is asked for. */
        EQUAL_EPOCHS,
        /**
         * For as many epochs as the recorded run's training multiply-adds pay for at the recorded structure's cost,
         * rounded to the nearest number, at least 1; the trainer's own number of epochs is not used.
         */
        EQUAL_COMPUTE
    }

    @Config(description = "In a comparison of runs, the run whose structure is taken; the comparison sets the ledger.")
    private String run = "";

    @Config(description = "The ledger, or the folder, of the finished run whose structure is taken.")
    private Path ledger = null;

    @Config(
            description = "EQUAL_EPOCHS: train for the trainer's epochs. EQUAL_COMPUTE: for as many as cost what the"
                    + " recorded run's training cost.")
    private Compute compute = Compute.EQUAL_EPOCHS;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT. */
    private RecordedStructure() {}

    /**
     * The structure of a finished run.
     *
     * @param ledger The run's ledger or folder.
     * @param compute For how long the structure is trained.
     * @throws PropertyException If one of them is null.
     */
    public RecordedStructure(Path ledger, Compute compute) {
        new FieldChecks("").requirePresent(LEDGER_PROPERTY, ledger);
        this.ledger = ledger;
        this.compute = compute;
        postConfig();
    }

    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(run != null, RUN_PROPERTY, run, "the name of a run, empty for none");
        checks.require(compute != null, "compute", compute, "EQUAL_EPOCHS or EQUAL_COMPUTE");
        configured = true;
    }

    @Override
    public String run() {
        requireConfigured();
        return run;
    }

    /**
     * Decides for how long the structure is trained.
     *
     * @param context What is trained and how many epochs the trainer was asked for.
     * @return One phase of as many epochs as {@link Compute} says.
     * @throws IllegalArgumentException If the ledger cannot be read, does not hold, or is of another network.
     * @throws PropertyException        If no ledger was given.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchPlan plan(SearchContext context) {
        requireConfigured();
        return switch (compute) {
            case EQUAL_EPOCHS -> SearchPlan.epochs(context.epochs());
            case EQUAL_COMPUTE -> SearchPlan.epochs(epochsOfEqualCost(recorded(context), context));
        };
    }

    private static int epochsOfEqualCost(RecordedRun recorded, SearchContext context) {
        double epochCost = (double) context.trainingMultiplyAdds(recorded.active()) * context.examplesPerEpoch();
        double epochs = recorded.multiplyAdds() / epochCost;
        if (epochs > 1e6) {
            throw new IllegalArgumentException(
                    "The training of " + recorded.ledger() + " cost as much as " + Math.round(epochs)
                            + " epochs of its final structure on this data, but at most 1000000 are possible");
        }
        return (int) Math.max(1, Math.round(epochs));
    }

    /**
     * Starts a training of the recorded structure.
     *
     * @param context What is trained.
     * @return A run without changes.
     * @throws IllegalArgumentException If the ledger cannot be read, does not hold, or is of another network.
     * @throws PropertyException        If no ledger was given.
     * @throws IllegalStateException    If the configuration was refused.
     */
    @Override
    public SearchRun start(SearchContext context) {
        requireConfigured();
        RecordedRun recorded = recorded(context);
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("training-examples", List.of((double) recorded.examples()));
        evidence.put("training-multiply-adds", List.of((double) recorded.multiplyAdds()));
        SearchNote source = new SearchNote(SearchNote.Kind.SOURCE, recorded.head(), "recorded-structure", evidence);
        return new FixedRun(context, recorded.active(), null, List.of(source));
    }

    private RecordedRun recorded(SearchContext context) {
        if (ledger == null) {
            // Told when a training begins, where messages name the trainer and not this component.
            String component = configName == null ? "" : "of component '" + configName + "' ";
            String hint = run.isEmpty()
                    ? ""
                    : "; a comparison of runs sets it to that of the run '" + run + "', but a single training does not";
            throw new FieldChecks(configName)
                    .failure(
                            LEDGER_PROPERTY,
                            component + "must name the ledger or the folder of a finished run, found nothing" + hint);
        }
        return RecordedRun.read(ledger, context.architecture());
    }

    private void requireConfigured() {
        if (!configured) {
            throw new IllegalStateException(
                    "The structure " + configName + " cannot be used, since its configuration was refused");
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    @Override
    public String toString() {
        return "RecordedStructure(run=" + run + ",ledger=" + ledger + ",compute=" + compute + ")";
    }
}
