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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.ParameterStorage;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.ParameterArrayProto;

/** What Tribuo asks of models: checks 13 to 19 of docs/compliance.md. */
class ModelComplianceTest {
    private final GrowthModel<Label> model = Iris.model();
    private final Dataset<Label> test = Iris.test();

    @Test
    void check13_examplesWithoutKnownFeaturesAreRefusedAndUnknownFeaturesIgnored() {
        Label label = new Label("SETOSA");
        assertThatThrownBy(() -> model.predict(new ArrayExample<>(label)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No features found");
        assertThatThrownBy(() -> model.predict(
                        new ArrayExample<>(label, new String[] {"other", "another"}, new double[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No features found");
        for (Example<Label> example : test) {
            ArrayExample<Label> more = new ArrayExample<>(example);
            more.add("a-feature-never-seen", 1e9);
            Prediction<Label> expected = model.predict(example);
            Prediction<Label> found = model.predict(more);
            assertThat(found.distributionEquals(expected, 0.0)).isTrue();
            assertThat(found.getNumActiveFeatures()).isEqualTo(expected.getNumActiveFeatures());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void check14_batchesOfAnySizePredictWhatSingleExamplesDoInTheirOrder(int size) {
        GrowthModel<Label> other = (GrowthModel<Label>) model.copy();
        try (other) {
            other.setBatchSize(size);
            List<Prediction<Label>> many = other.predict(test);
            assertThat(many).hasSize(test.size());
            for (int i = 0; i < test.size(); i++) {
                assertThat(many.get(i).getExample()).isSameAs(test.getExample(i));
                Prediction<Label> single = model.predict(test.getExample(i));
                // Another number of rows may add in another order, so the last bits may differ.
                assertThat(many.get(i).distributionEquals(single, 1e-6)).isTrue();
            }
        }
    }

    @Test
    void check14_parallelPredictionsAreTheSequentialOnes() throws Exception {
        List<Prediction<Label>> expected = new ArrayList<>();
        test.forEach(example -> expected.add(model.predict(example)));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Prediction<Label>>> futures = new ArrayList<>();
            for (Example<Label> example : test) {
                futures.add(threads.submit(() -> model.predict(example)));
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).get().distributionEquals(expected.get(i), 0.0))
                        .isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void check15_scoresOfAllOutputsSumToOne() {
        assertThat(model.generatesProbabilities()).isTrue();
        for (Prediction<Label> prediction : model.predict(test)) {
            assertThat(prediction.hasProbabilities()).isTrue();
            assertThat(prediction.getOutputScores()).containsOnlyKeys("SETOSA", "VERSICOLOR", "VIRGINICA");
            double sum = prediction.getOutputScores().values().stream()
                    .mapToDouble(Label::getScore)
                    .sum();
            assertThat(sum).isCloseTo(1.0, within(1e-6));
        }
    }

    @Test
    void check16_copiesPredictAloneAndTheMethodThatMakesThemIsOurs() throws NoSuchMethodException {
        Method method = GrowthModel.class.getDeclaredMethod("copy", String.class, ModelProvenance.class);
        assertThat(Modifier.isAbstract(method.getModifiers())).isFalse();

        GrowthModel<Label> copy = (GrowthModel<Label>) model.copy();
        assertThat(copy.getProvenance()).isEqualTo(model.getProvenance());
        assertThat(copy.serialize()).isEqualTo(model.serialize());
        List<Prediction<Label>> expected = model.predict(test);
        List<Prediction<Label>> found = copy.predict(test);
        for (int i = 0; i < test.size(); i++) {
            assertThat(found.get(i).distributionEquals(expected.get(i), 0.0)).isTrue();
        }
        copy.close();
        assertThat(model.predict(test)).hasSize(test.size());
    }

    @Test
    void check17_featuresAreNotRankedAndPredictionsNotExcused() {
        for (int n : new int[] {-1, 0, 3}) {
            assertThat(model.getTopFeatures(n)).isNotNull().isEmpty();
        }
        assertThat(model.getExcuse(test.getExample(0))).isNotNull().isEmpty();
        assertThat(model.getExcuses(test)).isNotNull().isEmpty();
    }

    @Test
    void check18_afterCloseEveryMethodOfOursThrows() throws IllegalAccessException {
        GrowthModel<Label> closed = (GrowthModel<Label>) model.copy();
        closed.close();
        closed.close();
        List<String> tried = new ArrayList<>();
        for (Method method : GrowthModel.class.getDeclaredMethods()) {
            boolean callable = Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic();
            if (!callable || method.getName().equals("close")) {
                continue;
            }
            tried.add(method.getName());
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(this::argument)
                    .toArray();
            assertThatThrownBy(() -> invoke(closed, method, arguments))
                    .as(method.toString())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The model is closed");
        }
        assertThat(tried).contains("predict", "serialize", "architecture", "ledger", "setBatchSize", "getExcuse");
        assertThatThrownBy(() -> closed.predict(test)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closed::copy).isInstanceOf(IllegalStateException.class);
    }

    private Object argument(Class<?> type) {
        if (type == int.class) {
            return 1;
        } else if (type == long.class) {
            return 1L;
        }
        return type == Example.class ? test.getExample(0) : null;
    }

    private static void invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void check19_allThatIsStoredIsTheCompactNetworkWithoutGates() throws Exception {
        GrowthModelProto proto = model.serialize().getSerializedData().unpack(GrowthModelProto.class);
        long stored = 0;
        for (ParameterArrayProto array : proto.getParameterArraysList()) {
            // A sparse array leaves out zeros; the network here is so small that units which died may be among them.
            stored += array.hasDense() ? array.getDense().size() / Float.BYTES : 0;
        }
        for (ParameterStorage storage : model.parameterStorage()) {
            stored += storage.storedBytes() < storage.denseBytes() ? storage.values() : 0;
        }
        assertThat(stored)
                .isEqualTo(model.cost().parameters())
                .isEqualTo(model.getArchitectureHistory().orElseThrow().finalParameters())
                .isLessThan(model.denseReference().denseCost().parameters());
        assertThat(model.parameterStorage())
                .extracting(ParameterStorage::values)
                .allSatisfy(values -> assertThat(values).isPositive());
        assertThat(model.parameterStorage())
                .extracting(storage -> storage.parameter().role())
                .containsOnly(ParameterRole.WEIGHT, ParameterRole.BIAS);
    }

    @Test
    void check19_theOnnxFormHasTheSameParameters() {
        long parameters = 0;
        for (OnnxMl.TensorProto array :
                model.exportONNXModel("org.example", 1).getGraph().getInitializerList()) {
            String name = array.getName();
            if (name.endsWith("/weight") || name.endsWith("/bias")) {
                parameters += array.getDimsList().stream().reduce(1L, Math::multiplyExact);
            }
        }
        assertThat(parameters).isEqualTo(model.cost().parameters());
    }
}
