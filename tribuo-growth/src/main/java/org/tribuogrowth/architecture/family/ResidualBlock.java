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
 * The basic residual block of He, Zhang, Ren and Sun (Deep residual learning for image recognition, CVPR 2016):
 * {@code f(conv(f(conv(x))) + shortcut(x))}, where each 3x3 convolution is followed by batch normalisation.
 *
 * <p>The block adds to a <em>residual stream</em>, whose unit group is shared by everything that writes it: a unit that
 * one summand lacks and another has could not leave the network. Where the shapes agree the shortcut is the identity
 * and the block continues the stream that it reads; otherwise the shortcut is a 1x1 convolution with batch
 * normalisation and the block opens a new stream.
 *
 * @param name       The name of the block and of its sum.
 * @param filters    The filters of both convolutions.
 * @param stride     The stride of the first convolution.
 * @param stream     The name of the unit group of the stream, if the block opens one.
 * @param inner      Whether a search may change the inner filters.
 * @param opened     Whether it may change the units of a stream that the block opens.
 * @param activation The non-linearity after the first convolution and after the sum.
 * @param optional   Whether the branch may be missing where the shortcut is the identity; its block has the block's name.
 * @param dilation   How far apart the taps of both convolutions are, 1 for next to each other.
 */
record ResidualBlock(
        String name,
        int filters,
        int stride,
        String stream,
        boolean inner,
        boolean opened,
        Activation activation,
        boolean optional,
        int dilation) {
    /** A block without dilation. */
    ResidualBlock(
            String name,
            int filters,
            int stride,
            String stream,
            boolean inner,
            boolean opened,
            Activation activation,
            boolean optional) {
        this(name, filters, stride, stream, inner, opened, activation, optional, 1);
    }

    /** A block without dilation that always exists. */
    ResidualBlock(String name, int filters, int stride, String stream, boolean searchable, Activation activation) {
        this(name, filters, stride, stream, searchable, searchable, activation, false);
    }

    /** Adds the block after the network's last layer. */
    void addTo(NetworkBuilder network) {
        Shape.Image image = network.image(name);
        String source = network.last();
        // The input's own units are not a stream: no layer writes them.
        boolean identity =
                stride == 1 && image.channels() == filters && !network.units().equals(LayerSpec.INPUT);
        String units = identity ? network.units() : network.addGroup(stream, filters, opened);
        String first = network.addGroup(name + ".conv1", filters, inner);
        network.add(new LayerSpec.Convolution(
                first, source, first, 3, stride, dilation, dilation, false, true, activation));
        String branch = name + ".conv2";
        network.add(new LayerSpec.Convolution(
                branch, first, units, 3, 1, dilation, dilation, false, true, Activation.IDENTITY));
        String shortcut = source;
        if (!identity) {
            shortcut = name + ".projection";
            network.add(new LayerSpec.Convolution(
                    shortcut, source, units, 1, stride, 0, 1, false, true, Activation.IDENTITY));
        }
        String block = identity && optional ? network.addBlock(name) : "";
        network.add(new LayerSpec.Sum(name, List.of(branch, shortcut), activation, block));
    }
}
