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

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.LstmFamily;
import org.tribuogrowth.data.TokenLayout;
import org.tribuogrowth.output.SequenceMeasure;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;

/** Trainers of small recurrent networks, and sequences they can learn. */
final class TestTexts {
    private TestTexts() {}

    static MutableSequenceDataset<Label> dataset(List<SequenceExample<Label>> sequences) {
        LabelFactory factory = new LabelFactory();
        return new MutableSequenceDataset<>(sequences, new SimpleDataSourceProvenance("test", factory), factory);
    }

    /** A sequence whose tokens and labels are words of {@code token/label}. */
    static SequenceExample<Label> sequence(String words) {
        List<Example<Label>> steps = new ArrayList<>();
        for (String word : words.split(" ")) {
            String[] parts = word.split("/");
            steps.add(new BinaryFeaturesExample<>(new Label(parts[1]), new String[] {parts[0]}));
        }
        return new SequenceExample<>(steps);
    }

    /** A text of one sequence in which "a", one of three names, "b" and the name again follow each other. */
    static SequenceExample<Label> text(int rounds, long seed) {
        String[] names = {"x", "y", "z"};
        StringBuilder words = new StringBuilder();
        List<String> tokens = new ArrayList<>();
        CountedRandom random = CountedRandom.of(seed, "text");
        for (int i = 0; i < rounds; i++) {
            String name = names[random.nextInt(3)];
            tokens.addAll(List.of("a", name, "b", name));
        }
        for (int i = 1; i < tokens.size(); i++) {
            words.append(tokens.get(i - 1)).append('/').append(tokens.get(i)).append(' ');
        }
        return sequence(words.toString().strip());
    }

    /** Sequences of 1 to 6 steps, each labelled with the token before it. */
    static MutableSequenceDataset<Label> echoes(int count, long seed) {
        List<SequenceExample<Label>> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CountedRandom random = CountedRandom.of(seed, "echoes", i);
            int length = 1 + random.nextInt(6);
            StringBuilder words = new StringBuilder();
            String before = "none";
            for (int step = 0; step < length; step++) {
                String token = random.nextInt(2) == 0 ? "p" : "q";
                words.append(token).append('/').append(before).append(' ');
                before = token;
            }
            sequences.add(sequence(words.toString().strip()));
        }
        return dataset(sequences);
    }

    /**
     * A text of words that are drawn by frequencies of 1/1, 1/2, 1/3 and so on, each with one of two words that tell whether it
     * is one of an even or an odd number before it.
     */
    static SequenceExample<Label> skewed(int words, int rounds, long seed) {
        CountedRandom random = CountedRandom.of(seed, "skewed");
        double sum = 0.0;
        for (int word = 1; word <= words; word++) {
            sum += 1.0 / word;
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double place = random.nextDouble() * sum;
            int word = 0;
            while (word < words - 1 && place >= 1.0 / (word + 1)) {
                place -= 1.0 / (word + 1);
                word++;
            }
            tokens.add(word % 2 == 0 ? "even" : "odd");
            tokens.add("w" + word);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < tokens.size(); i++) {
            text.append(tokens.get(i - 1)).append('/').append(tokens.get(i)).append(' ');
        }
        return sequence(text.toString().strip());
    }

    static StructureSearch growing() {
        return StructuredContinuousSparsification.builder(new Budget(0.6, CostMeasure.PARAMETERS))
                .gateOptimiser(20.0, 0.9, 1e-6)
                .fitBudget(true)
                .build();
    }

    /** A language model of {@link #text}, with carried state. */
    static GrowthSequenceTrainer.Builder languageModel(StructureSearch search) {
        return GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        LstmFamily.builder(List.of(12))
                                .embeddingUnits(6)
                                .everyStep(true)
                                .build(),
                        search,
                        new AdamOptimiser(0.02, 0.0, false, new ConstantRate()))
                .steps(6)
                .carriedState(true)
                .measure(SequenceMeasure.PERPLEXITY)
                .validationFraction(0.2)
                .minibatchSize(4)
                .epochs(12)
                .seed(5);
    }

    /** A tagger of {@link #echoes}. */
    static GrowthSequenceTrainer.Builder tagger() {
        return GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        LstmFamily.builder(List.of(10))
                                .embeddingUnits(4)
                                .everyStep(true)
                                .build(),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.03, 0.0, false, new ConstantRate()))
                .minibatchSize(8)
                .epochs(15)
                .seed(3);
    }
}
