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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/** Dense references for tests. */
final class TestArchitectures {
    private TestArchitectures() {}

    /** A perceptron with ten outputs and hidden layers {@code hidden1}, {@code hidden2} and so on. */
    static Architecture perceptron(int inputs, int... widths) {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> layers = new ArrayList<>();
        String previous = LayerSpec.INPUT;
        for (int i = 0; i < widths.length; i++) {
            String name = "hidden" + (i + 1);
            groups.add(new UnitGroup(name, widths[i], true));
            layers.add(new LayerSpec.Dense(name, previous, name, true, false, Activation.RELU));
            previous = name;
        }
        groups.add(new UnitGroup("output", 10, false));
        layers.add(new LayerSpec.Output("output", previous, "output", Activation.SOFTMAX));
        return new Architecture(new Shape.Vector(inputs, 1), groups, layers);
    }

    /** ResNet-20 for images of 32x32x3, with one group for each stage's stream and one for the inside of each block. */
    static Architecture resNet20() {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> layers = new ArrayList<>();
        groups.add(new UnitGroup("stream1", 16, true));
        layers.add(convolution("stem", LayerSpec.INPUT, "stream1", 3, 1, Activation.RELU));
        String previous = "stem";
        for (int stage = 1; stage <= 3; stage++) {
            String stream = "stream" + stage;
            int width = 8 << stage;
            if (stage > 1) {
                groups.add(new UnitGroup(stream, width, true));
            }
            for (int block = 1; block <= 3; block++) {
                String name = "stage" + stage + ".block" + block;
                int stride = stage > 1 && block == 1 ? 2 : 1;
                groups.add(new UnitGroup(name, width, true));
                layers.add(convolution(name + ".conv1", previous, name, 3, stride, Activation.RELU));
                layers.add(convolution(name + ".conv2", name + ".conv1", stream, 3, 1, Activation.IDENTITY));
                String shortcut = previous;
                if (stride > 1) {
                    shortcut = name + ".projection";
                    layers.add(convolution(shortcut, previous, stream, 1, stride, Activation.IDENTITY));
                }
                previous = name + ".sum";
                layers.add(new LayerSpec.Sum(previous, List.of(name + ".conv2", shortcut), Activation.RELU));
            }
        }
        groups.add(new UnitGroup("output", 10, false));
        layers.add(new LayerSpec.GlobalPooling("pool", previous, PoolingKind.AVERAGE));
        layers.add(new LayerSpec.Output("output", "pool", "output", Activation.SOFTMAX));
        return new Architecture(new Shape.Image(32, 32, 3), groups, layers);
    }

    private static LayerSpec convolution(
            String name, String input, String units, int kernel, int stride, Activation activation) {
        return new LayerSpec.Convolution(name, input, units, kernel, stride, kernel / 2, 1, false, true, activation);
    }
}
