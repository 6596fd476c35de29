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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/** Networks are rebuilt thousands of times with ever new shapes; native memory must not grow with them. */
class OneDnnMemoryTest {
    private static final DataType FLOAT = DataType.FLOAT;

    /** What is made and closed over and over; each would take more than 100 megabytes if it were kept. */
    enum Scenario {
        /** Kernels of ever new shapes: their compiled code. */
        SHAPES(4000, i -> new Shapes().useAndClose(i)),
        /** Kernels of one shape, each keeping a megabyte between its passes. */
        PLACES(300, i -> new Shapes().usePooling()),
        /** Kernels of one shape and an odd width, each keeping half a megabyte between its passes. */
        MASKS(360, i -> new Shapes().useNormalisation()),
        /** Kernels of one shape, each keeping half a megabyte between its passes. */
        WORKSPACES(360, i -> new Shapes().useLstm(new LstmGeometry(20, 16, 8, 48)));

        private final int times;
        private final IntConsumer use;

        Scenario(int times, IntConsumer use) {
            this.times = times;
            this.use = use;
        }
    }

    @ParameterizedTest
    @EnumSource
    @EnabledOnOs(OS.LINUX)
    void memoryIsFlat(Scenario scenario) throws IOException, InterruptedException {
        // A process of its own, whose heap is resident from the start: what grows is native.
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName(),
                        scenario.name())
                .redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("used primitives: 0\n");
        long growth = Long.parseLong(output.replaceAll("(?s).*growth in megabytes: (-?\\d+).*", "$1"));
        assertThat(growth).isLessThan(80);
    }

    @Test
    void kernelsOfOneShapeShareTheirPrimitives() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        Kernels kernels = OneDnnKernels.instance();
        ConvolutionGeometry geometry = new ConvolutionGeometry(1, 4, 4, 3, 1009, 1, 1, 0, 1);
        INDArray x = Nd4j.ones(FLOAT, 1, 4, 4, 3);
        INDArray w = Nd4j.ones(FLOAT, 1009, 1, 1, 3);
        INDArray y = Nd4j.create(FLOAT, 1, 4, 4, 1009);
        int used = primitives.usedCount();
        AffineKernel first = kernels.convolution(geometry, FLOAT);
        first.forward(x, w, null, y);
        int withFirst = primitives.usedCount();
        AffineKernel second = kernels.convolution(geometry, FLOAT);
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

    @Test
    void unusedPrimitivesAreKeptUpToALimit() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        INDArray x = Nd4j.ones(FLOAT, 1000);
        for (int length = 1; length <= OneDnnPrimitives.IDLE_LIMIT + 20; length++) {
            INDArray part = Nd4jArrays.view(x, 0, length);
            try (ElementwiseKernel kernel =
                    OneDnnKernels.instance().elementwise(new ElementwiseGeometry(length, Activation.RELU), FLOAT)) {
                kernel.forward(part, part);
            }
        }
        assertThat(primitives.idleCount()).isEqualTo(OneDnnPrimitives.IDLE_LIMIT);
    }

    /** The process that is watched. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) throws IOException {
            Scenario scenario = Scenario.valueOf(arguments[0]);
            int settling = scenario.times / 3;
            for (int i = 0; i < settling; i++) {
                scenario.use.accept(i);
            }
            long before = residentMegabytes();
            for (int i = settling; i < scenario.times; i++) {
                scenario.use.accept(i);
            }
            System.out.println("growth in megabytes: " + (residentMegabytes() - before));
            System.out.println(
                    "used primitives: " + OneDnnLibrary.instance().primitives().usedCount());
        }

        private static long residentMegabytes() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                String line = lines.filter(text -> text.startsWith("VmRSS:"))
                        .findFirst()
                        .orElseThrow();
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
    }

    /** Uses kernels once. */
    private static final class Shapes {
        private static final Map<String, INDArray> BUFFERS = new HashMap<>();

        private final Kernels kernels = OneDnnKernels.instance();

        private void useAndClose(int i) {
            int channels = 1 + i % 37;
            int outputs = 1 + i % 41;
            int size = 4 + i % 3;
            int batch = 1 + i / 37;
            switch (i % 8) {
                case 0, 1 -> useConvolution(new ConvolutionGeometry(2, size, size, channels, outputs, 3, 1, 1, 1));
                case 2 -> useNormalisation(new NormalisationGeometry(batch, size * size, channels, 1e-5, true));
                case 3 -> usePooling(PoolingGeometry.global(PoolingKind.MAX, batch, size, size, channels));
                case 4 -> useDense(new DenseGeometry(batch, channels, outputs));
                case 5 -> useElementwise(new ElementwiseGeometry(1 + i, Activation.TANH));
                case 6 -> useSoftmax(new SoftmaxGeometry(batch, channels + outputs, i % 16 == 6));
                default -> useLstm(new LstmGeometry(size, batch, channels, outputs));
            }
        }

        private void usePooling() {
            usePooling(new PoolingGeometry(PoolingKind.MAX, 16, 64, 64, 16, 2, 2, 1, 1));
        }

        private void useNormalisation() {
            useNormalisation(new NormalisationGeometry(16, 64 * 64, 63, 1e-5, true));
        }

        private void useConvolution(ConvolutionGeometry geometry) {
            INDArray x = array("x", geometry.batch(), geometry.height(), geometry.width(), geometry.inputChannels());
            INDArray y = array(
                    "y", geometry.batch(), geometry.outputHeight(), geometry.outputWidth(), geometry.outputChannels());
            INDArray w = array(
                    "w", geometry.outputChannels(), geometry.kernel(), geometry.kernel(), geometry.inputChannels());
            try (AffineKernel kernel = kernels.convolution(geometry, FLOAT)) {
                kernel.forward(x, w, null, y);
                kernel.backwardData(w, y, x);
                kernel.backwardWeights(x, y, w, array("b", geometry.outputChannels()));
            }
        }

        private void useDense(DenseGeometry geometry) {
            INDArray x = array("x", geometry.inputShape());
            INDArray y = array("y", geometry.outputShape());
            INDArray w = array("w", geometry.weightShape());
            try (AffineKernel kernel = kernels.dense(geometry, FLOAT)) {
                kernel.forward(x, w, null, y);
                kernel.backwardData(w, y, x);
                kernel.backwardWeights(x, y, w, array("b", geometry.outputs()));
            }
        }

        private void useElementwise(ElementwiseGeometry geometry) {
            INDArray x = array("x", geometry.length());
            INDArray y = array("y", geometry.length());
            try (ElementwiseKernel kernel = kernels.elementwise(geometry, FLOAT)) {
                kernel.forward(y, x);
                kernel.forward(y, x, x, x);
                kernel.backward(y, x, x);
            }
        }

        private void useSoftmax(SoftmaxGeometry geometry) {
            INDArray x = array("x", geometry.shape());
            INDArray y = array("y", geometry.shape());
            try (SoftmaxKernel kernel = kernels.softmax(geometry, FLOAT)) {
                kernel.forward(x, y);
                kernel.backward(y, x, x);
            }
        }

        private void useLstm(LstmGeometry geometry) {
            INDArray x = array("x", geometry.inputShape());
            INDArray y = array("y", geometry.outputShape());
            LstmParameters parameters = new LstmParameters(
                    array("w", geometry.inputWeightShape()),
                    array("r", geometry.recurrentWeightShape()),
                    array("b", geometry.biasLength()));
            LstmParameters gradients = new LstmParameters(
                    array("dw", geometry.inputWeightShape()),
                    array("dr", geometry.recurrentWeightShape()),
                    array("db", geometry.biasLength()));
            try (LstmKernel kernel = kernels.lstm(geometry, FLOAT)) {
                kernel.forward(x, parameters, null, y, null, true);
                kernel.forward(x, parameters, null, y, null, false);
                kernel.backward(x, parameters, null, y, y, null, array("dx", geometry.inputShape()), gradients, null);
            }
        }

        private void useNormalisation(NormalisationGeometry geometry) {
            INDArray x = array("x", geometry.batch(), geometry.positions(), geometry.channels());
            INDArray y = array("y", geometry.batch(), geometry.positions(), geometry.channels());
            INDArray c = array("c", geometry.channels());
            INDArray d = array("d", geometry.channels());
            try (NormalisationKernel kernel = kernels.normalisation(geometry, FLOAT)) {
                kernel.forwardTraining(x, c, c, array("m", geometry.channels()), array("v", geometry.channels()), y);
                kernel.backward(x, c, c, c, c, y, y, y, d, array("b", geometry.channels()));
            }
        }

        private void usePooling(PoolingGeometry geometry) {
            INDArray x = array("x", geometry.batch(), geometry.height(), geometry.width(), geometry.channels());
            INDArray y =
                    array("y", geometry.batch(), geometry.outputHeight(), geometry.outputWidth(), geometry.channels());
            try (PoolingKernel kernel = kernels.pooling(geometry, FLOAT)) {
                kernel.forward(x, y, true);
                kernel.backward(x, y, x);
            }
        }

        /** A view of one buffer for each name, so that ND4J's own memory does not blur the picture. */
        private static INDArray array(String name, long... shape) {
            int length = name.equals("x") || name.equals("y") ? 4_200_000 : 100_000;
            return Nd4jArrays.view(BUFFERS.computeIfAbsent(name, key -> Nd4j.create(FLOAT, length)), 0, shape);
        }
    }
}
