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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.MultiLabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.OutputKindProto;
import org.tribuogrowth.protos.TargetScalingProto;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;

/** The outputs' part of stored models: what it keeps, and what is refused. */
class OutputKindTest {
    private static <T extends Output<T>> GrowthModel<T> train(OutputAdapter<T> adapter, Dataset<T> data) {
        return GrowthTrainer.builder(
                        adapter,
                        new VectorLayout(),
                        new MlpFamily(List.of(4)),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.01, 0.0, true, new ConstantRate()))
                .epochs(1)
                .build()
                .train(data);
    }

    private static GrowthModelProto proto(Model<?> model) throws InvalidProtocolBufferException {
        return model.serialize().getSerializedData().unpack(GrowthModelProto.class);
    }

    private static GrowthModel<?> read(GrowthModelProto.Builder proto) throws InvalidProtocolBufferException {
        return GrowthModel.deserializeFromProto(
                GrowthModel.CURRENT_VERSION, GrowthModel.class.getName(), Any.pack(proto.build()));
    }

    private static void assertRefused(GrowthModelProto.Builder proto, String... messages) {
        assertThatThrownBy(() -> read(proto))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void theThresholdIsKept() throws InvalidProtocolBufferException {
        Dataset<MultiLabel> data = OutputData.multiLabels(30, 1);
        try (GrowthModel<MultiLabel> model = train(new MultiLabelOutputAdapter(0.01), data)) {
            GrowthModelProto proto = proto(model);
            assertThat(proto.getOutputKind()).isEqualTo(OutputKindProto.OUTPUT_KIND_MULTI_LABEL);
            assertThat(proto.getThreshold()).isEqualTo(0.01);
            Model<MultiLabel> same = read(proto.toBuilder()).castModel(MultiLabel.class);
            Model<MultiLabel> strict =
                    read(proto.toBuilder().setThreshold(0.9999)).castModel(MultiLabel.class);
            for (Prediction<MultiLabel> prediction : same.predict(data)) {
                assertThat(prediction.getOutput().getLabelSet()).hasSize(3);
            }
            for (Prediction<MultiLabel> prediction : strict.predict(data)) {
                assertThat(prediction.getOutput().getLabelSet()).isEmpty();
            }
            assertRefused(proto.toBuilder().clearThreshold(), "expected a threshold", "found none");
            assertRefused(proto.toBuilder().setThreshold(1), "threshold must be at least 0 and below 1, found 1.0");
            assertRefused(proto.toBuilder().setThreshold(Double.NaN), "threshold", "found NaN");
            assertRefused(
                    proto.toBuilder().setTargetScaling(TargetScalingProto.getDefaultInstance()),
                    "expected a target scaling for OUTPUT_KIND_REGRESSOR and for no other",
                    "found one for OUTPUT_KIND_MULTI_LABEL");
            assertRefused(
                    proto.toBuilder().clearThreshold().setOutputKind(OutputKindProto.OUTPUT_KIND_LABEL),
                    "expected outputs of org.tribuo.classification.Label for OUTPUT_KIND_LABEL",
                    "found org.tribuo.multilabel.MultiLabel");
        }
    }

    @Test
    void theScalingOfTargetsIsKept() throws InvalidProtocolBufferException {
        Dataset<Regressor> data = OutputData.regressors(30, 1);
        try (GrowthModel<Regressor> model = train(new RegressorOutputAdapter(), data)) {
            GrowthModelProto proto = proto(model);
            assertThat(proto.getOutputKind()).isEqualTo(OutputKindProto.OUTPUT_KIND_REGRESSOR);
            TargetScaling scaling = model.targetScaling().orElseThrow();
            assertThat(scaling.mean()[0]).isBetween(4000f, 6000f);
            assertThat(read(proto.toBuilder()).targetScaling()).hasValue(scaling);
            TargetScalingProto.Builder stored = proto.getTargetScaling().toBuilder();
            assertRefused(proto.toBuilder().clearTargetScaling(), "expected a target scaling", "found none");
            assertRefused(
                    proto.toBuilder().setTargetScaling(stored.clone().addMean(1).addStandardDeviation(1)),
                    "scaling of targets is for 3 outputs, but the network has 2");
            assertRefused(proto.toBuilder().setTargetScaling(stored.clone().addMean(1)), "found 3 and 2");
            assertRefused(
                    proto.toBuilder().setTargetScaling(stored.clone().setStandardDeviation(1, 0f)),
                    "output 1",
                    "standard deviation 0.0");
            assertRefused(
                    proto.toBuilder().setTargetScaling(stored.clone().setMean(0, Float.NaN)), "output 0", "mean NaN");
            assertRefused(proto.toBuilder().setThreshold(0.5), "threshold for OUTPUT_KIND_MULTI_LABEL only");
            assertRefused(
                    proto.toBuilder().setOutputKind(OutputKindProto.OUTPUT_KIND_MULTI_LABEL), "expected a threshold");
            assertRefused(
                    proto.toBuilder().setOutputKind(OutputKindProto.OUTPUT_KIND_LABEL), "expected a target scaling");
            assertRefused(proto.toBuilder().setOutputKindValue(77), "expected output kind", "UNRECOGNIZED");
        }
    }

    @Test
    void modelsOfLabelsHaveNothingMore() throws InvalidProtocolBufferException {
        try (GrowthModel<?> model = train(new LabelOutputAdapter(), OutputData.labels(30, 1))) {
            GrowthModelProto proto = proto(model);
            assertThat(proto.hasThreshold()).isFalse();
            assertThat(proto.hasTargetScaling()).isFalse();
            assertThat(model.targetScaling()).isEmpty();
        }
    }

    @Test
    void outputsThatCannotBeLearntAreRefused() {
        Dataset<Regressor> data = OutputData.regressors(10, 1);
        Dataset<Regressor> wrong = OutputData.withWidth(data, 4, Double.NaN);
        assertThatThrownBy(() -> train(new RegressorOutputAdapter(), wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Example 4", "The dimension 'width' is NaN");
        Dataset<MultiLabel> unknown = OutputData.multiLabels(10, 1);
        ((MutableDataset<MultiLabel>) unknown)
                .add(new ArrayExample<>(MultiLabelFactory.UNKNOWN_MULTILABEL, new String[] {"a"}, new double[] {1}));
        assertThatThrownBy(() -> train(new MultiLabelOutputAdapter(), unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 unknown outputs");
    }
}
