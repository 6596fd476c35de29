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

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.ReadsRun;
import org.tribuogrowth.search.RecordedStructure;
import org.tribuogrowth.search.Restructuring;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchNote;
import org.tribuogrowth.search.SearchRun;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Trainings of structures that other runs recorded. */
class RecordedTrainingTest {
    @TempDir
    static Path folder;

    private static final Dataset<Label> DATA = TestTrainers.data().getA();
    private static Path ledger;
    private static GrowthModel<Label> source;

    @BeforeAll
    static void train() {
        ledger = folder.resolve("ledger.jsonl");
        GrowthTrainer<Label> trainer = TestTrainers.scs();
        trainer.setLedgerFile(ledger);
        source = trainer.train(DATA);
    }

    private static GrowthModel<Label> train(StructureSearch search) {
        return TestTrainers.builder(search).epochs(3).build().train(DATA);
    }

    private static <E> E event(byte[] ledger, Class<E> type) throws IOException {
        try (LedgerReader reader = LedgerReader.of(ledger)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (type.isInstance(line.get().event())) {
                    return type.cast(line.get().event());
                }
            }
        }
        throw new AssertionError("There is no " + type);
    }

    @Test
    void theRecordedUnitsAreTrainedFromFreshWeights() throws IOException {
        GrowthModel<Label> model = train(new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_EPOCHS));
        assertThat(model.activeUnits()).isEqualTo(source.activeUnits());
        assertThat(model.activeUnits().count("hidden1")).isLessThan(16);
        assertThat(model.cost()).isEqualTo(source.cost());
        assertThat(model.parameters().digest()).isNotEqualTo(source.parameters().digest());
        assertThat(LedgerVerifier.verify(model.ledger()).ok()).isTrue();
        assertThat(event(model.ledger(), TrainingEvent.class).epochs()).isEqualTo(3);
    }

    @Test
    void aRunFolderWillDoAndTrainingsRepeat() {
        RecordedStructure ofFolder = new RecordedStructure(folder, RecordedStructure.Compute.EQUAL_EPOCHS);
        RecordedStructure ofFile = new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_EPOCHS);
        assertThat(train(ofFolder).parameters().digest())
                .isEqualTo(train(ofFile).parameters().digest());
        assertThat(train(ofFile).ledger()).isEqualTo(train(ofFile).ledger());
    }

    @Test
    void theRecordNamesTheHeadOfTheLedgerThatItCameFrom() throws IOException {
        GrowthModel<Label> model = train(new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_EPOCHS));
        SearchEvent note = event(model.ledger(), SearchEvent.class);
        TrainingEvent training = event(source.ledger(), TrainingEvent.class);
        assertThat(note.kind()).isEqualTo("source");
        assertThat(note.subject()).isEqualTo(LedgerVerifier.verify(ledger).head());
        assertThat(note.evidence())
                .containsEntry("training-examples", List.of((double) training.examples()))
                .containsEntry("training-multiply-adds", List.of((double) training.multiplyAdds()));
        assertThat(new String(model.ledger(), StandardCharsets.UTF_8)).containsOnlyOnce("recorded-structure");
    }

    @Test
    void equalComputeTrainsForAsManyEpochsAsTheSourcePaidFor() throws IOException {
        GrowthModel<Label> model = train(new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_COMPUTE));
        TrainingEvent paid = event(source.ledger(), TrainingEvent.class);
        TrainingEvent spent = event(model.ledger(), TrainingEvent.class);
        double epoch = (double) source.cost().multiplyAdds() * (paid.examples() / 10);
        assertThat(spent.epochs()).isEqualTo((int) Math.round(paid.multiplyAdds() / epoch));
        assertThat(Math.abs(spent.multiplyAdds() - paid.multiplyAdds())).isLessThanOrEqualTo((long) (epoch / 2));
        assertThat(spent.epochs()).isNotEqualTo(3);
    }

    private static GrowthModel<Label> trainBlocks(StructureSearch search) {
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            float[] pixels = new float[64];
            Arrays.fill(pixels, i % 2 * 32, i % 2 * 32 + 32, 1.0f + 0.1f * i);
            examples.add(DenseExample.ofFloats(
                    new Label(i % 2 == 0 ? "above" : "below"), FeatureNames.pixels("", 64), pixels));
        }
        LabelFactory factory = new LabelFactory();
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(8, 8, 1),
                        new ResNetFamily(14, 4, true),
                        search,
                        new SgdOptimiser(0.02, 0.9, 1e-4, new ConstantRate()))
                .epochs(1)
                .minibatchSize(8)
                .build()
                .train(new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory));
    }

    @Test
    void blocksThatWentStayAway() throws IOException {
        GrowthModel<Label> shallow = trainBlocks(FixedStructure.ofUnitCounts(Map.of("stage1.block2", 0)));
        assertThat(shallow.activeUnits().count("stage1.block2")).isZero();
        Path file = folder.resolve("blocks.jsonl");
        Files.write(file, shallow.ledger());
        GrowthModel<Label> model = trainBlocks(new RecordedStructure(file, RecordedStructure.Compute.EQUAL_COMPUTE));
        assertThat(model.activeUnits()).isEqualTo(shallow.activeUnits());
        assertThat(event(model.ledger(), TrainingEvent.class)).isEqualTo(event(shallow.ledger(), TrainingEvent.class));
    }

    @Test
    void withoutALedgerNothingIsTrained() throws IOException {
        Path file = folder.resolve("config.xml");
        Files.writeString(
                file,
                "<config><component name='scratch' type='" + RecordedStructure.class.getName()
                        + "'><property name='run' value='scs'/></component></config>");
        RecordedStructure search = (RecordedStructure) new ConfigurationManager(file.toString()).lookup("scratch");
        assertThat(search).isInstanceOf(ReadsRun.class);
        assertThat(search.run()).isEqualTo("scs");
        assertThatThrownBy(() -> train(search))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Component: scratch, Property: ledger")
                .hasMessageContaining("of the run 'scs'");
        assertThatThrownBy(() -> new RecordedStructure(null, RecordedStructure.Compute.EQUAL_EPOCHS))
                .isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new RecordedStructure(ledger, null)).isInstanceOf(PropertyException.class);
    }

    private static void assertRefused(Path file, String message) {
        for (RecordedStructure.Compute compute : RecordedStructure.Compute.values()) {
            assertThatThrownBy(() -> train(new RecordedStructure(file, compute)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(message);
        }
    }

    @Test
    void missingTornAndForgedLedgersAreRefused() throws IOException {
        assertRefused(folder.resolve("none.jsonl"), "There is no ledger");
        List<String> lines = Files.readAllLines(ledger);
        Path cut = folder.resolve("cut.jsonl");
        Files.write(cut, lines.subList(0, lines.size() - 1));
        assertRefused(cut, "without a seal");
        Path empty = Files.createFile(folder.resolve("empty.jsonl"));
        assertRefused(empty, "ends after line 0");
        Path forged = folder.resolve("forged.jsonl");
        Files.writeString(forged, Files.readString(ledger).replaceFirst("\"trainingLoss\":0", "\"trainingLoss\":1"));
        assertThat(Files.readString(forged)).isNotEqualTo(Files.readString(ledger));
        assertRefused(forged, "does not hold. Line ");
    }

    @Test
    void anotherDenseReferenceIsRefused() {
        StructureSearch search = new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_EPOCHS);
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(16, 13)),
                        search,
                        new SgdOptimiser(0.05, 0.9, 0.0, new ConstantRate()))
                .minibatchSize(4)
                .build();
        assertThatThrownBy(() -> trainer.train(DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(source.denseReference().digest())
                .hasMessageContaining("the same network");
    }

    /** A search that says at the end of each pass that weights are masked. */
    private static final class Masking implements StructureSearch {
        @Override
        public SearchRun start(SearchContext context) {
            return new SearchRun() {
                @Override
                public ActiveUnits seed() {
                    return ActiveUnits.all(context.architecture());
                }

                @Override
                public Restructuring restructure(Interval interval) {
                    SearchNote note = new SearchNote(SearchNote.Kind.MASK, "hidden1", "test", new TreeMap<>());
                    return new Restructuring(List.of(), List.of(note), Restructuring.State.CARRIED);
                }
            };
        }

        @Override
        public ConfiguredObjectProvenance getProvenance() {
            return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
        }
    }

    @Test
    void runsThatMaskedWeightsAreRefused() throws IOException {
        Path masked = folder.resolve("masked.jsonl");
        Files.write(masked, train(new Masking()).ledger());
        assertRefused(masked, "masked single weights of layer hidden1");
    }

    @Test
    void provenanceGivesTheConfigurationBack() {
        RecordedStructure search = new RecordedStructure(ledger, RecordedStructure.Compute.EQUAL_COMPUTE);
        Helpers.testProvenanceMarshalling(search.getProvenance());
        Helpers.testConfigurableRoundtrip(search);
    }
}
