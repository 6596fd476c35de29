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

package org.tribuogrowth.compliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Small noisy pictures, each with one bright quarter, and networks that grow on them. */
final class Pictures {
    static final int EXTENT = 16;
    private static final int QUARTERS = 4;

    private Pictures() {}

    static Dataset<Label> data(int count, long seed) {
        Random random = new Random(seed);
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int quarter = i % QUARTERS;
            float[] pixels = new float[EXTENT * EXTENT];
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                boolean below = pixel / EXTENT >= EXTENT / 2;
                boolean right = pixel % EXTENT >= EXTENT / 2;
                boolean bright = quarter == (below ? 2 : 0) + (right ? 1 : 0);
                pixels[pixel] = (float) ((bright ? 1.0 : 0.0) + 0.3 * random.nextGaussian());
            }
            examples.add(DenseExample.ofFloats(
                    new Label("quarter" + quarter), FeatureNames.pixels("", pixels.length), pixels));
        }
        return new MutableDataset<>(
                examples, new SimpleDataSourceProvenance("quarters", new LabelFactory()), new LabelFactory());
    }

    static GrowthModel<Label> train(NetworkFamily family) {
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(EXTENT, EXTENT, 1),
                        family,
                        StructuredContinuousSparsification.builder(new Budget(0.6, CostMeasure.MULTIPLY_ADDS))
                                .gateOptimiser(20.0, 0.9, 1e-6)
                                .fitBudget(true)
                                .build(),
                        new SgdOptimiser(0.02, 0.9, 1e-4, new CosineRate()))
                .normalisation(new PerChannelNormalisation())
                .epochs(8)
                .minibatchSize(8)
                .seed(3)
                .build();
        return trainer.train(data(32, 1));
    }
}
