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

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.example.LabelledDataGenerator;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Trainers of small networks on Tribuo's generated data. */
final class TestTrainers {
    private TestTrainers() {}

    static Pair<Dataset<Label>, Dataset<Label>> data() {
        return LabelledDataGenerator.denseTrainTest();
    }

    static StructureSearch growing() {
        return StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.PARAMETERS))
                .gateOptimiser(20.0, 0.9, 1e-6)
                .fitBudget(true)
                .build();
    }

    static GrowthTrainer.Builder<Label> builder(StructureSearch search) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(16, 12)),
                        search,
                        new SgdOptimiser(0.05, 0.9, 1e-4, new CosineRate()))
                .epochs(10)
                .minibatchSize(2)
                .seed(7);
    }

    static GrowthTrainer<Label> fixed() {
        return builder(FixedStructure.dense()).build();
    }

    static GrowthTrainer<Label> scs() {
        return builder(growing()).build();
    }
}
