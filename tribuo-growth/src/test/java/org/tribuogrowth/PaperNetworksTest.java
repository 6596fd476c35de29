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

package org.tribuogrowth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.VggFamily.Variant;
import org.tribuogrowth.architecture.family.WideResNetFamily;

/** The papers' networks in the depth of the papers and narrow, on real images: grown, pruned, compact, stored. */
class PaperNetworksTest {
    @TempDir
    Path folder;

    static Stream<PaperNetworks.Network> networks() {
        return Stream.of(
                new PaperNetworks.Network(new VggFamily(Variant.VGG_16, 0.125), 32, 6),
                new PaperNetworks.Network(new WideResNetFamily(28, 1), 32, 6),
                new PaperNetworks.Network(new MobileNetFamily(0.25, 2), 48, 6),
                new PaperNetworks.Network(new ImageNetResNetFamily(Block.BASIC, List.of(2, 2, 2, 2), 8), 48, 6),
                new PaperNetworks.Network(new ImageNetResNetFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 8), 48, 6));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void growsPrunesAndCompacts(PaperNetworks.Network network) {
        PaperNetworks.growsPrunesAndCompacts(network, folder);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainsAndComesBack(PaperNetworks.Network network) throws IOException {
        PaperNetworks.trainsAndComesBack(network, folder);
    }
}
