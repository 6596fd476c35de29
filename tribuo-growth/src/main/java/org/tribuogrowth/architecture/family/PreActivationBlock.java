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
 * The basic pre-activation block of wide residual networks (Zagoruyko and Komodakis, BMVC 2016, figure 1 (a) and (d)):
 * {@code x' = relu(norm(x))}, {@code conv(dropout(relu(norm(conv(x'))))) + shortcut}. Where the shapes agree the shortcut
 * is x itself and the block continues the stream that it reads; otherwise it is a 1x1 convolution of x', and the block
 * opens a new stream.
 *
 * <p>What is added has neither normalisation nor a non-linearity of its own, so the gates of the stream are in the weights
 * of what writes it, and once more in the scale and shift of each normalisation that reads it, which would otherwise
 * turn a zero into its shift.
 *
 * @param name    The name of the block and of its sum.
 * @param filters The filters of both convolutions.
 * @param stride  The stride of the first convolution.
 * @param stream  The name of the unit group of the stream, if the block opens one.
 * @param dropout  The dropout rate between the convolutions; 0 for no such layer.
 * @param optional Whether the branch may be missing where the shortcut is x; its block has the block's name.
 */
record PreActivationBlock(String name, int filters, int stride, String stream, double dropout, boolean optional) {
    /** Adds the block after the network's last layer, which has weights. */
    void addTo(NetworkBuilder network) {
        Shape.Image image = network.image(name);
        String source = network.last();
        boolean identity = stride == 1 && image.channels() == filters;
        String units = identity ? network.units() : network.addGroup(stream, filters, true);
        String normalised = name + ".norm";
        network.add(new LayerSpec.BatchNormalisation(normalised, source, Activation.RELU));
        String inner = network.addGroup(name + ".conv1", filters, true);
        network.add(new LayerSpec.Convolution(inner, normalised, inner, 3, stride, 1, 1, false, true, Activation.RELU));
        if (dropout > 0.0) {
            network.add(new LayerSpec.Dropout(name + ".dropout", inner, dropout));
        }
        String branch = name + ".conv2";
        network.add(new LayerSpec.Convolution(
                branch, network.last(), units, 3, 1, 1, 1, false, false, Activation.IDENTITY));
        String shortcut = source;
        if (!identity) {
            shortcut = name + ".projection";
            network.add(new LayerSpec.Convolution(
                    shortcut, normalised, units, 1, stride, 0, 1, false, false, Activation.IDENTITY));
        }
        String block = identity && optional ? network.addBlock(name) : "";
        network.add(new LayerSpec.Sum(name, List.of(branch, shortcut), Activation.IDENTITY, block));
    }
}
