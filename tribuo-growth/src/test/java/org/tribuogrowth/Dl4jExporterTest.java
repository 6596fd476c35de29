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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** A trained model as a file of stock DL4J, and the check of such a file. */
class Dl4jExporterTest {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String DESCRIPTION = "tribuo-growth.json";
    private static final RunFileCheck CHECK = new Dl4jFileCheck();

    private static MutableDataset<Label> data;
    private static GrowthModel<Label> model;
    private static byte[] modelBytes;
    private static byte[] file;
    private static SealedRun run;

    @TempDir
    private Path folder;

    /** Images of 12 rows, 11 columns and 2 channels, sparse, in which one value never occurs. */
    private static MutableDataset<Label> images() {
        List<Example<Label>> examples = new ArrayList<>();
        CountedRandom random = CountedRandom.of(1, "images");
        for (int i = 0; i < 24; i++) {
            ArrayExample<Label> example = new ArrayExample<>(new Label(i % 3 == 0 ? "third" : "other"));
            for (int value = 0; value < 12 * 11 * 2; value++) {
                if (value != 5 && random.nextDouble() < 0.7) {
                    example.add("v" + value, 20 + (value % 2 == 0 ? 5 : 0.5) * random.nextGaussian() + i % 3);
                }
            }
            examples.add(example);
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
    }

    @BeforeAll
    static void train() throws IOException {
        data = images();
        model = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(12, 11, 2, "v"),
                        new ResNetFamily(8, 4),
                        FixedStructure.uniform(0.7),
                        new SgdOptimiser(0.02, 0.9, 1e-4, new ConstantRate()))
                .normalisation(new PerChannelNormalisation())
                .epochs(2)
                .minibatchSize(8)
                .build()
                .train(data);
        modelBytes = model.serialize().toByteArray();
        file = model.dl4jExporter().bytes();
        run = sealed(model.ledger());
    }

    private static SealedRun sealed(byte[] ledger) throws IOException {
        StartEvent start = null;
        try (LedgerReader reader = LedgerReader.of(ledger)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get().event() instanceof StartEvent first) {
                    start = first;
                } else if (line.get().event() instanceof SealEvent seal) {
                    return new SealedRun(start, seal, reader.head(), reader.count());
                }
            }
        }
        throw new AssertionError("The ledger has no seal");
    }

    @BeforeEach
    void writeModel() throws IOException {
        Files.write(folder.resolve("model.tribuo"), modelBytes);
    }

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] with(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, content);
        return zip(entries);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] withOtherWeight() throws IOException {
        byte[] coefficients = entries().get(COEFFICIENTS);
        // The sign and the highest bits of the last value.
        coefficients[coefficients.length - 4] ^= (byte) 0x81;
        return with(COEFFICIENTS, coefficients);
    }

    private String check(byte[] bytes) throws IOException {
        return CHECK.check(Files.write(folder.resolve("compact-dl4j.zip"), bytes), run);
    }

    private void assertRefused(byte[] bytes, String... reasons) {
        assertThatThrownBy(() -> check(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(reasons);
    }

    @Test
    void dl4jComputesWhatTheModelDoes() {
        VerifiedDl4j verified = model.dl4jExporter().export(data, 1e-5);
        assertThat(verified.bytes()).isEqualTo(file);
        assertThat(verified.verification().examples()).isEqualTo(24);
        assertThat(verified.verification().agreeing()).hasValue(24L);
        assertThat(verified.verification().largestDifference()).isBetween(0.0, 1e-5);
    }

    @Test
    void aFileThatComputesSomethingElseIsNoticed() throws IOException {
        ExportVerification verification = model.dl4jExporter().verify(withOtherWeight(), data, 1e-5);
        assertThat(verification.passed()).isFalse();
        assertThat(verification.largestDifference()).isGreaterThan(1e-3);
        assertThatThrownBy(() -> model.dl4jExporter().export(List.of(), 1e-5))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("run with DL4J");
        assertThatThrownBy(() -> model.dl4jExporter().export(data, 0.0)).isInstanceOf(ExportException.class);
    }

    @Test
    void theDescriptionNamesInputsAndOutputs() throws IOException {
        assertThat(entries()).containsOnlyKeys(CONFIGURATION, COEFFICIENTS, DESCRIPTION);
        JsonNode json = new ObjectMapper().readTree(entries().get(DESCRIPTION));
        assertThat(json.path("format").asText()).isEqualTo("tribuo-growth stock DL4J");
        assertThat(json.path("ledgerHead").asText()).isEqualTo(run.ledgerHead());
        assertThat(json.path("weightsDigest").asText())
                .isEqualTo(model.parameters().digest());
        assertThat(json.path("architectureDigest").asText())
                .isEqualTo(model.architecture().digest());
        assertThat(json.path("input").path("shape").toString()).isEqualTo("[2,12,11]");
        assertThat(json.path("input").path("normalisedInside").asBoolean()).isTrue();
        JsonNode features = json.path("input").path("features");
        assertThat(features).hasSize(12 * 11 * 2);
        // Channel 1, row 2, column 3.
        assertThat(features.get((12 + 2) * 11 + 3).asText()).isEqualTo("v" + ((2 * 11 + 3) * 2 + 1));
        // The value 5 never occurs: channel 1, row 0, column 2.
        assertThat(features.get(12 * 11 + 2).isNull()).isTrue();
        assertThat(json.path("output").path("function").asText()).isEqualTo("softmax");
        for (int id = 0; id < 2; id++) {
            assertThat(json.path("output").path("names").get(id).asText())
                    .isEqualTo(model.getOutputIDInfo().getOutput(id).getLabel());
        }
    }

    @Test
    void theFileOfTheRunHolds() throws IOException {
        assertThat(check(file))
                .isEqualTo("layers, parameters and digests are those of model.tribuo; names are not compared");
        // However its entries are compressed.
        assertThat(check(zip(entries()))).startsWith("layers, parameters");
        assertThat(ServiceLoader.load(RunFileCheck.class))
                .anySatisfy(found -> assertThat(found.file()).isEqualTo("compact-dl4j.zip"));
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        assertRefused(withOtherWeight(), "its entry coefficients.bin is not that of the model's network");
        String layers = new String(entries().get(CONFIGURATION), StandardCharsets.UTF_8);
        assertThat(layers).contains("ActivationReLU");
        assertRefused(
                with(
                        CONFIGURATION,
                        layers.replaceFirst("ActivationReLU", "ActivationTanH").getBytes(StandardCharsets.UTF_8)),
                "its entry configuration.json is not that of the model's network");
        String description = new String(entries().get(DESCRIPTION), StandardCharsets.UTF_8);
        assertRefused(
                with(
                        DESCRIPTION,
                        description.replace(run.ledgerHead(), "0".repeat(64)).getBytes(StandardCharsets.UTF_8)),
                "the ledgerHead in its description is not the run's");
        assertRefused(with(DESCRIPTION, "{}".getBytes(StandardCharsets.UTF_8)), "its description is not of the format");
        assertRefused(with(DESCRIPTION, "{".getBytes(StandardCharsets.UTF_8)), "its description is no JSON");
    }

    @Test
    void entriesOfOthersAreRefused() throws IOException {
        for (String name : List.of("normalizer.bin", "preprocessor.bin", "updaterState.bin", "objects/evil", "../x")) {
            assertRefused(with(name, new byte[1]), "it has an entry that is none of", "serialised Java object");
        }
        Map<String, byte[]> fewer = entries();
        fewer.remove(DESCRIPTION);
        assertRefused(zip(fewer), "it has no entry tribuo-growth.json");
        assertRefused(with(COEFFICIENTS, new byte[50 << 20]), "its entry coefficients.bin has more than the");
        assertRefused(new byte[100], "it is not a zip file, or a damaged one");
    }

    @Test
    void aListOfEntriesThatLiesIsRefused() throws IOException {
        // A second file behind the first: who reads the list sees it, who reads from the beginning sees the first.
        byte[] other = with(COEFFICIENTS, new byte[10]);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(other);
        both.write(file);
        assertRefused(both.toByteArray(), "by the list at its end than in its place");
    }

    @Test
    void withoutTheModelOrWithAnotherThereIsNothingToCompareWith() throws IOException {
        Path model = folder.resolve("model.tribuo");
        Files.delete(model);
        assertRefused(file, "there is no model.tribuo beside it");
        Files.write(model, new byte[10]);
        assertRefused(file, "it cannot be compared with model.tribuo: ");
    }
}
