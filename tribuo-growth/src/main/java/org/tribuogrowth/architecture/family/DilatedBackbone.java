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

package org.tribuogrowth.architecture.family;

import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;

/**
 * The convolutions of a residual network for large images whose last stages do not halve the image any more: their 3x3
 * convolutions see as far as if they did, by dilation (Chen, Papandreou, Schroff and Adam: Rethinking atrous convolution for
 * semantic image segmentation, 2017, section 3.1).
 *
 * @param block        The kind of the blocks.
 * @param blocks       The number of blocks in each of the four stages.
 * @param baseWidth    The filters of the first stage.
 * @param outputStride How many pixels of the input one of the last stage stands for in each direction: 8, 16 or 32.
 */
record DilatedBackbone(Block block, List<Integer> blocks, int baseWidth, int outputStride) {
    /** How many pixels of the input one of the first stage stands for in each direction. */
    static final int FIRST_STRIDE = 4;

    /** Adds the backbone after the network's input; gives the last layer of the first stage. */
    String addTo(NetworkBuilder network) {
        String units = network.addGroup(block == Block.BASIC ? stream(1) : "stem", baseWidth, true);
        network.add(new LayerSpec.Convolution("stem", network.last(), units, 7, 2, 3, 1, false, true, Activation.RELU));
        network.add(new LayerSpec.Pooling("stem.pool", network.last(), PoolingKind.MAX, 3, 2, 1));
        String first = "";
        int stride = FIRST_STRIDE;
        int dilation = 1;
        for (int stage = 1; stage <= blocks.size(); stage++) {
            boolean halves = stage > 1 && stride < outputStride;
            if (halves) {
                stride *= 2;
            } else if (stage > 1) {
                dilation *= 2;
            }
            for (int number = 1; number <= blocks.get(stage - 1); number++) {
                addBlock(network, stage, number, halves && number == 1 ? 2 : 1, dilation);
            }
            first = stage == 1 ? network.last() : first;
        }
        return first;
    }

    private void addBlock(NetworkBuilder network, int stage, int number, int stride, int dilation) {
        String name = "stage" + stage + ".block" + number;
        int filters = baseWidth << (stage - 1);
        switch (block) {
            case BASIC -> new ResidualBlock(
                            name, filters, stride, stream(stage), true, true, Activation.RELU, false, dilation)
                    .addTo(network);
            case BOTTLENECK -> new BottleneckBlock(name, filters, stride, stream(stage), dilation).addTo(network);
        }
    }

    private static String stream(int stage) {
        return "stage" + stage + ".stream";
    }
}
