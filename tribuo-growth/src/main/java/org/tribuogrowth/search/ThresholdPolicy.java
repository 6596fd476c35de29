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
import org.tribuogrowth.random.CountedRandom;

/**
 * Chooses the threshold of each group by a {@link PolicyNetwork} that reads the group's filter weights, and learns from the
 * reward by REINFORCE (Williams, Simple statistical gradient-following algorithms, 1992): it maximises
 * {@code (R - b) * sum(log p(a))}, where the baseline b is the running mean of earlier rewards.
 */
final class ThresholdPolicy {
    private final PolicyNetwork network;
    private final List<Double> actions;
    private final double baselineDecay;
    private final long seed;
    private final List<double[]> inputs = new ArrayList<>();
    private final List<Integer> chosen = new ArrayList<>();
    private double baseline = Double.NaN;

    ThresholdPolicy(PolicyNetwork network, List<Double> actions, double baselineDecay, long seed) {
        this.network = network;
        this.actions = List.copyOf(actions);
        this.baselineDecay = baselineDecay;
        this.seed = seed;
    }

    /** Samples a threshold for each group and remembers what it saw. */
    double[] choose(List<FilterWeights> groups, int round) {
        inputs.clear();
        chosen.clear();
        double[] thresholds = new double[groups.size()];
        for (int i = 0; i < thresholds.length; i++) {
            double[] input = groups.get(i).alphas();
            double[] probabilities = network.probabilities(input);
            double draw = CountedRandom.of(seed, "jst-threshold", i, round).nextDouble();
            int action = 0;
            double sum = probabilities[0];
            while (draw >= sum && action + 1 < probabilities.length) {
                action++;
                sum += probabilities[action];
            }
            inputs.add(input);
            chosen.add(action);
            thresholds[i] = actions.get(action);
        }
        return thresholds;
    }

    /** The baseline that a reward is compared with: itself if it is the first. */
    double baseline(double reward) {
        return Double.isNaN(baseline) ? reward : baseline;
    }

    /** Learns from what came of the last choice. */
    void reinforce(double reward) {
        double advantage = reward - baseline(reward);
        for (int i = 0; i < inputs.size(); i++) {
            network.reinforce(inputs.get(i), chosen.get(i), advantage);
        }
        network.step();
        baseline = Double.isNaN(baseline) ? reward : baselineDecay * baseline + (1 - baselineDecay) * reward;
    }
}
