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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.test.Helpers;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.ConvolutionLayer;
import org.tribuogrowth.architecture.family.DepthwiseConvolutionLayer;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.MagnitudePruning;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** The fields of every class of the catalogue: checks 38 and 39 of docs/compliance.md. */
class FieldRulesTest {
    private static final Set<Class<?>> BOXED = Set.of(
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    @TempDir
    private Path folder;

    static List<Class<? extends Configurable>> classes() {
        return CatalogSamples.classes();
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.isAnnotationPresent(Config.class)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check38_fieldsAreDescribedAndOfTypesThatSurviveProvenance(Class<? extends Configurable> type) {
        for (Field field : fields(type)) {
            Config config = field.getAnnotation(Config.class);
            String name = type.getSimpleName() + "." + field.getName();
            assertThat(config.description()).as(name).isNotBlank().endsWith(".");
            // A boxed value may be null, which no provenance holds; arrays and sets are described or ordered badly.
            assertThat(BOXED).as(name).doesNotContain(field.getType());
            assertThat(field.getType().isArray()).as(name).isFalse();
            assertThat(Set.class.isAssignableFrom(field.getType())).as(name).isFalse();
            assertThat(config.redact() && config.mandatory()).as(name).isFalse();
        }
    }

    static Stream<Configurable> built() {
        Budget half = new Budget(0.5, CostMeasure.PARAMETERS);
        return Stream.of(
                GrowthTrainer.builder(
                                new LabelOutputAdapter(),
                                new VectorLayout(),
                                new MlpFamily(List.of(3)),
                                FixedStructure.dense(),
                                new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate()))
                        .build(),
                StructuredContinuousSparsification.builder(half).build(),
                MagnitudePruning.builder(half).build(),
                JointSearchAndTraining.builder().build(),
                ConvolutionLayer.builder(4).build(),
                DepthwiseConvolutionLayer.builder().build());
    }

    @ParameterizedTest
    @MethodSource("built")
    void check38_buildersHaveTheDefaultsOfConfigurations(Configurable built) {
        ComponentClass type = CatalogSamples.type(built.getClass());
        Configurable defaults = type.defaults().orElseThrow();
        for (ComponentField field : type.fields()) {
            if (field.mandatory()) {
                continue;
            }
            Object expected = field.get(defaults);
            Object found = field.get(built);
            if (expected instanceof Configurable) {
                assertThat(found).as(field.name()).hasSameClassAs(expected).hasToString(expected.toString());
            } else {
                assertThat(found).as(field.name()).isEqualTo(expected);
            }
        }
    }

    @SuppressWarnings("unchecked") // Tribuo's test asks for both interfaces, which the assertion before makes sure of
    private static <P extends ConfiguredObjectProvenance, C extends Configurable & Provenancable<P>> void roundTrip(
            Configurable component) {
        Helpers.testConfigurableRoundtrip((C) component);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check39_tribuosRoundTripFromConfigurationToProvenanceAndBackPasses(Class<? extends Configurable> type)
            throws IOException {
        Configurable component = CatalogSamples.build(new CatalogSamples(folder).read(type, Map.of()));
        assertThat(component).isInstanceOf(Provenancable.class);
        roundTrip(component);
    }
}
