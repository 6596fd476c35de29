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

package org.tribuogrowth.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.PoolingKind;

/** Networks are rebuilt thousands of times with ever new shapes; native memory must not grow with them. */
class OneDnnMemoryTest {
    private static final DataType FLOAT = DataType.FLOAT;
    /** Far below what 1,500 kernels' compiled code takes, far above the noise of heap and allocator. */
    private static final long MEGABYTES_ALLOWED = 120;

    private final Kernels kernels = OneDnnKernels.instance();
    private final OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
    private final Map<String, INDArray> reused = new HashMap<>();

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryIsFlatOverThousandsOfShapes() throws IOException {
        int used = primitives.usedCount();
        for (int i = 0; i < 500; i++) {
            useAndClose(i);
        }
        long before = residentMegabytes();
        for (int i = 500; i < 2000; i++) {
            useAndClose(i);
        }
        assertThat(residentMegabytes() - before).isLessThan(MEGABYTES_ALLOWED);
        assertThat(primitives.usedCount()).isEqualTo(used);
        assertThat(primitives.idleCount()).isEqualTo(OneDnnPrimitives.IDLE_LIMIT);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAKernelKeepsBetweenPassesIsFreedWithIt() throws IOException {
        // A megabyte for the places of the largest values.
        PoolingGeometry geometry = new PoolingGeometry(PoolingKind.MAX, 16, 64, 64, 16, 2, 2, 1, 1);
        INDArray x = Nd4j.ones(FLOAT, 16, 64, 64, 16);
        INDArray y = Nd4j.create(FLOAT, 16, 65, 65, 16);
        long before = 0;
        for (int i = 0; i < 310; i++) {
            if (i == 10) {
                before = residentMegabytes();
            }
            try (PoolingKernel kernel = kernels.pooling(geometry, FLOAT)) {
                kernel.forward(x, y, true);
            }
        }
        assertThat(residentMegabytes() - before).isLessThan(MEGABYTES_ALLOWED);
    }

    @Test
    void kernelsOfOneShapeShareTheirPrimitives() {
        ConvolutionGeometry geometry = new ConvolutionGeometry(1, 4, 4, 3, 1009, 1, 1, 0, 1);
        INDArray x = Nd4j.ones(FLOAT, 1, 4, 4, 3);
        INDArray w = Nd4j.ones(FLOAT, 1009, 1, 1, 3);
        INDArray y = Nd4j.create(FLOAT, 1, 4, 4, 1009);
        int used = primitives.usedCount();
        ConvolutionKernel first = kernels.convolution(geometry, FLOAT);
        first.forward(x, w, null, y);
        int withFirst = primitives.usedCount();
        ConvolutionKernel second = kernels.convolution(geometry, FLOAT);
        second.forward(x, w, null, y);
        assertThat(withFirst).isGreaterThan(used);
        assertThat(primitives.usedCount()).isEqualTo(withFirst);
        first.close();
        // The other one still needs them.
        second.forward(x, w, null, y);
        assertThat(y.minNumber().floatValue()).isEqualTo(3);
        second.close();
        assertThat(primitives.usedCount()).isEqualTo(used);
    }

    private void useAndClose(int i) {
        int channels = 1 + i % 37;
        int outputs = 1 + i % 41;
        int size = 4 + i % 3;
        INDArray x = array("x", 2, size, size, channels);
        INDArray y = array("y", 2, size, size, outputs);
        switch (i % 4) {
            case 0, 1 -> {
                INDArray w = array("w", outputs, 3, 3, channels);
                try (ConvolutionKernel kernel = kernels.convolution(
                        new ConvolutionGeometry(2, size, size, channels, outputs, 3, 1, 1, 1), FLOAT)) {
                    kernel.forward(x, w, null, y);
                    kernel.backwardData(w, y, x);
                    kernel.backwardWeights(x, y, w, array("b", outputs));
                }
            }
            case 2 -> {
                INDArray c = array("c", channels);
                int more = 1 + i / 37;
                INDArray many = array("many", more, size, size, channels);
                try (NormalisationKernel kernel = kernels.normalisation(
                        new NormalisationGeometry(more, size * size, channels, 1e-5, true), FLOAT)) {
                    kernel.forwardTraining(many, c, c, array("m", channels), array("v", channels), many);
                    kernel.backward(many, c, c, c, c, many, many, many, array("dg", channels), array("db", channels));
                }
            }
            default -> {
                int more = 1 + i / 37;
                INDArray many = array("many", more, size, size, channels);
                INDArray pooled = array("pooled", more, 1, 1, channels);
                try (PoolingKernel kernel =
                        kernels.pooling(PoolingGeometry.global(PoolingKind.MAX, more, size, size, channels), FLOAT)) {
                    kernel.forward(many, pooled, true);
                    kernel.backward(many, pooled, many);
                }
            }
        }
    }

    /** A view of one buffer for each name, so that ND4J's own memory does not blur the picture. */
    private INDArray array(String name, long... shape) {
        INDArray buffer = reused.computeIfAbsent(name, key -> Nd4j.create(FLOAT, 400_000));
        return Nd4jArrays.view(buffer, 0, shape);
    }

    private static long residentMegabytes() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line =
                    lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
    }
}
