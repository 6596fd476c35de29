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

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.Normalisation;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.data.PerFeatureNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.CosineRate;

/** Features of very different units, which only a normalisation of each by itself makes learnable in a few steps. */
final class FeatureNormalisationTest {
    private static Dataset<Label> labels(int examples, long seed) {
        double[] unit = {1e-4, 1, 1e3, 1e5};
        double[] zero = {5, -3, 20, 1e6};
        List<Example<Label>> list = new ArrayList<>();
        for (Example<Label> example : OutputData.labels(examples, seed)) {
            double[] values = new double[unit.length];
            int i = 0;
            for (Feature feature : example) {
                values[i] = zero[i] + unit[i] * feature.getValue();
                i++;
            }
            list.add(new ArrayExample<>(example.getOutput(), OutputData.FEATURES, values));
        }
        return OutputData.dataset(list, new LabelFactory());
    }

    private static GrowthModel<Label> train(Normalisation normalisation) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(16)),
                        StructuredContinuousSparsification.builder(new Budget(0.8, CostMeasure.PARAMETERS))
                                .fitBudget(true)
                                .build(),
                        new AdamOptimiser(0.02, 0.0, true, new CosineRate()))
                .normalisation(normalisation)
                .epochs(20)
                .minibatchSize(16)
                .validationFraction(0.2)
                .seed(3)
                .build()
                .train(labels(300, 1));
    }

    private static double accuracy(GrowthModel<Label> model) {
        return new LabelEvaluator().evaluate(model, labels(200, 2)).accuracy();
    }

    @Test
    void makesFeaturesOfAnyUnitLearnable() {
        try (GrowthModel<Label> byFeature = train(new PerFeatureNormalisation());
                GrowthModel<Label> alike = train(new PerChannelNormalisation())) {
            assertThat(accuracy(byFeature)).isGreaterThan(0.9);
            assertThat(accuracy(alike)).isLessThan(0.8);
        }
    }

    @Test
    void isStoredWithTheModelAndCheckedThere() throws InvalidProtocolBufferException {
        try (GrowthModel<Label> model = train(new PerFeatureNormalisation())) {
            Helpers.testModelProtoSerialization(model, Label.class, labels(20, 2), 0.0);
            ModelProto stored = model.serialize();
            GrowthModelProto.Builder proto = stored.getSerializedData().unpack(GrowthModelProto.class).toBuilder();
            assertThat(proto.getNormaliser().getMeanCount()).isEqualTo(4);
            proto.getNormaliserBuilder().addMean(1f).addStandardDeviation(1f);
            assertThatThrownBy(() -> GrowthModel.deserializeFromProto(
                            stored.getVersion(), stored.getClassName(), Any.pack(proto.build())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("5 channels", "vector 4", "1 for all features or 4");
        }
    }
}
