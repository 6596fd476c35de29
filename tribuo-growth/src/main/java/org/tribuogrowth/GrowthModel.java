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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.ONNXExportable;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.export.OnnxGraph;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.Predictor;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.protos.GrowthModelProto;

/**
 * The compact network that a {@link GrowthTrainer} found, as a Tribuo model. It holds no gates and nothing of the units
 * that were left out.
 *
 * <p>Predictions are thread-safe; on the CPU several run at once. The network's native memory is allocated at the first prediction and
 * freed by {@link #close()}, after which the model cannot be used any more.
 *
 * @param <T> The output type.
 */
public final class GrowthModel<T extends Output<T>> extends Model<T>
        implements GrownModel, AutoCloseable, ONNXExportable {
    private static final long serialVersionUID = 1L;

    /** The version of the protobuf form. A reader accepts all versions up to its own. */
    public static final int CURRENT_VERSION = 2;

    /** Before, parameters were in one piece, all of them dense. */
    static final int FIRST_VERSION_WITH_ARRAYS = 1;

    /** Before, the ledger was stored as it is. */
    static final int FIRST_VERSION_WITH_COMPRESSED_LEDGER = 2;

    private static final int DEFAULT_BATCH_SIZE = 128;

    /** For so many pixels at most there are scores at once unless a batch size is set, so that large images fit too. */
    private static final int DEFAULT_POSITIONS = 1 << 18;

    private final transient OutputAdapter<T> adapter;
    private final transient CompactNetwork compact;
    private final transient BoundLayout layout;
    private final transient KernelChoice kernels;
    private final transient Object lock = new Object();
    private transient int batchSize;
    private transient Predictor predictor;
    private transient boolean closed;

    GrowthModel(
            String name,
            ModelProvenance provenance,
            ImmutableFeatureMap features,
            ImmutableOutputInfo<T> outputs,
            OutputAdapter<T> adapter,
            CompactNetwork compact,
            KernelChoice kernels) {
        super(name, provenance, features, outputs, adapter.generatesProbabilities());
        this.adapter = adapter;
        this.compact = compact;
        this.layout = compact.layout().bind(features);
        this.kernels = kernels;
        Architecture architecture = compact.parameters().architecture();
        if (!layout.shape().equals(architecture.input())) {
            throw new IllegalArgumentException(
                    "The network's input is " + architecture.input().describe() + ", but the feature layout gives "
                            + layout.shape().describe());
        }
        int width = architecture.group(architecture.output().units()).width();
        if (width != adapter.size(outputs)) {
            throw new IllegalArgumentException(
                    "The network has " + width + " outputs, but the output domain needs " + adapter.size(outputs));
        }
        adapter.loss().targetLength(width, architecture.outputPositions());
        this.batchSize = Math.max(1, Math.min(DEFAULT_BATCH_SIZE, DEFAULT_POSITIONS / architecture.outputPositions()));
        if (compact.scaling().isPresent() != adapter.standardisesTargets()) {
            throw new IllegalArgumentException("A " + adapter.getClass().getSimpleName() + " needs "
                    + (adapter.standardisesTargets() ? "a scaling of its targets" : "no scaling of its targets")
                    + ", found "
                    + compact.scaling().map(TargetScaling::toString).orElse("none"));
        }
    }

    @Override
    public Architecture architecture() {
        checkOpen();
        return compact.parameters().architecture();
    }

    @Override
    public Architecture denseReference() {
        checkOpen();
        return compact.dense();
    }

    @Override
    public GrowthModel<T> untrainedDenseReference() {
        checkOpen();
        return new GrowthModel<>(
                "dense-reference",
                getProvenance(),
                featureIDMap,
                outputIDInfo,
                adapter,
                compact.untrainedDense(),
                kernels);
    }

    /**
     * Where features go.
     *
     * @return The layout.
     */
    public FeatureLayout featureLayout() {
        checkOpen();
        return compact.layout();
    }

    @Override
    public ActiveUnits activeUnits() {
        checkOpen();
        return compact.active();
    }

    @Override
    public NetworkParameters parameters() {
        checkOpen();
        return compact.parameters();
    }

    /**
     * What turns the network's scores into the units of the targets.
     *
     * @return The scaling, empty if the targets have none.
     */
    public Optional<TargetScaling> targetScaling() {
        checkOpen();
        return compact.scaling();
    }

    @Override
    public byte[] ledger() {
        checkOpen();
        return compact.ledger();
    }

    @Override
    public List<ConfigurationData> finalConfiguration() {
        checkOpen();
        return FinalConfiguration.of(getProvenance(), compact.dense(), compact.active());
    }

    /**
     * Sets how many examples are predicted at once when many are asked for. Without it they are 128, or fewer where a
     * network has scores for so many pixels that 128 images of them would take much memory.
     *
     * @param batchSize At least 1.
     * @throws IllegalArgumentException If it is not.
     */
    public void setBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1, found " + batchSize);
        }
        synchronized (lock) {
            checkOpen();
            this.batchSize = batchSize;
        }
    }

    @Override
    public Prediction<T> predict(Example<T> example) {
        return predictBatch(List.of(example), 1).get(0);
    }

    @Override
    protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
        int size;
        synchronized (lock) {
            checkOpen();
            size = batchSize;
        }
        List<Prediction<T>> predictions = new ArrayList<>();
        List<Example<T>> batch = new ArrayList<>(size);
        for (Example<T> example : examples) {
            batch.add(example);
            if (batch.size() == size) {
                predictions.addAll(predictBatch(batch, size));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            // What is missing of a full batch stays empty, so that the network needs memory for one size only.
            predictions.addAll(predictBatch(batch, predictions.isEmpty() ? batch.size() : size));
        }
        return predictions;
    }

    private List<Prediction<T>> predictBatch(List<Example<T>> batch, int rows) {
        Scores scores = scores(batch, rows);
        Shape shape = scoreShape();
        int length = scoreLength();
        List<Prediction<T>> predictions = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            predictions.add(
                    adapter.decode(scores.values(), i * length, shape, outputIDInfo, batch.get(i), scores.used()[i]));
        }
        return predictions;
    }

    /**
     * Computes the scores of a batch.
     *
     * @param batch The examples.
     * @param rows  How many examples the network takes at once, at least as many; those that are not there are zeros.
     * @return The scores of all rows.
     */
    Scores scores(List<Example<T>> batch, int rows) {
        int length = layout.length();
        float[] features = new float[Math.multiplyExact(rows, length)];
        int[] used = new int[batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            used[i] = layout.write(batch.get(i), features, i * length);
            if (used[i] == 0) {
                throw new IllegalArgumentException(
                        "No features found in Example " + batch.get(i).toString());
            }
        }
        normalise(features, batch.size() * length);
        int outputs = scoreLength();
        float[] scores = new float[Math.multiplyExact(rows, outputs)];
        predictor().predict(features, rows, scores, 0);
        compact.scaling().ifPresent(scaling -> {
            for (int i = 0; i < batch.size(); i++) {
                scaling.restore(scores, i * outputs);
            }
        });
        return new Scores(scores, used);
    }

    /** The shape of an example's scores: a vector, or a sequence or image of them. */
    Shape scoreShape() {
        Architecture architecture = compact.parameters().architecture();
        return architecture.shape(architecture.output().name());
    }

    /** The number of an example's scores: the outputs times the positions that there are scores for. */
    int scoreLength() {
        return Math.multiplyExact(adapter.size(outputIDInfo), scoreShape().positions());
    }

    /**
     * What the model says about a batch.
     *
     * @param values Scores by output id, row after row, each position after position, in the outputs' own units.
     * @param used   How many features of each example were used.
     */
    record Scores(float[] values, int[] used) {}

    private Predictor predictor() {
        synchronized (lock) {
            checkOpen();
            if (predictor == null) {
                predictor = new Predictor(compact.parameters(), kernels);
            }
            return predictor;
        }
    }

    private void normalise(float[] features, int length) {
        compact.normaliser().ifPresent(normaliser -> normaliser.apply(features, 0, length));
    }

    /**
     * A network does not rank its features.
     *
     * @param n How many would be asked for.
     * @return An empty map.
     */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        checkOpen();
        return Collections.emptyMap();
    }

    /**
     * A network does not explain its predictions.
     *
     * @param example The example.
     * @return Empty.
     */
    @Override
    public Optional<Excuse<T>> getExcuse(Example<T> example) {
        checkOpen();
        return Optional.empty();
    }

    @Override
    protected GrowthModel<T> copy(String newName, ModelProvenance newProvenance) {
        checkOpen();
        return new GrowthModel<>(newName, newProvenance, featureIDMap, outputIDInfo, adapter, compact, kernels);
    }

    /**
     * Writes the compact network as a model of ONNX opset 13 that any runtime for it can run: {@code input} takes the
     * features by their ids, {@code output} gives scores by output id, both with a dynamic batch dimension called
     * {@code batch}; where steps or pixels have scores, {@code output} has their dimensions in between. What was written has not been run; {@link #onnxExporter()} does that too.
     *
     * @param domain       A reverse-DNS name for the model.
     * @param modelVersion The model's version.
     * @return The same for the same model, provenance included.
     */
    @Override
    public OnnxMl.ModelProto exportONNXModel(String domain, long modelVersion) {
        checkOpen();
        return onnxExporter().model(domain, modelVersion);
    }

    /**
     * Writes the compact network into a graph that may have more in it.
     *
     * @param input The features by their ids, {@code [batch, features]}.
     * @return The scores by output id, {@code [batch, outputs]}, {@code [batch, steps, outputs]} or {@code [batch, height,
     *     width, outputs]}.
     */
    @Override
    public ONNXNode writeONNXGraph(ONNXRef<?> input) {
        checkOpen();
        return OnnxGraph.write(onnxExporter().network(), input);
    }

    /**
     * Exports to ONNX with a check in ONNX Runtime.
     *
     * @return An exporter of this model.
     */
    @Override
    public OnnxExporter<Example<T>> onnxExporter() {
        checkOpen();
        return new OnnxExporter<>(exported());
    }

    /**
     * Exports to the layers of stock DL4J, with a check by DL4J.
     *
     * @return An exporter of this model.
     */
    @Override
    public Dl4jExporter<Example<T>> dl4jExporter() {
        checkOpen();
        return new Dl4jExporter<>(exported());
    }

    private ExportedModel<Example<T>> exported() {
        return new ExportedRows<>(this, adapter, compact, layout);
    }

    @Override
    public ModelProto serialize() {
        checkOpen();
        ModelDataCarrier<T> carrier = createDataCarrier();
        GrowthModelProto proto = GrowthModelCodec.encode(compact, adapter)
                .setMetadata(carrier.serialize())
                .build();
        return ModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(GrowthModel.class.getName())
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
    public static GrowthModel<?> deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        if (version < 0 || version > CURRENT_VERSION) {
            throw new IllegalStateException("Invalid protobuf, expected a version from 0 to " + CURRENT_VERSION
                    + ", found " + version + "; a newer tribuo-growth may read it");
        }
        if (!className.equals(GrowthModel.class.getName())) {
            throw new IllegalStateException(
                    "Invalid protobuf, expected class " + GrowthModel.class.getName() + ", found " + className);
        }
        GrowthModelProto proto = message.unpack(GrowthModelProto.class);
        return decode(proto, version, StoredMetadata.read(proto.getMetadata()));
    }

    private static <U extends Output<U>> GrowthModel<U> decode(
            GrowthModelProto proto, int version, ModelDataCarrier<U> carrier) {
        try {
            OutputAdapter<U> adapter = OutputKind.decode(proto, carrier.outputDomain());
            return new GrowthModel<>(
                    carrier.name(),
                    carrier.provenance(),
                    carrier.featureDomain(),
                    carrier.outputDomain(),
                    adapter,
                    GrowthModelCodec.decode(proto, version),
                    KernelChoice.AUTOMATIC);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Invalid protobuf, " + e.getMessage(), e);
        }
    }

    private Object writeReplace() {
        return new SerializedModel(serialize().toByteArray());
    }

    private void checkOpen() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The model is closed");
            }
        }
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
