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

package org.tribuogrowth.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.network.NetworkParameters;

/** The file of stock DL4J: its bytes, and that DL4J alone reads it. */
class Dl4jFileTest {
    private static final int ROWS = 3;

    private static final Dl4jDescription DESCRIPTION =
            new Dl4jDescription("head", "architecture", "weights", List.of(), "Label", List.of("a", "b"));

    /** Does what a user of DL4J does, who has never heard of this project. */
    private static final String PROGRAM =
            """
            import java.nio.ByteBuffer;
            import java.nio.ByteOrder;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import org.deeplearning4j.nn.graph.ComputationGraph;
            import org.deeplearning4j.util.ModelSerializer;
            import org.nd4j.linalg.api.ndarray.INDArray;
            import org.nd4j.linalg.factory.Nd4j;

            public class Alone {
                public static void main(String[] words) throws Exception {
                    try {
                        Class.forName("org.tribuogrowth.GrowthModel");
                        throw new AssertionError("This project is on the class path");
                    } catch (ClassNotFoundException expected) {
                        ComputationGraph graph = ModelSerializer.restoreComputationGraph(words[0]);
                        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(words[1]))).order(ByteOrder.nativeOrder());
                        float[] values = new float[bytes.remaining() / 4];
                        bytes.asFloatBuffer().get(values);
                        INDArray output = graph.outputSingle(Nd4j.create(values, new int[] {3, 3, 16, 16}, 'c'));
                        float[] scores = output.dup('c').data().asFloat();
                        ByteBuffer written = ByteBuffer.allocate(4 * scores.length).order(ByteOrder.nativeOrder());
                        written.asFloatBuffer().put(scores);
                        Files.write(Path.of(words[2]), written.array());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private static ExportedNetwork network() {
        Architecture architecture =
                new ResNetFamily(8, 3).architecture(new Shape.Image(16, 16, 3), 2, Activation.SOFTMAX);
        ChannelNormaliser normaliser =
                new ChannelNormaliser(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.25f, 0.5f, 2f});
        return new ExportedNetwork(
                StockNetworks.random(architecture, 1), List.of(), Optional.of(normaliser), Optional.empty());
    }

    @Test
    void theSameNetworkGivesTheSameBytesInEveryTimeZone() {
        byte[] bytes = Dl4jFile.write(network(), DESCRIPTION);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(Dl4jFile.write(network(), DESCRIPTION)).isEqualTo(bytes);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void dl4jAloneComputesTheSame() throws IOException, InterruptedException {
        ExportedNetwork network = network();
        NetworkParameters parameters = network.parameters();
        Shape shape = parameters.architecture().input();
        float[] raw = StockNetworks.inputs(parameters.architecture(), ROWS, 7);
        Path file = Files.write(folder.resolve("compact-dl4j.zip"), Dl4jFile.write(network, DESCRIPTION));
        Path inputs = folder.resolve("inputs");
        float[] planar = StockNetworks.planar(shape, raw, ROWS).data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * planar.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(planar);
        Files.write(inputs, bytes.array());
        Path outputs = folder.resolve("outputs");
        run(file, inputs, outputs);

        float[] normalised = raw.clone();
        network.normaliser().orElseThrow().apply(normalised, 0, normalised.length);
        float[] expected = StockNetworks.predict(parameters, normalised, ROWS);
        float[] found = new float[expected.length];
        ByteBuffer.wrap(Files.readAllBytes(outputs))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .get(found);
        assertThat(StockNetworks.difference(expected, found)).isLessThan(1e-5);
        // Neither do the rows say all the same.
        assertThat(found[0]).isNotEqualTo(found[2]);
    }

    /** Runs the program with the jars of others only, in a Java of its own. */
    private void run(Path... words) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("Alone.java"), PROGRAM);
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().endsWith(".jar"))
                .filter(path -> !path.getFileName().toString().matches("(tribuo|olcut).*"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars,
                program.toString());
        for (Path word : words) {
            builder.command().add(word.toString());
        }
        Process process = builder.redirectErrorStream(true).start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        assertThat(process.waitFor()).as(said.toString()).isZero();
    }
}
