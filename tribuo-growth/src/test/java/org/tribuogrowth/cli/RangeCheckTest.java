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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.FieldType;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.DataSource;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.GrowthSequenceTrainer;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Values out of range are refused, from a file and from code alike, for every field of numbers in the catalogue. */
class RangeCheckTest {
    /** Fields that take every number. */
    private static final Set<String> UNBOUNDED = Set.of("GrowthTrainer.seed", "GrowthSequenceTrainer.seed");

    /** Fields that need another, with its value. */
    private static final Map<String, Map<String, String>> COMPANIONS = Map.of(
            "PerChannelNormalisation.means", Map.of("standardDeviations", "0.5"),
            "PerChannelNormalisation.standardDeviations", Map.of("means", "0.5"));

    @TempDir
    private Path folder;

    private CatalogSamples samples;

    @BeforeEach
    void prepare() throws IOException {
        samples = new CatalogSamples(folder);
    }

    static List<Class<? extends Configurable>> classes() {
        return CatalogSamples.classes();
    }

    private static List<ComponentField> numbers(Class<?> type) {
        return CatalogSamples.type(type).fields().stream()
                .filter(field ->
                        CatalogSamples.isWhole(field.valueType()) || CatalogSamples.isFractional(field.valueType()))
                .filter(field -> field.form() != ComponentField.Form.MAP)
                .filter(field -> !UNBOUNDED.contains(type.getSimpleName() + "." + field.name()))
                .toList();
    }

    /** Values that a field must refuse: what its description excludes, and what is no size of anything. */
    private static Set<String> refused(ComponentField field) {
        boolean whole = CatalogSamples.isWhole(field.valueType());
        Set<String> values = new LinkedHashSet<>(DeclaredRange.outside(field.description(), whole));
        values.addAll(
                whole ? List.of(Integer.toString(Integer.MIN_VALUE), "-2") : List.of("NaN", "Infinity", "-Infinity"));
        return values;
    }

    private static Map<String, String> companions(Class<?> type, ComponentField field) {
        return COMPANIONS.getOrDefault(type.getSimpleName() + "." + field.name(), Map.of());
    }

    /** What the command line is told about a value, or nothing if it is taken. */
    private Optional<PropertyException> refusal(Class<?> type, ComponentField field, String value) throws IOException {
        Map<String, String> changes = new HashMap<>(companions(type, field));
        changes.put(field.name(), value);
        Throwable thrown = catchThrowable(() -> CatalogSamples.build(samples.read(type, changes)));
        if (thrown == null) {
            return Optional.empty();
        }
        String asked = type.getSimpleName() + "." + field.name() + " = " + value;
        assertThat(thrown).as(asked).isInstanceOf(UserError.class).hasCauseInstanceOf(PropertyException.class);
        PropertyException refusal = (PropertyException) thrown.getCause();
        assertThat(refusal.getProperty()).as(asked + ": " + thrown.getMessage()).isEqualTo(field.name());
        assertThat(thrown.getMessage())
                .contains("component 'sample', property '" + field.name() + "'", refusal.getMsg());
        return Optional.of(refusal);
    }

    private static Object parsed(ComponentField field, String value) {
        FieldType type = field.valueType();
        Object number =
                switch (type) {
                    case INTEGER -> Integer.valueOf(value);
                    case LONG -> Long.valueOf(value);
                    case FLOAT -> Float.valueOf(value);
                    case DOUBLE -> Double.valueOf(value);
                    default -> throw new AssertionError("Read " + type + " here");
                };
        return field.form() == ComponentField.Form.LIST ? List.of(number) : number;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check40_valuesOutOfRangeAreRefusedFromFilesAndFromCode(Class<? extends Configurable> type) throws IOException {
        List<String> taken = new ArrayList<>();
        List<String> takenByCode = new ArrayList<>();
        for (ComponentField field : numbers(type)) {
            Map<String, String> changes = new HashMap<>(companions(type, field));
            changes.putIfAbsent(field.name(), CatalogSamples.good(field));
            Configurable good = CatalogSamples.build(
                    samples.read(type, companions(type, field).isEmpty() ? Map.of() : changes));
            for (String value : refused(field)) {
                Optional<PropertyException> refusal = refusal(type, field, value);
                String asked = field.name() + " = " + value;
                if (refusal.isEmpty()) {
                    taken.add(asked);
                } else if (!CodeRoutes.refusals(good, field, parsed(field, value))
                        .contains(refusal.get().getMsg())) {
                    takenByCode.add(asked + ": " + refusal.get().getMsg());
                }
            }
        }
        assertThat(taken).as("values that a file may have").isEmpty();
        assertThat(takenByCode)
                .as("values that no constructor, factory or builder refuses in the same words")
                .isEmpty();
    }

    /** A value that a class refuses, as changes of its sample. */
    private Optional<Map<String, String>> refusedChange(Class<?> type) throws IOException {
        for (ComponentField field : numbers(type)) {
            for (String value : refused(field)) {
                if (refusal(type, field, value).isPresent()) {
                    Map<String, String> changes = new HashMap<>(companions(type, field));
                    changes.put(field.name(), value);
                    return Optional.of(changes);
                }
            }
        }
        return Optional.empty();
    }

    /** OLCUT hands out what it refused at the next look-up, to other components too. */
    @ParameterizedTest
    @MethodSource("classes")
    void check41_whatWasRefusedCannotBeUsed(Class<? extends Configurable> type) throws IOException {
        Optional<Map<String, String>> changes = refusedChange(type);
        if (changes.isEmpty()) {
            assertThat(numbers(type)).as("a class with numbers refuses some").isEmpty();
            return;
        }
        if (DataSource.class.isAssignableFrom(type) || SequenceDataSource.class.isAssignableFrom(type)) {
            Iterable<?> source = (Iterable<?>) CatalogSamples.evenIfRefused(samples.read(type, changes.get()));
            assertThatThrownBy(source::iterator)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was refused");
            return;
        }
        if (type.equals(GrowthSequenceTrainer.class)) {
            GrowthSequenceTrainer trainer =
                    (GrowthSequenceTrainer) CatalogSamples.evenIfRefused(samples.read(type, changes.get()));
            assertThatThrownBy(() -> trainer.train(sentence()))
                    .isInstanceOfAny(IllegalStateException.class, PropertyException.class)
                    .hasMessageContaining("refused");
            return;
        }
        Configuration configuration = type.equals(GrowthTrainer.class)
                ? samples.read(type, changes.get())
                : samples.readInTrainer(type, changes.get()).orElseThrow();
        String name = type.equals(GrowthTrainer.class) ? CatalogSamples.NAME : CatalogSamples.TRAINER;
        GrowthTrainer<?> trainer = (GrowthTrainer<?>) CatalogSamples.evenIfRefused(configuration, name);

        assertThatThrownBy(() -> train(trainer))
                .isInstanceOfAny(IllegalStateException.class, PropertyException.class)
                .hasMessageContaining("refused");
    }

    /** One sequence of two steps. */
    private static MutableSequenceDataset<Label> sentence() {
        LabelFactory factory = new LabelFactory();
        MutableSequenceDataset<Label> data =
                new MutableSequenceDataset<>(new SimpleDataSourceProvenance("sentence", factory), factory);
        SequenceExample<Label> steps = new SequenceExample<>();
        for (String label : List.of("1", "2")) {
            steps.addExample(new ArrayExample<>(new Label(label), new String[] {"x"}, new double[] {1.0}));
        }
        data.add(steps);
        return data;
    }

    /** Four images of outputs as the trainer's adapter has them. */
    private static <T extends Output<T>> void train(GrowthTrainer<T> trainer, OutputFactory<T> factory) {
        MutableDataset<T> data = new MutableDataset<>(new SimpleDataSourceProvenance("images", factory), factory);
        String[] names = IntStream.range(0, 64).mapToObj(i -> "x" + i).toArray(String[]::new);
        List<String> outputs =
                factory instanceof SegmentationFactory ? List.of("8x8:0*64", "8x8:1*64") : List.of("1", "2");
        for (String output : List.of(outputs.get(0), outputs.get(1), outputs.get(0), outputs.get(1))) {
            data.add(new ArrayExample<>(factory.generateOutput(output), names, new double[64]));
        }
        trainer.train(data);
    }

    /** The factory of the outputs of a trainer's adapter, by name: not every version has all of Tribuo's modules. */
    private static OutputFactory<?> factory(GrowthTrainer<?> trainer) throws ReflectiveOperationException {
        Field field = GrowthTrainer.class.getDeclaredField("outputAdapter");
        field.setAccessible(true);
        String output = ((OutputAdapter<?>) field.get(trainer)).typeWitness().getName();
        if (output.equals(SegmentationMask.class.getName())) {
            return new SegmentationFactory(List.of("a", "b"));
        }
        String factory =
                switch (output) {
                    case "org.tribuo.classification.Label" -> "org.tribuo.classification.LabelFactory";
                    case "org.tribuo.multilabel.MultiLabel" -> "org.tribuo.multilabel.MultiLabelFactory";
                    case "org.tribuo.regression.Regressor" -> "org.tribuo.regression.RegressionFactory";
                    default -> throw new AssertionError("Name the factory of " + output + " here");
                };
        return (OutputFactory<?>)
                Class.forName(factory).getDeclaredConstructor().newInstance();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The factory is that of the adapter's outputs.
    private static void train(GrowthTrainer trainer) throws ReflectiveOperationException {
        train(trainer, (OutputFactory) factory(trainer));
    }

    /** A list of components takes any class where OLCUT alone reads it; the component itself must refuse it. */
    @ParameterizedTest
    @MethodSource("classes")
    void check41_aWrongElementClassInAListIsRefused(Class<? extends Configurable> type) throws IOException {
        for (ComponentField field : CatalogSamples.type(type).fields()) {
            if (field.isReference() && field.form() == ComponentField.Form.LIST) {
                assertThat(field.valueClass().isAssignableFrom(SamplePart.class))
                        .isFalse();
                Configuration right = samples.read(type, Map.of());
                List<ConfigurationData> data = new ArrayList<>();
                data.add(new ConfigurationData("part", SamplePart.class.getName()));
                for (Configuration.Component component : right.components()) {
                    Map<String, Property> properties = new HashMap<>(component.properties());
                    if (component.name().equals(CatalogSamples.NAME)) {
                        properties.put(field.name(), ListProperty.createFromStringList(List.of("part")));
                    }
                    data.add(new ConfigurationData(component.name(), component.className(), properties));
                }
                ConfigurationManager manager = new ConfigurationManager();
                manager.addConfiguration(data);

                assertThatThrownBy(() -> manager.lookup(CatalogSamples.NAME))
                        .isInstanceOfSatisfying(PropertyException.class, refusal -> assertThat(refusal.getProperty())
                                .isEqualTo(field.name()))
                        .hasMessageContaining(CatalogSamples.NAME)
                        .hasMessageContaining(SamplePart.class.getName());
            }
        }
    }
}
