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
import java.util.Arrays;
import java.util.Locale;
import org.tribuo.ONNXExportable;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.OnnxModel;
import org.tribuogrowth.export.OnnxSignature;
import org.tribuogrowth.export.OnnxVerifier;
import org.tribuogrowth.export.ScoreComparison;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * Writes a model as a file of ONNX, and runs such a file in ONNX Runtime to see that it computes what the model does.
 *
 * @param <E> The type of the model's examples.
 */
public final class OnnxExporter<E> {
    /** The domain of models for which no other is asked. */
    public static final String DOMAIN = "org.tribuogrowth";

    private static final int BATCH = 128;

    private final ExportedModel<E> exported;

    OnnxExporter(ExportedModel<E> exported) {
        this.exported = exported;
    }

    /** What the model computes. */
    ExportedNetwork network() {
        return exported.network();
    }

    /** The model as a message, see {@link GrowthModel#exportONNXModel}. */
    OnnxMl.ModelProto model(String domain, long version) {
        ExportedNetwork network = network();
        ONNXContext context = OnnxModel.context(network);
        OnnxMl.ModelProto built = ONNXExportable.buildModel(context, domain, version, exported.model());
        return OnnxModel.finish(network, built, description(), metadata());
    }

    private String description() {
        Cost cost = exported.compact().parameters().architecture().denseCost();
        return String.format(
                Locale.ROOT,
                "Compact network of %,d parameters and %,d multiply-adds, found while it was trained by tribuo-growth."
                        + " The metadata names the columns of input and output.",
                cost.parameters(),
                cost.multiplyAdds());
    }

    /** What goes with the network. */
    OnnxMetadata metadata() {
        CompactNetwork compact = exported.compact();
        return new OnnxMetadata(
                ledgerHead(compact.ledger()),
                compact.parameters().architecture().digest(),
                compact.parameters().digest(),
                exported.features(),
                exported.outputType(),
                exported.outputs());
    }

    /** The hash of the last line, which a line feed ends. */
    private static String ledgerHead(byte[] ledger) {
        int end = Math.max(0, ledger.length - 1);
        int start = end;
        while (start > 0 && ledger[start - 1] != '\n') {
            start--;
        }
        return Sha256.of(Arrays.copyOfRange(ledger, start, end));
    }

    /**
     * Exports the model, runs the result in ONNX Runtime and compares.
     *
     * @param sparse    Whether arrays of mostly zeros are stored as sparse tensors where that takes fewer bytes.
     * @param examples  What both are to compute.
     * @param tolerance The largest difference of two scores that is allowed, see {@link ExportVerification}.
     * @return The bytes of the file, and what the comparison said.
     * @throws ExportException            If ONNX Runtime does not take the file, there is no example, or a difference is
     *                                  above the tolerance.
     * @throws IllegalArgumentException If an example has no feature that the model knows.
     */
    public VerifiedOnnx export(boolean sparse, Iterable<E> examples, double tolerance) {
        OnnxMl.ModelProto dense = model(DOMAIN, 0);
        byte[] bytes = OnnxModel.bytes(sparse ? OnnxModel.sparse(dense) : dense);
        ExportVerification verification = verify(bytes, examples, tolerance);
        if (!verification.passed()) {
            throw new ExportException("The exported model, run in ONNX Runtime, does not compute what the model does: "
                    + verification.describe("examples") + ".");
        }
        return new VerifiedOnnx(bytes, dense.getSerializedSize(), verification);
    }

    /**
     * Runs a file of ONNX and compares it with the model.
     *
     * @param onnx      The bytes of the file.
     * @param examples  What both are to compute.
     * @param tolerance The largest difference of two scores that is allowed, see {@link ExportVerification}.
     * @return What the comparison said.
     * @throws ExportException            If ONNX Runtime does not take the file, or it has other inputs or outputs.
     * @throws IllegalArgumentException If an example has no feature that the model knows.
     */
    public ExportVerification verify(byte[] onnx, Iterable<E> examples, double tolerance) {
        ScoreComparison comparison = exported.comparison();
        try (OnnxVerifier runtime = new OnnxVerifier(onnx, signature())) {
            ExportedModel.inBatches(
                    examples, exported.batchSize(BATCH), batch -> exported.compare(batch, runtime, comparison));
        }
        return comparison.result(tolerance);
    }

    /**
     * The inputs and the output of the exported graph.
     *
     * @return Their names, types and shapes.
     */
    public OnnxSignature signature() {
        return OnnxSignature.of(network());
    }
}
