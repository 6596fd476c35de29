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
import org.tribuogrowth.architecture.Shape;

/**
 * The bottleneck block of He, Zhang, Ren and Sun (Deep residual learning for image recognition, CVPR 2016, figure 5): a
 * 1x1 convolution to few filters, a 3x3 convolution of as many, and a 1x1 convolution to four times as many, each
 * followed by batch normalisation, the first two by ReLU, then the sum with the shortcut, and ReLU.
 *
 * <p>The stride is that of the 3x3 convolution, which is known as version 1.5. In the authors' networks it is that of
 * the first 1x1 convolution, which then skips three quarters of what the block reads.
 *
 * <p>Streams are those of {@link ResidualBlock}. Both inner convolutions have unit groups of their own.
 *
 * @param name     The name of the block and of its sum.
 * @param filters  The filters of both inner convolutions.
 * @param stride   The stride of the second convolution and of the projection.
 * @param stream   The name of the unit group of the stream, if the block opens one.
 * @param dilation How far apart the taps of the second convolution are, 1 for next to each other.
 */
record BottleneckBlock(String name, int filters, int stride, String stream, int dilation) {
    /** How many times as wide as the inner convolutions the stream is. */
    static final int EXPANSION = 4;

    /** A block without dilation. */
    BottleneckBlock(String name, int filters, int stride, String stream) {
        this(name, filters, stride, stream, 1);
    }

    /** Adds the block after the network's last layer, which has weights or passes on what such a layer wrote. */
    void addTo(NetworkBuilder network) {
        Shape.Image image = network.image(name);
        String source = network.last();
        boolean identity = stride == 1 && image.channels() == EXPANSION * filters;
        String units = identity ? network.units() : network.addGroup(stream, EXPANSION * filters, true);
        String narrow = network.addGroup(name + ".conv1", filters, true);
        network.add(new LayerSpec.Convolution(narrow, source, narrow, 1, 1, 0, 1, false, true, Activation.RELU));
        String inner = network.addGroup(name + ".conv2", filters, true);
        network.add(new LayerSpec.Convolution(
                inner, narrow, inner, 3, stride, dilation, dilation, false, true, Activation.RELU));
        String branch = name + ".conv3";
        network.add(new LayerSpec.Convolution(branch, inner, units, 1, 1, 0, 1, false, true, Activation.IDENTITY));
        String shortcut = source;
        if (!identity) {
            shortcut = name + ".projection";
            network.add(new LayerSpec.Convolution(
                    shortcut, source, units, 1, stride, 0, 1, false, true, Activation.IDENTITY));
        }
        network.add(new LayerSpec.Sum(name, List.of(branch, shortcut), Activation.RELU));
    }
}
