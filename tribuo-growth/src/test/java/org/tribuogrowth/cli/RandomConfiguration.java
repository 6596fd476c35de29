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

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PadCropAugmentation;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.MagnitudePruning;
import org.tribuogrowth.search.RandomStructure;
import org.tribuogrowth.search.RecordedStructure;
import org.tribuogrowth.search.ScsPenalty;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Configurations of tiny trainings, drawn from a number: every method in turn, with a network, data and settings for it. */
final class RandomConfiguration {
    /** The methods, which take turns. */
    enum Method {
        STABILISED,
        PAPER,
        OPEN_LOOP,
        BLOCKS,
        JOINT,
        SPARSE,
        MAGNITUDE,
        RANDOM,
        FIXED,
        RECORDED
    }

    private static final int EXTENT = 16;
    private static final int SMALL_EXTENT = 8;

    private final CountedRandom random;
    private final StringBuilder components = new StringBuilder();
    private final Method method;

    private RandomConfiguration(long number) {
        this.random = CountedRandom.of(number, "configuration");
        this.method = method(number);
    }

    static Method method(long number) {
        return Method.values()[(int) (number % Method.values().length)];
    }

    /**
     * Draws a configuration.
     *
     * @param number What it is drawn from.
     * @param source The folder of a finished run of the configuration of the same number with {@code source} null, for the
     *               method that takes its structure; null gives such a run a search of its own.
     * @return The XML.
     */
    static String xml(long number, Path source) {
        return new RandomConfiguration(number).draw(source);
    }

    private String draw(Path source) {
        int extent = network();
        component(
                "trainData",
                QuarterSource.class,
                "pictures",
                16 + random.nextInt(24),
                "extent",
                extent,
                "drawing",
                random.nextInt(1000));
        component("pixels", ImageLayout.class, "height", extent, "width", extent);
        component("label", LabelOutputAdapter.class);
        component("rate", CosineRate.class, "finalFraction", 0.1 * random.nextInt(5));
        if (random.nextInt(3) > 0) {
            component(
                    "optimiser",
                    SgdOptimiser.class,
                    "learningRate",
                    0.02 + 0.05 * random.nextDouble(),
                    "momentum",
                    0.9,
                    "weightDecay",
                    1e-4,
                    "schedule",
                    "rate");
        } else {
            component("optimiser", AdamOptimiser.class, "learningRate", 0.005, "schedule", "rate");
        }
        component(
                "budget",
                Budget.class,
                "fraction",
                0.5 + 0.35 * random.nextDouble(),
                "measure",
                random.nextInt(2) == 0 ? "PARAMETERS" : "MULTIPLY_ADDS");
        component("channels", PerChannelNormalisation.class);
        component("crop", PadCropAugmentation.class, "padding", 1);
        int epochs = search(source);
        double validation = random.nextInt(2) == 0 ? 0.0 : 0.2;
        component(
                "trainer",
                GrowthTrainer.class,
                "outputAdapter",
                "label",
                "featureLayout",
                "pixels",
                "network",
                "network",
                "search",
                "search",
                "optimiser",
                "optimiser",
                "epochs",
                epochs,
                "minibatchSize",
                3 + random.nextInt(6),
                "validationFraction",
                validation,
                "seed",
                random.nextInt(1000),
                "normalisation",
                random.nextInt(2) == 0 ? "channels" : null,
                "augmentations",
                random.nextInt(3) == 0 ? List.of("crop") : null);
        return "<config>\n" + components + "</config>\n";
    }

    /** Adds the network and returns the height and width of its pictures. */
    private int network() {
        int kind = method == Method.BLOCKS ? 2 : random.nextInt(3);
        if (kind == 0) {
            component(
                    "network",
                    MlpFamily.class,
                    "hiddenUnits",
                    hidden(),
                    "batchNormalisation",
                    random.nextInt(2) == 0,
                    "dropout",
                    0.2 * random.nextInt(2));
            return SMALL_EXTENT;
        } else if (kind == 1) {
            component(
                    "network",
                    LeNetFamily.class,
                    "firstFilters",
                    2 + random.nextInt(3),
                    "secondFilters",
                    3 + random.nextInt(4),
                    "hiddenUnits",
                    4 + random.nextInt(8));
            return EXTENT;
        }
        boolean blocks = method == Method.BLOCKS || (random.nextInt(3) == 0 && method != Method.JOINT);
        component(
                "network",
                ResNetFamily.class,
                "depth",
                blocks ? 14 : 8,
                "baseWidth",
                2 + random.nextInt(3),
                "searchableBlocks",
                blocks);
        return SMALL_EXTENT;
    }

    private List<String> hidden() {
        return random.nextInt(2) == 0
                ? List.of(Integer.toString(4 + random.nextInt(12)))
                : List.of(Integer.toString(4 + random.nextInt(12)), Integer.toString(3 + random.nextInt(9)));
    }

    /** Adds the search and returns the number of epochs. */
    private int search(Path source) {
        Class<?> scs = StructuredContinuousSparsification.class;
        double gateRate = 1.0 + 10.0 * random.nextDouble();
        int epochs = 2 + random.nextInt(2);
        switch (method) {
            case STABILISED, OPEN_LOOP -> component(
                    "search",
                    scs,
                    "budget",
                    "budget",
                    "controller",
                    method.name(),
                    "penalty",
                    method == Method.STABILISED ? ScsPenalty.values()[random.nextInt(3)] : null,
                    "gateLearningRate",
                    gateRate,
                    "seedUnits",
                    1 + random.nextInt(2),
                    "growthEnd",
                    method == Method.STABILISED ? 0.25 * random.nextInt(3) : null,
                    "intervalsPerEpoch",
                    1 + random.nextInt(3),
                    "largestBatchFactor",
                    1 << random.nextInt(2));
            case PAPER -> component(
                    "search",
                    scs,
                    "budget",
                    "budget",
                    "controller",
                    "PAPER",
                    "gateLearningRate",
                    gateRate,
                    "temperature",
                    random.nextInt(2) == 0 ? "GLOBAL" : "MASK_WISE");
            case BLOCKS -> component(
                    "search",
                    scs,
                    "budget",
                    "budget",
                    "controller",
                    random.nextInt(2) == 0 ? "PAPER" : "STABILISED",
                    "gateLearningRate",
                    gateRate,
                    "seedBlocks",
                    random.nextInt(2) == 0,
                    "searchUnits",
                    random.nextInt(3) > 0);
            case JOINT -> {
                component(
                        "search",
                        JointSearchAndTraining.class,
                        "heldFraction",
                        0.3,
                        "sizeWeight",
                        1.0 + random.nextInt(3),
                        "normalisation",
                        random.nextInt(2) == 0 ? "KEPT" : "LAYER",
                        "budget",
                        random.nextInt(2) == 0 ? "budget" : null,
                        "weightPasses",
                        1);
                return 6;
            }
            case SPARSE -> component(
                    "search",
                    DynamicSparseTraining.class,
                    "thresholdPenalty",
                    0.01 * random.nextInt(10) + 0.001,
                    "sharing",
                    List.of("MATRIX", "ROW", "WEIGHT").get(random.nextInt(3)),
                    "targetDensity",
                    random.nextInt(2) == 0 ? 0.0 : 0.5);
            case MAGNITUDE -> {
                component(
                        "search",
                        MagnitudePruning.class,
                        "budget",
                        "budget",
                        "scope",
                        random.nextInt(2) == 0 ? "UNIFORM" : "GLOBAL",
                        "trainingFraction",
                        0.5,
                        "steps",
                        1 + random.nextInt(2));
                return 4;
            }
            case RANDOM -> component("search", RandomStructure.class, "budget", "budget");
            case FIXED -> component("search", FixedStructure.class, "widthFraction", 0.3 + 0.7 * random.nextDouble());
            case RECORDED -> {
                if (source == null) {
                    component("search", RandomStructure.class, "budget", "budget");
                } else {
                    component(
                            "search",
                            RecordedStructure.class,
                            "ledger",
                            source,
                            "compute",
                            random.nextInt(2) == 0 ? "EQUAL_EPOCHS" : "EQUAL_COMPUTE");
                }
            }
        }
        return epochs;
    }

    /** Adds a component; properties that are null are left to their defaults. */
    private void component(String name, Class<?> type, Object... properties) {
        StringJoiner text = new StringJoiner(
                        "\n    ",
                        "  <component name=\"" + name + "\" type=\"" + type.getName() + "\">\n    ",
                        "\n  </component>\n")
                .setEmptyValue("  <component name=\"" + name + "\" type=\"" + type.getName() + "\"/>\n");
        for (int i = 0; i < properties.length; i += 2) {
            if (properties[i + 1] instanceof List<?> items) {
                StringJoiner list = new StringJoiner("</item><item>", "<item>", "</item>");
                items.forEach(item -> list.add(item.toString()));
                text.add("<propertylist name=\"" + properties[i] + "\">" + list + "</propertylist>");
            } else if (properties[i + 1] instanceof Double number) {
                text.add(property(properties[i], String.format(Locale.ROOT, "%.4f", number)));
            } else if (properties[i + 1] != null) {
                text.add(property(properties[i], properties[i + 1]));
            }
        }
        components.append(text);
    }

    private static String property(Object name, Object value) {
        return "<property name=\"" + name + "\" value=\"" + value + "\"/>";
    }
}
