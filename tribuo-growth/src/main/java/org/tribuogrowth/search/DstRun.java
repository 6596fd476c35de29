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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;

/** One training with {@link DynamicSparseTraining}: it sets the pressure on thresholds and records what they do. */
final class DstRun implements SearchRun {
    private static final String MASK_RULE = "trainable-thresholds";
    private static final String RESET_RULE = "reset-below";
    private static final String GUARD_RULE = "halve-penalty";

    private final SearchContext context;
    private final Thresholds thresholds;
    private final DensityControl control;
    private final int maxRecoveries;
    private double penalty;
    private double multiple = 1.0;
    private double density = 1.0;
    private double planned = 1.0;
    private long resets;
    private int recoveries;

    /**
     * Starts.
     *
     * @param context       What is trained, and for how long.
     * @param thresholds    How weights are masked.
     * @param penalty       The penalty on thresholds.
     * @param control       What moves it, null for nothing.
     * @param maxRecoveries How often the training may go back.
     */
    DstRun(SearchContext context, Thresholds thresholds, double penalty, DensityControl control, int maxRecoveries) {
        this.context = context;
        this.thresholds = thresholds;
        this.penalty = penalty;
        this.control = control;
        this.maxRecoveries = maxRecoveries;
    }

    @Override
    public ActiveUnits seed() {
        return ActiveUnits.all(context.architecture());
    }

    @Override
    public Reparameterisation reparameterisation() {
        return thresholds;
    }

    @Override
    public double thresholdPressure() {
        return multiple * penalty;
    }

    @Override
    public int intervalSteps() {
        return control == null
                ? SearchRun.super.intervalSteps()
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, context.totalSteps() / DensityControl.MOVES));
    }

    @Override
    public Restructuring restructure(Interval interval) {
        List<SearchNote> notes = new ArrayList<>();
        long kept = 0;
        long weights = 0;
        for (Map.Entry<String, MaskStatistics> entry : interval.masks().entrySet()) {
            MaskStatistics mask = entry.getValue();
            kept += mask.kept();
            weights += mask.weights();
            resets += mask.resets();
            if (mask.resets() > 0) {
                notes.add(reset(entry.getKey(), mask));
            }
            if (interval.place().endOfPass()) {
                notes.add(mask(entry.getKey(), mask));
            }
        }
        density = (double) kept / weights;
        if (control != null) {
            double time = interval.step() / (double) context.totalSteps();
            planned = control.planned(time);
            multiple = control.move(density, time);
        }
        return new Restructuring(List.of(), notes, Restructuring.State.CARRIED);
    }

    private SearchNote reset(String layer, MaskStatistics mask) {
        SortedMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("reset-below", List.of(thresholds.resetBelow()));
        evidence.put("resets", List.of((double) mask.resets()));
        return new SearchNote(SearchNote.Kind.RESET, layer, RESET_RULE, evidence);
    }

    private SearchNote mask(String layer, MaskStatistics mask) {
        SortedMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("density", List.of(mask.density()));
        evidence.put("kept", List.of((double) mask.kept()));
        evidence.put("penalty", List.of(thresholdPressure()));
        evidence.put("thresholds", List.of(mask.leastThreshold(), mask.meanThreshold(), mask.greatestThreshold()));
        evidence.put("weights", List.of((double) mask.weights()));
        return new SearchNote(SearchNote.Kind.MASK, layer, MASK_RULE, evidence);
    }

    @Override
    public boolean recovers() {
        return maxRecoveries > 0;
    }

    @Override
    public Optional<SearchNote> recover(long step) {
        if (recoveries == maxRecoveries) {
            return Optional.empty();
        }
        recoveries++;
        SortedMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("old-penalty", List.of(penalty));
        penalty /= 2;
        evidence.put("new-penalty", List.of(penalty));
        evidence.put("recoveries", List.of((double) recoveries));
        return Optional.of(new SearchNote(SearchNote.Kind.GUARD, SearchNote.NETWORK, GUARD_RULE, evidence));
    }

    @Override
    public SortedMap<String, Double> observations() {
        SortedMap<String, Double> observations = new TreeMap<>();
        observations.put("density", density);
        observations.put("recoveries", (double) recoveries);
        observations.put("resets", (double) resets);
        observations.put("threshold-penalty", thresholdPressure());
        if (control != null) {
            observations.put("planned-density", planned);
        }
        return observations;
    }
}
