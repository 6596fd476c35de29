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

package org.tribuogrowth.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.test.Helpers;

final class TextDataSourceTest {
    private static final Path TEXTS = Path.of("../examples/data/text");
    private static final List<Integer> PROSE8 =
            List.of(0, 887072, 1353365, 2026388, 2470373, 2877003, 3197529, 4132688);

    @TempDir
    private Path folder;

    private Path file(String text) {
        return TestFiles.write(folder.resolve("text"), text.getBytes(StandardCharsets.UTF_8));
    }

    private TextDataSource source(String text, UnaryOperator<TextDataSource.Builder> settings) {
        return settings.apply(TextDataSource.builder(file(text))).build();
    }

    /** Each sequence as the token before it and then its labels. */
    private static List<String> sequences(TextDataSource source) {
        List<String> sequences = new ArrayList<>();
        for (SequenceExample<Label> sequence : source) {
            StringBuilder text =
                    new StringBuilder(sequence.get(0).iterator().next().getName());
            String before = text.toString();
            for (Example<Label> step : sequence) {
                assertThat(step.size()).isEqualTo(1);
                assertThat(step.iterator().next().getName()).isEqualTo(before);
                before = step.getOutput().getLabel();
                text.append(' ').append(before);
            }
            sequences.add(text.toString());
        }
        return sequences;
    }

    private void refuses(String text, String field, UnaryOperator<TextDataSource.Builder> settings, String... words) {
        assertThatThrownBy(() -> source(text, settings))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Property: " + field)
                .hasMessageContainingAll(words);
    }

    @Test
    void everyStepPredictsTheNextToken() {
        assertThat(sequences(source("The sea, the Sea.", settings -> settings))).containsExactly("the sea , the sea .");
    }

    @Test
    void splitsEachBookByPosition() {
        // Two books of ten tokens.
        String text = "a b c d e f g h i j\nk l m n o p q r s t";
        UnaryOperator<TextDataSource.Builder> books = settings -> settings.bookStarts(List.of(0, 20))
                .trainingEnd(0.6)
                .validationEnd(0.8)
                .vocabularyPath(file(text));
        assertThat(sequences(source(text, books))).containsExactly("a b c d e f g h i j", "k l m n o p q r s t");
        assertThat(sequences(source(text, settings -> books.apply(settings).part(TextPart.TRAINING))))
                .containsExactly("a b c d e f", "k l m n o p");
        assertThat(sequences(source(text, settings -> books.apply(settings).part(TextPart.TRAINING_AND_VALIDATION))))
                .containsExactly("a b c d e f g h", "k l m n o p q r");
        assertThat(sequences(source(text, settings -> books.apply(settings).part(TextPart.VALIDATION))))
                .containsExactly("f g h", "p q r");
        assertThat(sequences(source(text, settings -> books.apply(settings).part(TextPart.TEST))))
                .containsExactly("h i j", "r s t");
    }

    @Test
    void takesTheVocabularyFromTheTrainingPart() {
        String text = "a a a b b c x x x x";
        UnaryOperator<TextDataSource.Builder> split =
                settings -> settings.trainingEnd(0.6).validationEnd(0.8).minimumCount(2);
        TextDataSource training = source(text, settings -> split.apply(settings).part(TextPart.TRAINING));
        assertThat(training.vocabulary()).containsExactly("<unk>", "a", "b");
        assertThat(sequences(training)).containsExactly("a a a b b <unk>");
        TextDataSource both = source(text, settings -> split.apply(settings).part(TextPart.TRAINING_AND_VALIDATION));
        assertThat(both.vocabulary()).isEqualTo(training.vocabulary());
        assertThat(sequences(both)).containsExactly("a a a b b <unk> <unk> <unk>");
        // As a whole, x is the most frequent.
        assertThat(source(text, settings -> settings.minimumCount(2)).vocabulary())
                .containsExactly("<unk>", "x", "a", "b");
    }

    @Test
    void cutsLongSequencesWithoutLosingATarget() {
        TextDataSource source = source("a b c d e f g h", settings -> settings.maximumSequenceLength(3));
        assertThat(sequences(source)).containsExactly("a b c d", "d e f g", "g h");
        assertThat(source.size()).isEqualTo(3);
        assertThat(source.steps()).isEqualTo(7);
    }

    @Test
    void readsFilesOfTokensWithAVocabularyOfTheTrainingFile() {
        Path train = TestFiles.write(
                folder.resolve("train"), " the sea <unk> \n the ship \n".getBytes(StandardCharsets.UTF_8));
        TextDataSource test = source(
                "the boat\n", settings -> settings.format(TextFormat.TOKENS).vocabularyPath(train));
        assertThat(test.vocabulary()).containsExactly("<unk>", "<eos>", "the", "sea", "ship");
        assertThat(sequences(test)).containsExactly("the <unk> <eos>");
    }

    @Test
    void readsPackedAndOtherwiseCodedTextAlike() {
        TextDataSource plain = source("Caf\u00e9 & Caf\u00e9\r\n&", settings -> settings.unit(TokenUnit.CHARACTER));
        byte[] latin = "Caf\u00e9 & Caf\u00e9\r\n&".getBytes(StandardCharsets.ISO_8859_1);
        TextDataSource packed = TextDataSource.builder(TestFiles.write(folder.resolve("packed"), TestFiles.gzip(latin)))
                .unit(TokenUnit.CHARACTER)
                .charset("ISO-8859-1")
                .build();
        assertThat(sequences(packed)).isEqualTo(sequences(plain));
        assertThat(sequences(plain).get(0)).endsWith("\u00e9 <newline> &");
    }

    @Test
    void sharesLabelsAndNames() {
        SequenceExample<Label> sequence =
                source("a b a b a", settings -> settings).iterator().next();
        assertThat(sequence.get(0).getOutput()).isSameAs(sequence.get(2).getOutput());
        assertThat(sequence.get(0).iterator().next().getName())
                .isSameAs(sequence.get(2).iterator().next().getName())
                .isSameAs(sequence.get(1).getOutput().getLabel());
    }

    @Test
    void bundledNovelsHaveTheDocumentedTokens() {
        for (TextPart part : List.of(TextPart.TRAINING, TextPart.VALIDATION, TextPart.TEST)) {
            TextDataSource source = TextDataSource.builder(TEXTS.resolve("carroll-alice.txt.gz"))
                    .charset("ISO-8859-1")
                    .part(part)
                    .vocabularySize(1000)
                    .build();
            // The first token of the book is not predicted.
            assertThat(source.steps()).isEqualTo(part == TextPart.TRAINING ? 29_926 - 1 : 1_663);
            assertThat(((HashProvenance)
                                    source.getProvenance().getInstanceValues().get(DataSourceProvenance.RESOURCE_HASH))
                            .getValue())
                    .isEqualTo("5ce9042c0d8536b072b61d4c7c4e6d70c72d9dbb5f3d816261326d9280749266");
        }
        TextDataSource prose = TextDataSource.builder(TEXTS.resolve("gutenberg-prose8.txt.gz"))
                .charset("ISO-8859-1")
                .bookStarts(PROSE8)
                .part(TextPart.TEST)
                .vocabularySize(10_000)
                .build();
        assertThat(prose.size()).isEqualTo(8);
        assertThat(prose.steps()).isEqualTo(58_061);
        assertThat(prose.vocabulary()).hasSize(10_000).startsWith("<unk>", ",");
        long unknown = 0;
        for (SequenceExample<Label> sequence : prose) {
            for (Example<Label> step : sequence) {
                unknown += step.getOutput().getLabel().equals("<unk>") ? 1 : 0;
            }
        }
        assertThat(unknown / 58_061.0).isBetween(0.033, 0.034);
    }

    @Test
    void makesADatasetOfTribuo() {
        TextDataSource source = source("a b a b a c", settings -> settings.maximumSequenceLength(2));
        MutableSequenceDataset<Label> dataset = new MutableSequenceDataset<>(source);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.getOutputs()).extracting(Label::getLabel).containsExactlyInAnyOrder("a", "b", "c");
        Helpers.testProvenanceMarshalling(dataset.getProvenance());
    }

    @Test
    void provenanceHasTheVocabularyAndMakesTheSourceAgain() {
        TextDataSource source =
                source("a b a b a c", settings -> settings.vocabularySize(3).bookStarts(List.of(0, 4)));
        ConfigurationManager manager = new ConfigurationManager();
        manager.addConfiguration(ProvenanceUtil.extractConfiguration(source.getProvenance()));
        TextDataSource again = manager.lookupAll(TextDataSource.class).get(0);
        assertThat(again.getProvenance().getConfiguredParameters())
                .isEqualTo(source.getProvenance().getConfiguredParameters());
        assertThat(sequences(again)).isEqualTo(sequences(source));
        Helpers.testProvenanceMarshalling(source.getProvenance());
        assertThat(source.getProvenance().getInstanceValues().get(TextSourceProvenance.VOCABULARY_HASH))
                .isNotEqualTo(source("a b a b a d", settings -> settings)
                        .getProvenance()
                        .getInstanceValues()
                        .get(TextSourceProvenance.VOCABULARY_HASH));
    }

    @Test
    void refusesWhatIsNoText() {
        refuses("", "path", settings -> settings, "has no tokens", "it is empty");
        refuses(" \n ", "path", settings -> settings, "nothing but white space");
        refuses("a b a", "part", settings -> settings.part(TextPart.VALIDATION), "no token to predict", "3 tokens");
        refuses("word", "minimumCount", settings -> settings, "at least 2 are needed");
        refuses("a b\0c", "path", settings -> settings, "zero character");
        assertThatThrownBy(
                        () -> TextDataSource.builder(folder.resolve("missing")).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void refusesTheWrongCoding() {
        Path file = TestFiles.write(folder.resolve("latin"), "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextDataSource.builder(file).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("Property: path", "latin", "not text in UTF-8", "byte 3", "ISO-8859-1");
        refuses("a b", "charset", settings -> settings.charset("LATIN-ONE?"), "found 'LATIN-ONE?'");
    }

    @Test
    void refusesTokensNothingCouldBeLearntAbout() {
        refuses(
                "a b a b a b a b a c",
                "minimumCount",
                settings -> settings.part(TextPart.TEST),
                "'c'",
                "all 2 tokens",
                "vocabularySize or minimumCount");
        Path other = TestFiles.write(folder.resolve("other"), "x y z x y".getBytes(StandardCharsets.UTF_8));
        refuses(
                "a b a b",
                "vocabularySize",
                settings -> settings.vocabularyPath(other).minimumCount(2),
                "all 3 tokens",
                "vocabulary of 3 tokens");
        refuses("a b c d", "minimumCount", settings -> settings.minimumCount(2), "at least 2 are needed");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        refuses("a b", "vocabularySize", settings -> settings.vocabularySize(1), "found 1");
        refuses("a b", "minimumCount", settings -> settings.minimumCount(0), "found 0");
        refuses("a b", "trainingEnd", settings -> settings.trainingEnd(1.0), "found 1.0");
        refuses("a b", "validationEnd", settings -> settings.validationEnd(0.5), "found 0.5");
        refuses("a b", "bookStarts", settings -> settings.bookStarts(List.of(1)), "found [1]");
        refuses("a b", "bookStarts", settings -> settings.bookStarts(List.of(0, 0)), "found [0, 0]");
        refuses("a b", "bookStarts", settings -> settings.bookStarts(List.of(0, 3)), "only 3 bytes");
        refuses("a b", "unknownToken", settings -> settings.unknownToken(" "), "a token");
        refuses("a b", "maximumSequenceLength", settings -> settings.maximumSequenceLength(-1), "found -1");
    }
}
