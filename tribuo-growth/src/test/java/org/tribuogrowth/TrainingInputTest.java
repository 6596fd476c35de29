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

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.Augmentation;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;
import org.tribuogrowth.training.TrainingInterruptedException;

/** However a training ends, its thread for batches ends with it. */
class TrainingInputTest {
    /** Fails at the given number of images. */
    private static final class FailingAugmentation implements Augmentation {
        private final int good;
        private int seen;

        FailingAugmentation(int good) {
            this.good = good;
        }

        @Override
        public void apply(float[] image, int offset, Shape.Image shape, CountedRandom random) {
            if (seen++ == good) {
                throw new UnsupportedOperationException("cannot turn this image");
            }
        }

        @Override
        public ConfiguredObjectProvenance getProvenance() {
            return new ConfiguredObjectProvenanceImpl(this, "Augmentation");
        }
    }

    private static MutableDataset<Label> images() {
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            float[] pixels = {i % 3, i % 5, i % 2, 1};
            examples.add(DenseExample.ofFloats(
                    new Label(i % 2 == 0 ? "even" : "odd"), FeatureNames.pixels("", pixels.length), pixels));
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
    }

    private static GrowthTrainer.Builder<Label> builder() {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(2, 2, 1),
                        new MlpFamily(List.of(8)),
                        FixedStructure.dense(),
                        new SgdOptimiser(0.05, 0.9, 0.0, new ConstantRate()))
                .minibatchSize(4)
                .epochs(50);
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("tribuo-growth-input");
    }

    @Test
    void whatAnAugmentationThrowsReachesTheCaller() {
        GrowthTrainer<Label> trainer =
                builder().augmentations(List.of(new FailingAugmentation(10))).build();
        List<Long> steps = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onStep(Step step) {
                steps.add(step.step());
            }
        }));
        assertThatThrownBy(() -> trainer.train(images()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("cannot turn this image");
        // The eleventh image is in the third minibatch.
        assertThat(steps).containsExactly(1L, 2L);
    }

    @Test
    void whatAListenerThrowsEndsTheTraining() {
        GrowthTrainer<Label> trainer = builder().build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onStep(Step step) {
                throw new IllegalStateException("no more");
            }
        }));
        assertThatThrownBy(() -> trainer.train(images()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more");
    }

    @Test
    void anInterruptionEndsTheTrainingBeforeTheNextStep() {
        GrowthTrainer<Label> trainer = builder().build();
        List<Long> steps = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onStep(Step step) {
                steps.add(step.step());
                if (step.step() == 8) {
                    Thread.currentThread().interrupt();
                }
            }
        }));
        assertThatThrownBy(() -> trainer.train(images()))
                .isInstanceOf(TrainingInterruptedException.class)
                .hasMessageContaining("before step 8 (epoch 1)");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps).hasSize(8);
    }

    @Test
    void earlyStoppingLeavesBatchesUnused() {
        List<GrowthListener.Summary> summaries = new ArrayList<>();
        GrowthTrainer<Label> trainer =
                builder().validationFraction(0.25).patience(1).build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onEnd(Summary summary) {
                summaries.add(summary);
            }
        }));
        try (GrowthModel<Label> model = trainer.train(images())) {
            assertThat(model).isNotNull();
        }
        GrowthListener.Summary summary = summaries.get(0);
        assertThat(summary.epochs()).isLessThan(50);
        // Batches for validation at least had to be waited for.
        assertThat(summary.inputWaitSeconds()).isPositive().isLessThan(summary.seconds());
    }
}
