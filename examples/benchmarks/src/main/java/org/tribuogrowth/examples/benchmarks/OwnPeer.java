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

import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkSettings;

/** This project's engine, as the trainer and the model use it. */
final class OwnPeer implements Peer {
    private final Mode mode;
    private final CellData data;
    private final GatedNetwork network;
    private final float[] targets;
    private final float[] scores;
    private double loss;
    private long step;

    OwnPeer(Mode mode, CellData data) {
        this.mode = mode;
        this.data = data;
        this.network = GatedNetwork.of(
                data.layeredParameters(),
                switch (mode) {
                    case TRAIN -> OwnSettings.training();
                    case INFER -> NetworkSettings.inference(KernelChoice.ONEDNN);
                });
        this.targets = data.targets();
        this.scores = new float[targets.length];
    }

    @Override
    public String engine() {
        return KernelsProvider.of(KernelChoice.ONEDNN, DataType.FLOAT).describe();
    }

    @Override
    public void step() {
        switch (mode) {
            case TRAIN -> loss = network.learn(data.features(), targets, data.batch(), step++, null);
            case INFER -> network.predict(data.features(), data.batch(), scores, 0);
        }
    }

    @Override
    public double loss() {
        return switch (mode) {
            case TRAIN -> loss;
            case INFER -> data.loss(scores, true);
        };
    }

    @Override
    public void close() {
        network.close();
    }
}
