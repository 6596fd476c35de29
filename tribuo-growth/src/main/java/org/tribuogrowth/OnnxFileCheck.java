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

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableFeatureMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.export.DeepOperator;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.LayerArrays;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.OnnxModel;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Compares {@code compact.onnx} with the ledger of its run: what its metadata says, and the arrays that a network of the ledger's
 * structure has, one by one. Where {@code model.tribuo} lies beside it and agrees with the ledger, the whole graph must be the
 * one that this model is exported to, weights included. The file may be anyone's; it is bounded before anything is built, and
 * not run.
 */
public final class OnnxFileCheck implements RunFileCheck {
    private static final String MODEL = "model.tribuo";

    /** For the service loader. */
    public OnnxFileCheck() {}

    @Override
    public String file() {
        return "compact.onnx";
    }

    @Override
    public String check(Path file, SealedRun run) throws IOException {
        ByteString bytes = BoundedMessage.read(file);
        try {
            ModelProto model = BoundedMessage.parse(bytes, ModelProto.getDescriptor(), ModelProto.parser());
            OnnxMetadata metadata = checkHead(model, run);
            long values = checkArrays(model.getGraph(), compact(run));
            String graph = checkGraph(model.getGraph(), metadata, file.resolveSibling(MODEL), run);
            return "ledger head, digests and arrays of " + values + " values are those of the run's ledger; " + graph;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "it is no ONNX model, or a damaged one: " + SafeText.clean(e.getMessage(), 200), e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it has an array that no memory could hold", e);
        }
    }

    private static OnnxMetadata checkHead(ModelProto model, SealedRun run) {
        List<OperatorSetIdProto> operators = model.getOpsetImportList();
        if (operators.size() != 1
                || !operators.get(0).getDomain().isEmpty()
                || operators.get(0).getVersion() != DeepOperator.OPSET_VERSION) {
            throw new IllegalArgumentException(
                    "its operators are not those of ONNX opset " + DeepOperator.OPSET_VERSION + " alone");
        }
        OnnxMetadata metadata = OnnxMetadata.read(model);
        requireEqual(OnnxMetadata.LEDGER_HEAD, run.ledgerHead(), metadata.ledgerHead());
        requireEqual(
                OnnxMetadata.ARCHITECTURE_DIGEST,
                run.seal().compactArchitectureDigest(),
                metadata.architectureDigest());
        requireEqual(OnnxMetadata.WEIGHTS_DIGEST, run.seal().weightsDigest(), metadata.weightsDigest());
        return metadata;
    }

    private static void requireEqual(String key, String recorded, String found) {
        if (!recorded.equals(found)) {
            throw new IllegalArgumentException("its " + key + " is " + SafeText.quote(found) + ", by the ledger it is "
                    + SafeText.clean(recorded, 100));
        }
    }

    private static Architecture compact(SealedRun run) {
        Architecture dense = Architecture.parse(run.start().architecture());
        Map<String, int[]> units = new HashMap<>();
        run.seal()
                .activeUnits()
                .forEach((group, ranges) -> units.put(
                        group,
                        ranges.isEmpty()
                                ? new int[0]
                                : UnitRanges.parse(ranges, dense.group(group).width())));
        return dense.compact(ActiveUnits.of(dense, units));
    }

    /** Compares names, shapes and sizes; returns the number of values in all arrays. */
    private static long checkArrays(GraphProto graph, Architecture architecture) {
        if (graph.getSparseInitializerCount() != 0) {
            throw new IllegalArgumentException("it has sparse arrays, which that of a run has not");
        }
        Map<String, TensorProto> found = new HashMap<>();
        for (TensorProto array : graph.getInitializerList()) {
            if (found.put(array.getName(), array) != null) {
                throw new IllegalArgumentException("it has the array " + SafeText.quote(array.getName()) + " twice");
            }
        }
        long values = 0;
        for (Map.Entry<String, List<Integer>> expected :
                LayerArrays.of(architecture).entrySet()) {
            values += checkArray(found.remove(expected.getKey()), expected.getKey(), expected.getValue());
        }
        found.keySet().removeAll(LayerArrays.constants(architecture));
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has the array " + SafeText.quote(new TreeSet<>(found.keySet()).first())
                            + ", which no layer of the run's network has");
        }
        return values;
    }

    private static long checkArray(TensorProto array, String name, List<Integer> dimensions) {
        long length = 1;
        for (int dimension : dimensions) {
            length = Math.multiplyExact(length, dimension);
        }
        List<Long> expected = dimensions.stream().map(Integer::longValue).toList();
        if (array == null
                || !array.getDimsList().equals(expected)
                || array.getDataType() != TensorProto.DataType.FLOAT.getNumber()
                || array.getRawData().size() != Math.multiplyExact(length, (long) Float.BYTES)) {
            throw new IllegalArgumentException("by the ledger its array " + SafeText.quote(name) + " has " + length
                    + " floats in the shape " + expected + ", found "
                    + (array == null
                            ? "none"
                            : array.getRawData().size() + " bytes in the shape "
                                    + SafeText.clean(array.getDimsList().toString(), 100)));
        }
        return length;
    }

    private static String checkGraph(GraphProto graph, OnnxMetadata metadata, Path file, SealedRun run)
            throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "their values were not compared, since there is no " + MODEL;
        }
        ModelFileCheck.StoredNetwork stored;
        try {
            stored = ModelFileCheck.network(file, run);
        } catch (IllegalArgumentException | IllegalStateException | InvalidProtocolBufferException e) {
            return "their values were not compared, since " + MODEL + " does not agree with the ledger";
        }
        Optional<List<Integer>> places;
        ExportedNetwork exported;
        try {
            places = places(stored, metadata.features());
            if (places.isEmpty()) {
                return "their values were not compared, since the features are not in the order of their names";
            }
            CompactNetwork network = stored.network();
            exported = new ExportedNetwork(
                    network.parameters(), places.get(), network.normaliser(), network.scaling(), stored.sequences());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the features that it names are not those of " + MODEL + ": "
                            + SafeText.clean(String.valueOf(e.getMessage()), 300),
                    e);
        }
        requireSame(OnnxModel.graph(exported), graph);
        return "its graph is that of " + MODEL + ", value by value";
    }

    /** Where features of these names go; tokens have no places. */
    private static Optional<List<Integer>> places(ModelFileCheck.StoredNetwork stored, List<String> names) {
        CompactNetwork network = stored.network();
        if (stored.sequences() && network.parameters().architecture().input() instanceof Shape.Tokens) {
            return Optional.of(List.of());
        }
        return features(names)
                .map(features -> ExportedNetwork.places(network.layout().bind(features), features.size()));
    }

    /** Tribuo numbers features in the order of their names, unless it hashes them. */
    private static Optional<ImmutableFeatureMap> features(List<String> names) {
        MutableFeatureMap features = new MutableFeatureMap();
        names.forEach(name -> features.add(name, 1.0));
        ImmutableFeatureMap numbered = new ImmutableFeatureMap(features);
        for (int id = 0; id < names.size(); id++) {
            if (numbered.getID(names.get(id)) != id) {
                return Optional.empty();
            }
        }
        return Optional.of(numbered);
    }

    private static void requireSame(GraphProto expected, GraphProto found) {
        if (expected.equals(found)) {
            return;
        }
        Map<String, TensorProto> arrays = new HashMap<>();
        found.getInitializerList().forEach(array -> arrays.put(array.getName(), array));
        for (TensorProto array : expected.getInitializerList()) {
            if (!array.equals(arrays.get(array.getName()))) {
                throw new IllegalArgumentException("its array " + SafeText.quote(array.getName())
                        + " has other values than " + MODEL + " gives it");
            }
        }
        throw new IllegalArgumentException("its operators are not those that " + MODEL + " is exported to");
    }
}
