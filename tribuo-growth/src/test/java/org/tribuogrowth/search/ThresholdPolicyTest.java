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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.UnitGroup;

/** The network that chooses thresholds, and how it learns. */
class ThresholdPolicyTest {
    private static final List<Double> ACTIONS = List.of(0.6, 0.7, 0.8, 0.9);

    private static double[] input(int length) {
        double[] input = new double[length];
        for (int i = 0; i < length; i++) {
            input[i] = Math.sin(3.0 * i + length);
        }
        return input;
    }

    @Test
    void gradientsAreNumericallyRight() {
        PolicyNetwork network = new PolicyNetwork(List.of(16, 200), ACTIONS.size(), 1e-3, 5);
        double advantage = 1.7;
        network.reinforce(input(16), 2, advantage);
        network.reinforce(input(200), 0, advantage);
        int checked = 0;
        for (int array = 0; array < network.parameters().size(); array++) {
            double[] parameters = network.parameters().get(array);
            double[] gradients = network.gradients().get(array);
            for (int i = 0; i < parameters.length; i += Math.max(1, parameters.length / 25)) {
                double h = 1e-6;
                double value = parameters[i];
                parameters[i] = value + h;
                double above = loss(network, advantage);
                parameters[i] = value - h;
                double below = loss(network, advantage);
                parameters[i] = value;
                assertThat(gradients[i]).isCloseTo((above - below) / (2 * h), within(1e-6));
                checked += gradients[i] == 0.0 ? 0 : 1;
            }
        }
        assertThat(checked).isGreaterThan(80);
    }

    private static double loss(PolicyNetwork network, double advantage) {
        return -advantage
                * (Math.log(network.probabilities(input(16))[2]) + Math.log(network.probabilities(input(200))[0]));
    }

    @Test
    void whatEarnsMoreThanExpectedBecomesMoreProbable() {
        // The reward is best where both groups take the third threshold; the reward is negative throughout, so a wrong
        // sign, or none of the baseline, shows.
        PolicyNetwork network = new PolicyNetwork(List.of(8, 32), ACTIONS.size(), 3e-3, 1);
        ThresholdPolicy policy = new ThresholdPolicy(network, ACTIONS, 0.9, 1);
        List<FilterWeights> groups = List.of(weights(8), weights(32));
        double before = network.probabilities(groups.get(0).alphas())[2];
        for (int round = 0; round < 400; round++) {
            double reward = -5.0;
            for (double threshold : policy.choose(groups, round)) {
                reward -= Math.abs(threshold - 0.8);
            }
            policy.reinforce(reward);
        }
        assertThat(before).isLessThan(0.6);
        assertThat(network.probabilities(groups.get(0).alphas())[2]).isGreaterThan(0.9);
        assertThat(network.probabilities(groups.get(1).alphas())[2]).isGreaterThan(0.9);
    }

    @Test
    void theFirstRewardIsItsOwnBaselineAndLaterOnesAreAveraged() {
        PolicyNetwork network = new PolicyNetwork(List.of(8), ACTIONS.size(), 1e-3, 1);
        ThresholdPolicy policy = new ThresholdPolicy(network, ACTIONS, 0.75, 1);
        assertThat(policy.baseline(-3.0)).isEqualTo(-3.0);
        double[] before = network.probabilities(weights(8).alphas());
        policy.choose(List.of(weights(8)), 0);
        policy.reinforce(-3.0);
        assertThat(network.probabilities(weights(8).alphas())).isEqualTo(before);
        policy.choose(List.of(weights(8)), 1);
        policy.reinforce(-1.0);
        assertThat(policy.baseline(0.0)).isCloseTo(0.75 * -3.0 + 0.25 * -1.0, within(1e-12));
    }

    private static FilterWeights weights(int width) {
        UnitGroup group = new UnitGroup("conv" + width, width, true);
        return new FilterWeights(
                group, input(width), FilterWeightNormalisation.KEPT, new GateOptimiser(0.1, 0.0, 0.0, width));
    }
}
