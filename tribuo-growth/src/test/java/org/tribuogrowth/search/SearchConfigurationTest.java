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

package org.tribuogrowth.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.CostMeasure;

class SearchConfigurationTest {
    private static final SearchContext CONTEXT =
            new SearchContext(TestArchitectures.perceptron(20, 24, 16), 1, 12, 50, 32);
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);

    private static final List<Class<?>> TYPES = List.of(
            Budget.class,
            StructuredContinuousSparsification.class,
            FixedStructure.class,
            RandomStructure.class,
            MagnitudePruning.class,
            RecordedStructure.class);

    @TempDir
    private Path folder;

    private ConfigurationManager load(String components) throws IOException {
        Path file = folder.resolve("config.xml");
        Files.writeString(file, "<config>\n" + components + "\n</config>\n");
        return new ConfigurationManager(file.toString());
    }

    private ConfigurationManager scs(String properties) throws IOException {
        return load(component("half", "Budget", property("fraction", "0.5") + property("measure", "MULTIPLY_ADDS"))
                + component("scs", "StructuredContinuousSparsification", property("budget", "half") + properties));
    }

    private ConfigurationManager fixed(String properties) throws IOException {
        return load(component("half", "Budget", property("fraction", "0.5") + property("measure", "MULTIPLY_ADDS"))
                + component("fixed", "FixedStructure", properties));
    }

    private static String component(String name, String type, String properties) {
        return "<component name='" + name + "' type='org.tribuogrowth.search." + type + "'>" + properties
                + "</component>\n";
    }

    private static String property(String name, String value) {
        return "<property name='" + name + "' value='" + value + "'/>";
    }

    @Test
    void defaultsFromXmlAreThoseFromCode() throws IOException {
        StructureSearch configured = (StructureSearch) scs("").lookup("scs");
        assertThat(configured.getProvenance())
                .isEqualTo(new StructuredContinuousSparsification(HALF).getProvenance())
                .isEqualTo(
                        StructuredContinuousSparsification.builder(HALF).build().getProvenance());
        StructureSearch fixed = (StructureSearch) fixed("").lookup("fixed");
        assertThat(fixed.getProvenance()).isEqualTo(FixedStructure.dense().getProvenance());
    }

    @Test
    void everyFieldIsReadFromXml() throws IOException {
        StructureSearch configured = (StructureSearch) scs(property("controller", "STABILISED")
                        + property("temperature", "GLOBAL")
                        + property("penalty", "BOTH")
                        + property("lambda", "0.7")
                        + property("gateLearningRate", "0.3")
                        + property("gateMomentum", "0.8")
                        + property("gateWeightDecay", "1e-5")
                        + property("initialMask", "2.5")
                        + property("seedUnits", "2")
                        + property("finalTemperature", "200")
                        + property("rampStart", "0.3")
                        + property("rampEnd", "0.6")
                        + property("fixedAfter", "0.7")
                        + property("growthEnd", "0.4")
                        + property("intervalsPerEpoch", "4")
                        + property("fitBudget", "true")
                        + property("roundUnitsTo", "8")
                        + property("budgetTolerance", "0.2")
                        + property("largestBatchFactor", "4"))
                .lookup("scs");
        StructureSearch built = StructuredContinuousSparsification.builder(HALF)
                .controller(ScsController.STABILISED)
                .temperature(ScsTemperature.GLOBAL)
                .penalty(ScsPenalty.BOTH)
                .lambda(0.7)
                .gateOptimiser(0.3, 0.8, 1e-5)
                .seed(2, 2.5)
                .finalTemperature(200)
                .ramp(0.3, 0.6, 0.7)
                .growthEnd(0.4)
                .intervalsPerEpoch(4)
                .fitBudget(true)
                .roundUnitsTo(8)
                .budgetTolerance(0.2)
                .largestBatchFactor(4)
                .build();
        assertThat(configured.getProvenance()).isEqualTo(built.getProvenance());
        assertThat(SimulatedTraining.withUtilities(configured, CONTEXT, 0.1).complete().changes)
                .isNotEmpty()
                .isEqualTo(SimulatedTraining.withUtilities(built, CONTEXT, 0.1).complete().changes);
    }

    @ParameterizedTest
    @CsvSource({
        "lambda, 0",
        "lambda, -1",
        "lambda, NaN",
        "lambda, Infinity",
        "gateLearningRate, -0.1",
        "gateLearningRate, Infinity",
        "gateMomentum, -0.1",
        "gateMomentum, 1",
        "gateWeightDecay, -1e-9",
        "gateWeightDecay, Infinity",
        "initialMask, 0",
        "seedUnits, 0",
        "finalTemperature, 1",
        "finalTemperature, 1e7",
        "rampStart, -0.1",
        "rampStart, 1",
        "rampEnd, 0.4",
        "rampEnd, 1.1",
        "fixedAfter, 0.7",
        "fixedAfter, 1.1",
        "growthEnd, -0.1",
        "growthEnd, 0.9",
        "growthEnd, NaN",
        "intervalsPerEpoch, 0",
        "layerLambda, 0",
        "layerLambda, Infinity",
        "largestBatchFactor, 0",
        "largestBatchFactor, 1025",
        "roundUnitsTo, 0",
        "budgetTolerance, 0",
        "budgetTolerance, NaN"
    })
    void refusesValuesOutOfRange(String field, String value) throws IOException {
        ConfigurationManager manager = scs(property(field, value));
        assertThatThrownBy(() -> manager.lookup("scs")).isInstanceOfSatisfying(PropertyException.class, e -> {
            // rampStart also moves the bounds of rampEnd, and so on; the first field found at fault is named.
            assertThat(e.getProperty()).isEqualTo(field);
            assertThat(e).hasMessageContaining("Component: scs").hasMessageContaining("found ");
        });
        // A configuration that was refused is handed out by a second lookup, but cannot be used.
        StructureSearch refused = (StructureSearch) manager.lookup("scs");
        assertThatThrownBy(() -> refused.start(CONTEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scs");
    }

    @ParameterizedTest
    @CsvSource({"growthEnd, 0.1", "penalty, BUDGET", "penalty, BOTH"})
    void openLoopRefusesWhatItWouldIgnore(String field, String value) throws IOException {
        ConfigurationManager manager = scs(property("controller", "OPEN_LOOP") + property(field, value));
        assertThatThrownBy(() -> manager.lookup("scs"))
                .isInstanceOfSatisfying(PropertyException.class, e -> assertThat(e.getProperty())
                        .isEqualTo(field))
                .hasMessageContaining("OPEN_LOOP");
    }

    @ParameterizedTest
    @CsvSource({
        "rampStart, 0.3",
        "rampEnd, 0.7",
        "fixedAfter, 0.9",
        "growthEnd, 0.1",
        "intervalsPerEpoch, 2",
        "roundUnitsTo, 4",
        "fitBudget, true"
    })
    void paperRefusesWhatItWouldIgnore(String field, String value) throws IOException {
        ConfigurationManager manager = scs(property("controller", "PAPER") + property(field, value));
        assertThatThrownBy(() -> manager.lookup("scs"))
                .isInstanceOfSatisfying(PropertyException.class, e -> assertThat(e.getProperty())
                        .isEqualTo(field))
                .hasMessageContaining("PAPER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.5", "-1", "NaN"})
    void refusesBudgetsOutOfRange(String fraction) throws IOException {
        ConfigurationManager manager =
                load(component("half", "Budget", property("fraction", fraction) + property("measure", "PARAMETERS"))
                        + component("scs", "StructuredContinuousSparsification", property("budget", "half"))
                        + component("fixed", "FixedStructure", property("budget", "half")));
        assertThatThrownBy(() -> manager.lookup("half"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Component: half")
                .hasMessageContaining("fraction must be above 0 and at most 1");
        // The budget is handed out half-built from now on: whatever uses it must fail.
        for (String name : new String[] {"scs", "fixed"}) {
            assertThatThrownBy(() -> ((StructureSearch) manager.lookup(name)).start(CONTEXT))
                    .hasMessageContaining("half")
                    .isInstanceOfAny(IllegalStateException.class, PropertyException.class);
        }
    }

    @Test
    void refusesMissingMandatoryFields() throws IOException {
        ConfigurationManager noBudget = load(component("scs", "StructuredContinuousSparsification", ""));
        assertThatThrownBy(() -> noBudget.lookup("scs"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("budget");
        ConfigurationManager noMeasure = load(component("half", "Budget", property("fraction", "0.5")));
        assertThatThrownBy(() -> noMeasure.lookup("half"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("measure");
        assertThatThrownBy(() -> new StructuredContinuousSparsification(null))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("budget must be a budget, found null");
    }

    @Test
    void readsFixedStructures() throws IOException {
        StructureSearch counts =
                (StructureSearch) fixed("<propertymap name='unitCounts'><entry key='hidden1' value='5'/></propertymap>")
                        .lookup("fixed");
        assertThat(counts.start(CONTEXT).seed().count("hidden1")).isEqualTo(5);
        assertThat(counts.start(CONTEXT).seed().count("hidden2")).isEqualTo(16);
        StructureSearch narrow =
                (StructureSearch) fixed(property("widthFraction", "0.25")).lookup("fixed");
        assertThat(narrow.start(CONTEXT).seed().count("hidden1")).isEqualTo(6);
        StructureSearch within =
                (StructureSearch) fixed(property("budget", "half")).lookup("fixed");
        assertThat(within.getProvenance())
                .isEqualTo(FixedStructure.withinBudget(HALF).getProvenance());
    }

    @Test
    void refusesFixedStructuresThatContradictThemselves() throws IOException {
        String counts = "<propertymap name='unitCounts'><entry key='hidden1' value='5'/></propertymap>";
        ConfigurationManager both = fixed(property("budget", "half") + property("widthFraction", "0.5"));
        assertThatThrownBy(() -> both.lookup("fixed"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Component: fixed, Property: widthFraction");
        ConfigurationManager countsAndBudget = fixed(property("budget", "half") + counts);
        assertThatThrownBy(() -> countsAndBudget.lookup("fixed"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Property: unitCounts");
        ConfigurationManager word = fixed(counts.replace("'5'", "'five'"));
        assertThatThrownBy(() -> word.lookup("fixed")).isInstanceOf(PropertyException.class);
        ConfigurationManager none = fixed(counts.replace("'5'", "'-1'"));
        assertThatThrownBy(() -> none.lookup("fixed"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("hidden1 = -1");
        StructureSearch refused = (StructureSearch) none.lookup("fixed");
        assertThatThrownBy(() -> refused.start(CONTEXT)).isInstanceOf(IllegalStateException.class);
    }

    private ConfigurationManager baseline(String type, String properties) throws IOException {
        return load(component("half", "Budget", property("fraction", "0.5") + property("measure", "MULTIPLY_ADDS"))
                + component("search", type, properties));
    }

    @Test
    void readsBaselines() throws IOException {
        String budget = property("budget", "half");
        assertThat(((StructureSearch) baseline("MagnitudePruning", budget).lookup("search")).getProvenance())
                .isEqualTo(new MagnitudePruning(HALF).getProvenance())
                .isEqualTo(MagnitudePruning.builder(HALF).build().getProvenance());
        assertThat(((StructureSearch) baseline(
                                        "MagnitudePruning",
                                        budget
                                                + property("scope", "GLOBAL")
                                                + property("trainingFraction", "0.6")
                                                + property("steps", "4")
                                                + property("fineTuningRate", "0.3")
                                                + property("roundUnitsTo", "8"))
                                .lookup("search"))
                        .getProvenance())
                .isEqualTo(MagnitudePruning.builder(HALF)
                        .scope(PruningScope.GLOBAL)
                        .trainingFraction(0.6)
                        .steps(4)
                        .fineTuningRate(0.3)
                        .roundUnitsTo(8)
                        .build()
                        .getProvenance());
        assertThat(((StructureSearch) baseline("RandomStructure", budget).lookup("search")).getProvenance())
                .isEqualTo(new RandomStructure(HALF).getProvenance());
        assertThat(((StructureSearch) baseline(
                                        "RandomStructure",
                                        budget + property("leastShare", "0.3") + property("roundUnitsTo", "4"))
                                .lookup("search"))
                        .getProvenance())
                .isEqualTo(new RandomStructure(HALF, 0.3, 4).getProvenance());
        assertThat(((StructureSearch) baseline(
                                        "RecordedStructure",
                                        property("ledger", "run/ledger.jsonl") + property("compute", "EQUAL_COMPUTE"))
                                .lookup("search"))
                        .getProvenance())
                .isEqualTo(new RecordedStructure(Path.of("run/ledger.jsonl"), RecordedStructure.Compute.EQUAL_COMPUTE)
                        .getProvenance());
    }

    @ParameterizedTest
    @CsvSource({
        "MagnitudePruning, trainingFraction, 0",
        "MagnitudePruning, trainingFraction, 1",
        "MagnitudePruning, trainingFraction, NaN",
        "MagnitudePruning, steps, 0",
        "MagnitudePruning, fineTuningRate, 0",
        "MagnitudePruning, fineTuningRate, Infinity",
        "MagnitudePruning, roundUnitsTo, 0",
        "RandomStructure, leastShare, 0",
        "RandomStructure, leastShare, 1.1",
        "RandomStructure, leastShare, NaN",
        "RandomStructure, roundUnitsTo, 0"
    })
    void baselinesRefuseValuesOutOfRange(String type, String field, String value) throws IOException {
        ConfigurationManager manager = baseline(type, property("budget", "half") + property(field, value));
        assertThatThrownBy(() -> manager.lookup("search")).isInstanceOfSatisfying(PropertyException.class, e -> {
            assertThat(e.getProperty()).isEqualTo(field);
            assertThat(e).hasMessageContaining("Component: search").hasMessageContaining("found ");
        });
        StructureSearch refused = (StructureSearch) manager.lookup("search");
        assertThatThrownBy(() -> refused.start(CONTEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("search");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MagnitudePruning", "RandomStructure"})
    void baselinesNeedABudget(String type) throws IOException {
        ConfigurationManager manager = baseline(type, "");
        assertThatThrownBy(() -> manager.lookup("search"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("budget");
    }

    @Test
    void provenanceSurvivesMarshallingAndGivesTheConfigurationBack() {
        StructuredContinuousSparsification scs = StructuredContinuousSparsification.builder(HALF)
                .temperature(ScsTemperature.GLOBAL)
                .roundUnitsTo(4)
                .build();
        Helpers.testProvenanceMarshalling(scs.getProvenance());
        Helpers.testConfigurableRoundtrip(scs);
        Helpers.testProvenanceMarshalling(HALF.getProvenance());
        Helpers.testConfigurableRoundtrip(HALF);
        for (StructureSearch structure : new StructureSearch[] {
            new RandomStructure(HALF, 0.2, 8),
            MagnitudePruning.builder(HALF).scope(PruningScope.GLOBAL).steps(3).build(),
            FixedStructure.dense(),
            FixedStructure.uniform(0.3),
            FixedStructure.withinBudget(HALF),
            FixedStructure.ofUnitCounts(Map.of("hidden1", 3, "hidden2", 4))
        }) {
            Helpers.testProvenanceMarshalling(structure.getProvenance());
            Helpers.testConfigurableRoundtrip(structure);
        }
    }

    @Test
    void documentationShowsConfigurationsThatLoadAndNamesEveryOption() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "methods.md"));
        StringBuilder components = new StringBuilder();
        Matcher block = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            components.append(block.group(1));
        }
        ConfigurationManager manager = load(components.toString());
        for (String name : new String[] {"scs", "narrow", "byHand", "chance", "pruned", "scratch"}) {
            assertThat(manager.lookup(name)).isInstanceOf(StructureSearch.class);
        }
        for (Class<?> type : TYPES) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Config.class)) {
                    assertThat(page).contains("`" + field.getName() + "`");
                }
            }
        }
    }

    @Test
    void everyFieldIsDescribedPrivateAndNotFinal() {
        for (Class<?> type : TYPES) {
            int described = 0;
            for (Field field : type.getDeclaredFields()) {
                Config config = field.getAnnotation(Config.class);
                if (config != null) {
                    described++;
                    assertThat(config.description()).as(field.toString()).isNotBlank();
                    assertThat(Modifier.isPrivate(field.getModifiers())).isTrue();
                    assertThat(Modifier.isFinal(field.getModifiers())).isFalse();
                }
            }
            assertThat(described).isPositive();
        }
    }
}
