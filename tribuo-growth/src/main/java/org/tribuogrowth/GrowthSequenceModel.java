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

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.CarriedState;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.Predictor;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.protos.GrowthSequenceModelProto;

/**
 * The compact network that a {@link GrowthSequenceTrainer} found, as a Tribuo model that gives each step of a sequence a
 * label. It holds no gates and nothing of the units that were left out.
 *
 * <p>Sequences may be of any length: the network takes a number of steps at a time and its state goes on, so that a step's
 * prediction depends on all steps before it in its sequence, and on nothing else.
 *
 * <p>Predictions are thread-safe; on the CPU several run at once. The scores of a prediction are one array; labels with
 * scores are made when they are asked for. The network's native memory is allocated at the first prediction and freed by
 * {@link #close()}, after which the model cannot be used any more.
 */
public final class GrowthSequenceModel extends SequenceModel<Label> implements GrownModel, AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** The version of the protobuf form. A reader accepts all versions up to its own. */
    public static final int CURRENT_VERSION = 0;

    private static final int DEFAULT_BATCH_SIZE = 32;

    private final transient CompactNetwork compact;
    private final transient BoundLayout layout;
    private final transient KernelChoice kernels;
    private final transient int steps;
    private final transient Object lock = new Object();
    private transient int batchSize = DEFAULT_BATCH_SIZE;
    private transient Predictor predictor;
    private transient boolean closed;

    GrowthSequenceModel(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<Label> outputs,
            CompactNetwork compact,
            KernelChoice kernels) {
        super(name, provenance, features, outputs);
        this.compact = compact;
        this.layout = compact.layout().bind(features, names(outputs));
        this.kernels = kernels;
        Architecture architecture = compact.parameters().architecture();
        requireScoreOfEachStep(architecture);
        this.steps = architecture.outputPositions();
        Shape input = GrowthSequenceTrainer.sequenceOf(layout.shape(), steps);
        if (!input.equals(architecture.input())) {
            throw new IllegalArgumentException("The network's input is "
                    + architecture.input().describe() + ", but the layout of steps gives " + input.describe());
        }
        int width = architecture.group(architecture.output().units()).width();
        if (width != outputs.size()) {
            throw new IllegalArgumentException(
                    "The network has " + width + " outputs, but the output domain has " + outputs.size() + " labels");
        }
        if (compact.normaliser().isPresent() || compact.scaling().isPresent()) {
            throw new IllegalArgumentException(
                    "A model of sequences has neither a normaliser nor a scaling of targets");
        }
    }

    /** Refuses networks that do not score each step of a sequence. */
    static void requireScoreOfEachStep(Architecture architecture) {
        Shape scores = architecture.shape(architecture.output().name());
        if (!(scores instanceof Shape.Sequence)
                || scores.positions() != architecture.input().positions()) {
            throw new IllegalArgumentException("A model of sequences needs a network that scores each of the "
                    + architecture.input().positions() + " steps, but this one gives " + scores.describe()
                    + "; set everyStep of an LstmFamily to true, or use a GrowthTrainer for one label a sequence");
        }
    }

    /** The labels of a domain by their ids. */
    static List<String> names(ImmutableOutputInfo<Label> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(id -> outputs.getOutput(id).getLabel())
                .toList();
    }

    @Override
    public Architecture architecture() {
        return open().parameters().architecture();
    }

    @Override
    public Architecture denseReference() {
        return open().dense();
    }

    @Override
    public GrowthSequenceModel untrainedDenseReference() {
        return new GrowthSequenceModel(
                "dense-reference", getProvenance(), featureIDMap, outputIDMap, open().untrainedDense(), kernels);
    }

    @Override
    public ActiveUnits activeUnits() {
        return open().active();
    }

    @Override
    public NetworkParameters parameters() {
        return open().parameters();
    }

    @Override
    public boolean generatesProbabilities() {
        open();
        return true;
    }

    @Override
    public byte[] ledger() {
        return open().ledger();
    }

    @Override
    public List<ConfigurationData> finalConfiguration() {
        return FinalConfiguration.of(getProvenance(), open().dense(), compact.active());
    }

    /**
     * Writes the compact network as a model of ONNX opset 13 that any runtime for it can run: {@code input} takes steps by
     * feature ids, {@code [batch, steps, features]}, or the numbers of tokens, {@code [batch, steps]}, {@code lengths} how
     * many steps each sequence has, and {@code output} gives scores by label id for each step. What was written has not been
     * run; {@link #onnxExporter()} does that too.
     *
     * @param domain       A reverse-DNS name for the model.
     * @param modelVersion The model's version.
     * @return The same for the same model, provenance included.
     */
    @Override
    public OnnxMl.ModelProto exportONNXModel(String domain, long modelVersion) {
        return onnxExporter().model(domain, modelVersion);
    }

    @Override
    public OnnxExporter<SequenceExample<Label>> onnxExporter() {
        return new OnnxExporter<>(exported());
    }

    @Override
    public Dl4jExporter<SequenceExample<Label>> dl4jExporter() {
        return new Dl4jExporter<>(exported());
    }

    private ExportedModel<SequenceExample<Label>> exported() {
        return new ExportedSequences(this, open(), layout);
    }

    /**
     * Sets how many sequences are predicted at once when many are asked for.
     *
     * @param batchSize At least 1.
     * @throws IllegalArgumentException If it is not.
     */
    public void setBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1, found " + batchSize);
        }
        synchronized (lock) {
            open();
            this.batchSize = batchSize;
        }
    }

    /**
     * Predicts the label of each step.
     *
     * @param example The sequence.
     * @return One prediction a step.
     * @throws IllegalArgumentException If the sequence is empty, or no step has a feature that the model knows.
     */
    @Override
    public List<Prediction<Label>> predict(SequenceExample<Label> example) {
        return predict(List.of(example)).get(0);
    }

    @Override
    public List<List<Prediction<Label>>> predict(Iterable<SequenceExample<Label>> examples) {
        List<List<Prediction<Label>>> predictions = new ArrayList<>();
        forEachBatch(examples, batch -> {
            List<List<Prediction<Label>>> ofBatch = new ArrayList<>();
            batch.forEach(sequence -> ofBatch.add(new ArrayList<>(sequence.example.size())));
            run(batch, (row, step, scores, offset) -> {
                EncodedSequence sequence = batch.get(row);
                ofBatch.get(row).add(prediction(sequence.example.get(step), sequence.used[step], scores, offset));
            });
            predictions.addAll(ofBatch);
        });
        return predictions;
    }

    private Prediction<Label> prediction(Example<Label> step, int used, float[] scores, int offset) {
        float[] own = Arrays.copyOfRange(scores, offset, offset + outputIDMap.size());
        for (int id = 0; id < own.length; id++) {
            if (!Float.isFinite(own[id])) {
                throw new IllegalArgumentException("The score of the label '"
                        + outputIDMap.getOutput(id).getLabel() + "' is " + own[id] + ", expected a probability");
            }
        }
        LabelScores map = new LabelScores(outputIDMap, own);
        return new Prediction<>(map.best(), map, used, step, true);
    }

    /** Takes the scores of a step. */
    @FunctionalInterface
    public interface StepScores {
        /**
         * Takes them.
         *
         * @param step   The step.
         * @param scores Where its scores are, by the labels' ids; good until the method returns.
         * @param offset Where they begin.
         */
        void accept(Example<Label> step, float[] scores, int offset);
    }

    /**
     * Scores all steps of sequences without keeping the scores. The steps of a sequence come in order; those of sequences that
     * are predicted together come by turns.
     *
     * @param examples The sequences.
     * @param taker    Takes the scores.
     * @throws IllegalArgumentException If a sequence is empty, or none of its steps has a feature that the model knows.
     */
    public void score(Iterable<SequenceExample<Label>> examples, StepScores taker) {
        forEachBatch(
                examples,
                batch -> run(
                        batch,
                        (row, step, scores, offset) ->
                                taker.accept(batch.get(row).example.get(step), scores, offset)));
    }

    /** A sequence and what the network is given of it. */
    private record EncodedSequence(SequenceExample<Label> example, float[] features, int[] used) {}

    /** Some sequences that are predicted together. */
    @FunctionalInterface
    private interface SequenceBatch {
        void accept(List<EncodedSequence> batch);
    }

    /** Takes the scores of a step of a row of a batch. */
    @FunctionalInterface
    private interface RowScores {
        void accept(int row, int step, float[] scores, int offset);
    }

    private void forEachBatch(Iterable<SequenceExample<Label>> examples, SequenceBatch action) {
        int size;
        synchronized (lock) {
            open();
            size = batchSize;
        }
        List<EncodedSequence> batch = new ArrayList<>();
        for (SequenceExample<Label> example : examples) {
            batch.add(encode(example));
            if (batch.size() == size) {
                action.accept(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            action.accept(batch);
        }
    }

    private EncodedSequence encode(SequenceExample<Label> example) {
        if (example.size() == 0) {
            throw new IllegalArgumentException("The sequence is empty; a sequence has at least one step");
        }
        int width = layout.length();
        float[] features = new float[Math.multiplyExact(example.size(), width)];
        int[] used = new int[example.size()];
        int step = 0;
        for (Example<Label> part : example) {
            used[step] = layout.write(part, features, step * width);
            step++;
        }
        if (Arrays.stream(used).allMatch(count -> count == 0)) {
            throw new IllegalArgumentException("No features found in any of the " + used.length
                    + " steps of the sequence that the model knows; the first step is " + example.get(0));
        }
        return new EncodedSequence(example, features, used);
    }

    /** Has the network score a batch, some steps of all its sequences at a time. */
    private void run(List<EncodedSequence> batch, RowScores taker) {
        int longest = batch.stream().mapToInt(row -> row.used.length).max().orElseThrow();
        int width = layout.length();
        int labels = outputIDMap.size();
        boolean atOnce = longest <= steps;
        int chunk = atOnce ? longest : steps;
        CarriedState state =
                atOnce ? null : new CarriedState(compact.parameters().architecture(), batch.size());
        float[] features = new float[Math.multiplyExact(batch.size(), chunk * width)];
        float[] scores = new float[Math.multiplyExact(Math.multiplyExact(batch.size(), chunk), labels)];
        for (int first = 0; first < longest; first += chunk) {
            int[] lengths = new int[batch.size()];
            Arrays.fill(features, 0f);
            for (int row = 0; row < lengths.length; row++) {
                float[] values = batch.get(row).features;
                int length = Math.max(0, Math.min(chunk, batch.get(row).used.length - first));
                System.arraycopy(
                        values, Math.min(first * width, values.length), features, row * chunk * width, length * width);
                lengths[row] = length;
            }
            // A sequence that has ended goes on with a step of zeros that nobody reads.
            int[] atLeastOne =
                    IntStream.of(lengths).map(length -> Math.max(1, length)).toArray();
            SequenceLengths of = new SequenceLengths(chunk, atLeastOne, first > 0);
            predictor().predict(Minibatch.unlabelled(features, lengths.length, of), state, scores, 0);
            for (int row = 0; row < lengths.length; row++) {
                for (int step = 0; step < lengths[row]; step++) {
                    taker.accept(row, first + step, scores, (row * chunk + step) * labels);
                }
            }
        }
    }

    private Predictor predictor() {
        synchronized (lock) {
            open();
            if (predictor == null) {
                predictor = new Predictor(compact.parameters(), kernels);
            }
            return predictor;
        }
    }

    /**
     * A network does not rank its features.
     *
     * @param n How many would be asked for.
     * @return An empty map.
     */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        open();
        return Collections.emptyMap();
    }

    /**
     * A copy that shares nothing that can change.
     *
     * @return The copy, open.
     */
    public GrowthSequenceModel copy() {
        return copy(getName(), getProvenance());
    }

    private GrowthSequenceModel copy(String newName, ModelProvenance newProvenance) {
        return new GrowthSequenceModel(newName, newProvenance, featureIDMap, outputIDMap, open(), kernels);
    }

    @Override
    public SequenceModelProto serialize() {
        CompactNetwork network = open();
        GrowthSequenceModelProto proto = GrowthSequenceModelProto.newBuilder()
                .setMetadata(createDataCarrier().serialize())
                .setNetwork(GrowthModelCodec.encode(network, new LabelOutputAdapter()))
                .build();
        return SequenceModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(GrowthSequenceModel.class.getName())
                .setSerializedData(Any.pack(proto))
                .build();
    }

    /**
     * Reads a model from its protobuf form. The form is checked as a whole before anything is built.
     *
     * @param version   The version of the form.
     * @param className The class that wrote it.
     * @param message   The form.
     * @return The model.
     * @throws InvalidProtocolBufferException If the message is no model of ours.
     * @throws IllegalStateException          If it is not consistent; the message says what was expected and found.
     */
    public static GrowthSequenceModel deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        if (version < 0 || version > CURRENT_VERSION) {
            throw new IllegalStateException("Invalid protobuf, expected a version from 0 to " + CURRENT_VERSION
                    + ", found " + version + "; a newer tribuo-growth may read it");
        }
        if (!className.equals(GrowthSequenceModel.class.getName())) {
            throw new IllegalStateException(
                    "Invalid protobuf, expected class " + GrowthSequenceModel.class.getName() + ", found " + className);
        }
        GrowthSequenceModelProto proto = message.unpack(GrowthSequenceModelProto.class);
        ModelDataCarrier<?> carrier = StoredMetadata.read(proto.getMetadata());
        try {
            ImmutableOutputInfo<Label> labels = labels(carrier.outputDomain());
            return new GrowthSequenceModel(
                    carrier.name(),
                    carrier.provenance(),
                    carrier.featureDomain(),
                    labels,
                    network(proto),
                    KernelChoice.AUTOMATIC);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Invalid protobuf, " + e.getMessage(), e);
        }
    }

    /** Reads the network of a model's form. */
    static CompactNetwork network(GrowthSequenceModelProto proto) {
        if (proto.getNetwork().hasMetadata()) {
            throw new IllegalArgumentException("expected metadata of the model alone, found some of its network too");
        }
        if (!(OutputKind.decode(proto.getNetwork()) instanceof LabelOutputAdapter)) {
            throw new IllegalArgumentException(
                    "expected a network of labels, found " + proto.getNetwork().getOutputKind());
        }
        return GrowthModelCodec.decode(proto.getNetwork(), GrowthModel.CURRENT_VERSION);
    }

    @SuppressWarnings("unchecked") // guarded by the check of the domain's outputs
    private static ImmutableOutputInfo<Label> labels(ImmutableOutputInfo<?> outputs) {
        for (Object output : outputs.getDomain()) {
            if (!(output instanceof Label)) {
                throw new IllegalArgumentException("expected outputs of " + Label.class.getName() + ", found "
                        + output.getClass().getName());
            }
        }
        return (ImmutableOutputInfo<Label>) outputs;
    }

    private Object writeReplace() {
        return new SerializedModel.OfSequences(serialize().toByteArray());
    }

    /** What the model consists of, unless it is closed. */
    private CompactNetwork open() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The model is closed");
            }
        }
        return compact;
    }

    /** Frees the network. A second call has no effect; every other method throws from then on. */
    @Override
    public void close() {
        synchronized (lock) {
            if (predictor != null) {
                predictor.close();
                predictor = null;
            }
            closed = true;
        }
    }
}
