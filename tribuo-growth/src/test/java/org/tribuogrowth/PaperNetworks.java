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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;

/** What must hold for each of the papers' networks, whatever its width, on real images. */
final class PaperNetworks {
    private static final Logger logger = Logger.getLogger(PaperNetworks.class.getName());
    private static final double TOLERANCE = 1e-4;
    private static final double BUDGET = 0.5;
    private static final NetworkSettings PREDICTING =
            NetworkSettings.inference(KernelChoice.AUTOMATIC).withRawOutputs();

    /**
     * A network and the images that it is tried on.
     *
     * @param family  The network.
     * @param extent  Height and width of the images.
     * @param rows    How many are learnt at once.
     */
    record Network(NetworkFamily family, int extent, int rows) {
        @Override
        public String toString() {
            return family + " on " + extent + "x" + extent;
        }

        Architecture architecture() {
            return family.architecture(
                    new Shape.Image(extent, extent, 3), EarthImages.BANDS.size(), Activation.SOFTMAX);
        }

        ImageLayout layout() {
            return new ImageLayout(extent, extent, 3);
        }

        private int perBand() {
            return (rows + EarthImages.BANDS.size() - 1) / EarthImages.BANDS.size();
        }
    }

    private PaperNetworks() {}

    /**
     * Learns a step with one unit a group, grows about half of all units, learns a step, lets some units go again, and
     * compares the network of what is left with the gated one at full width.
     */
    static void growsPrunesAndCompacts(Network network, Path folder) {
        EarthImages.write(folder, network.extent(), network.perBand());
        Minibatch batch = Minibatch.of(network, folder);
        Architecture architecture = network.architecture();
        Stopwatch watch = new Stopwatch();
        ParameterBank bank = new ParameterBank(
                architecture,
                ActiveUnits.first(architecture, 1),
                new Reparameterisation.UnitGates(),
                Initialisation.HE_NORMAL,
                17,
                (change, before, after) -> {});
        watch.lap("bank");
        Map<String, double[]> gates = gates(architecture);
        learn(bank, gates, batch, 0, watch);
        for (UnitGroup group : architecture.searchableGroups()) {
            if (group.width() > 1) {
                // Up to the middle, leaving some out, so that active units are no prefix.
                apply(bank, ChangeKind.GROW, group, units(1, Math.max(2, group.width() * 5 / 8), 4));
            }
        }
        learn(bank, gates, batch, 1, watch);
        for (UnitGroup group : architecture.searchableGroups()) {
            if (group.width() >= 8) {
                apply(bank, ChangeKind.DETACH, group, List.of(1, 2));
                apply(bank, ChangeKind.PRUNE, group, List.of(0, 2));
            }
        }
        learn(bank, gates, batch, 2, watch);
        NetworkParameters compact = bank.compact(gates);
        watch.lap("compact");
        ActiveUnits active = bank.states().active();
        assertThat(compact.architecture().denseCost())
                .isEqualTo(architecture.costModel().of(active));
        float[] gated;
        try (GatedNetwork full = bank.materialiseFullWidth(PREDICTING)) {
            for (UnitGroup group : architecture.searchableGroups()) {
                double[] closed = new double[group.width()];
                for (int unit : active.units(group.name())) {
                    closed[unit] = gates.get(group.name())[unit];
                }
                full.setGates(group.name(), closed);
            }
            gated = predict(full, batch);
        }
        watch.lap("gated prediction at full width");
        float[] plain;
        try (GatedNetwork small = GatedNetwork.of(compact, PREDICTING)) {
            plain = predict(small, batch);
        }
        watch.lap("compact prediction");
        logger.info(network + ", " + batch.rows() + " images, "
                + compact.architecture().denseCost() + ": " + watch);
        assertThat(largest(gated)).isGreaterThan(1e-3);
        assertThat(difference(gated, plain) / largest(gated)).isLessThanOrEqualTo(TOLERANCE);
    }

    private static void learn(
            ParameterBank bank, Map<String, double[]> gates, Minibatch batch, long step, Stopwatch watch) {
        NetworkSettings settings = new NetworkSettings(
                KernelChoice.AUTOMATIC,
                DataType.FLOAT,
                new Nesterovs(0.01, 0.9),
                List.of(),
                17,
                false,
                Loss.CROSS_ENTROPY);
        try (GatedNetwork network = bank.materialise(settings)) {
            gates.forEach(network::setGates);
            watch.lap("materialise");
            Map<String, double[]> gradients = new HashMap<>();
            double loss = network.learn(batch.features(), batch.targets(), batch.rows(), step, gradients);
            watch.lap("first step");
            assertThat(loss).isFinite().isPositive();
            assertThat(gradients.keySet()).isEqualTo(gates.keySet());
            double again = network.learn(batch.features(), batch.targets(), batch.rows(), step, gradients);
            watch.lap("second step");
            assertThat(again).isFinite().isNotEqualTo(loss);
            bank.writeBack(network);
        }
        watch.lap("write back");
    }

    private static Map<String, double[]> gates(Architecture architecture) {
        CountedRandom random = CountedRandom.of(17, "gates");
        Map<String, double[]> gates = new HashMap<>();
        for (UnitGroup group : architecture.searchableGroups()) {
            double[] values = new double[group.width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.5 + 0.5 * random.nextDouble();
            }
            gates.put(group.name(), values);
        }
        return gates;
    }

    /** All units from one to another but every so manyth. */
    private static List<Integer> units(int from, int to, int leftOut) {
        List<Integer> units = new ArrayList<>();
        for (int unit = from; unit < to; unit++) {
            if (unit % leftOut != leftOut - 1) {
                units.add(unit);
            }
        }
        return units;
    }

    private static void apply(ParameterBank bank, ChangeKind kind, UnitGroup group, List<Integer> units) {
        bank.apply(new StructureChange(kind, group.name(), units, "test", new TreeMap<>()));
    }

    private static float[] predict(GatedNetwork network, Minibatch batch) {
        float[] scores = new float[batch.rows() * network.outputs()];
        network.predict(batch.features(), batch.rows(), scores, 0);
        return scores;
    }

    private static double largest(float[] values) {
        return difference(values, new float[values.length]);
    }

    private static double difference(float[] left, float[] right) {
        double difference = 0.0;
        for (int i = 0; i < left.length; i++) {
            assertThat(left[i]).isFinite();
            difference = Math.max(difference, Math.abs((double) left[i] - right[i]));
        }
        return difference;
    }

    /**
     * Grows towards half of the multiply-adds by the trainer, stores the model, and compares what comes back, and what ONNX
     * Runtime and DL4J make of its exports, which fail if they differ.
     */
    static void trainsAndComesBack(Network network, Path folder) throws IOException {
        Path images = folder.resolve("images");
        EarthImages.write(images, network.extent(), network.perBand());
        Dataset<Label> data = EarthImages.read(images, network.extent());
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        network.layout(),
                        network.family(),
                        StructuredContinuousSparsification.builder(new Budget(BUDGET, CostMeasure.MULTIPLY_ADDS))
                                .gateOptimiser(200.0, 0.9, 1e-6)
                                .fitBudget(true)
                                .build(),
                        new SgdOptimiser(0.01, 0.9, 1e-4, new ConstantRate()))
                .epochs(5)
                .minibatchSize(network.rows())
                .normalisation(new PerChannelNormalisation())
                .seed(1)
                .build();
        List<GrowthListener.Summary> summaries = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onEnd(Summary summary) {
                summaries.add(summary);
            }
        }));
        Stopwatch watch = new Stopwatch();
        try (GrowthModel<Label> model = trainer.train(data)) {
            watch.lap("train");
            assertThat(summaries).hasSize(1);
            assertThat(summaries.get(0).compactionDifference()).isLessThanOrEqualTo(TOLERANCE);
            double part = (double) model.cost().multiplyAdds()
                    / model.denseReference().denseCost().multiplyAdds();
            assertThat(part).isBetween(0.8 * BUDGET, BUDGET);
            List<Prediction<Label>> expected = model.predict(data);
            watch.lap("predict");
            Path file = folder.resolve("model.tribuo");
            model.serializeToFile(file);
            watch.lap("store");
            try (GrowthModel<Label> read = read(file)) {
                watch.lap("read");
                assertThat(read.architecture()).isEqualTo(model.architecture());
                assertEqual(expected, read.predict(data));
            }
            ExportVerification onnx =
                    model.onnxExporter().export(false, data, TOLERANCE).verification();
            assertThat(onnx.examples()).isEqualTo(data.size());
            watch.lap("ONNX");
            model.dl4jExporter().export(List.of(data.getExample(0)), TOLERANCE);
            watch.lap("DL4J");
            logger.info(network + " with " + model.cost() + ", " + Files.size(file) + " bytes: " + watch);
        }
    }

    @SuppressWarnings("unchecked") // the model was trained on labels
    private static GrowthModel<Label> read(Path file) throws IOException {
        return (GrowthModel<Label>) Model.deserializeFromFile(file);
    }

    private static void assertEqual(List<Prediction<Label>> expected, List<Prediction<Label>> found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            for (Label label : expected.get(i).getOutputScores().values()) {
                assertThat(label.getScore()).isFinite();
                assertThat(found.get(i).getOutputScores().get(label.getLabel()).getScore())
                        .isEqualTo(label.getScore());
            }
        }
    }

    /** Images of all classes with pixels around 0, and one target each. */
    private record Minibatch(float[] features, float[] targets, int rows) {
        static Minibatch of(Network network, Path folder) {
            Dataset<Label> data = EarthImages.read(folder, network.extent());
            BoundLayout layout = network.layout().bind(data.getFeatureIDMap());
            int outputs = EarthImages.BANDS.size();
            float[] features = new float[data.size() * layout.length()];
            float[] targets = new float[data.size() * outputs];
            int row = 0;
            for (Example<Label> example : data) {
                layout.write(example, features, row * layout.length());
                targets[
                        row * outputs
                                + EarthImages.BANDS.indexOf(example.getOutput().getLabel())] = 1.0f;
                row++;
            }
            for (int i = 0; i < features.length; i++) {
                features[i] = features[i] / 64.0f - 1.0f;
            }
            return new Minibatch(features, targets, row);
        }
    }

    /** What took how long, for the log. */
    private static final class Stopwatch {
        private final StringBuilder text = new StringBuilder();
        private long last = System.nanoTime();

        void lap(String what) {
            long now = System.nanoTime();
            text.append(text.isEmpty() ? "" : ", ").append(what).append(' ').append((now - last) / 1_000_000);
            text.append(" ms");
            last = now;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
