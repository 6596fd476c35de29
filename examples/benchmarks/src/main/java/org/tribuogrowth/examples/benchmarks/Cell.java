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
 * One measurement of the benchmark: all peers run it in turns.
 *
 * @param mode    What a step is.
 * @param network The network.
 * @param percent The width of the network in percent.
 * @param batch   The number of examples a step.
 * @param threads How many threads compute.
 */
record Cell(Mode mode, BenchmarkNetwork network, int percent, int batch, int threads) {
    /** The name of the result file, without its ending. */
    String name() {
        return mode.text() + "-" + data() + "-t" + threads;
    }

    /** What cells with the same weights and batch have in common. */
    String data() {
        return network.text() + "-w" + percent + "-b" + batch;
    }
}
