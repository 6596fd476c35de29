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

import org.tribuogrowth.kernel.OneDnnKernels;

/** This project's kernels on a recurrent network. */
final class OwnRecurrentPeer implements Peer {
    private final Mode mode;
    private final CellData data;
    private final RecurrentEngine engine;
    private final float[] scores;
    private double loss;

    OwnRecurrentPeer(Mode mode, CellData data, RecurrentNetwork network) {
        this.mode = mode;
        this.data = data;
        this.engine = new RecurrentEngine(network, data, OneDnnKernels.instance());
        if (mode == Mode.INFER) {
            engine.prepare();
        }
        this.scores = new float[data.labels().length * BenchmarkNetwork.CLASSES];
    }

    @Override
    public String engine() {
        return OneDnnKernels.instance().describe();
    }

    @Override
    public void step() {
        switch (mode) {
            case TRAIN -> loss = engine.train();
            case INFER -> engine.infer(scores);
        }
    }

    @Override
    public double loss() {
        return switch (mode) {
            case TRAIN -> loss;
            case INFER -> data.loss(scores, false);
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}
