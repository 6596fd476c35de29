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

package org.tribuogrowth.examples.benchmarks;

/**
 * How an engine is timed: quick ones do many steps between two looks at the clock, slow ones few and in fewer rounds.
 *
 * @param steps  The steps of a block.
 * @param rounds The number of blocks.
 */
record TimePlan(int steps, int rounds) {
    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_STEPS = 100_000;

    /**
     * Plans.
     *
     * @param stepSeconds  How long a step takes, by the warm-up.
     * @param blockSeconds How long a block should take.
     * @param rounds       How many rounds there are.
     */
    static TimePlan of(double stepSeconds, double blockSeconds, int rounds) {
        int steps = (int) Math.max(1, Math.min(MOST_STEPS, Math.round(blockSeconds / stepSeconds)));
        int affordable = (int) Math.min(rounds, rounds * blockSeconds / (steps * stepSeconds) + 0.5);
        return new TimePlan(steps, Math.min(rounds, Math.max(FEWEST_ROUNDS, affordable)));
    }
}
