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

package org.tribuogrowth.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** Between the model that Tribuo's builder makes and the file that this project writes. */
public final class OnnxModel {
    private static final String PRODUCER = "tribuo-growth";

    private OnnxModel() {}

    /**
     * Starts a model of one network alone.
     *
     * @param network The network.
     * @return A graph whose inputs and output have the names of {@link OnnxSignature}, and are rows of floats until {@link
     *     #finish} declares what they are.
     */
    public static ONNXContext context(ExportedNetwork network) {
        ONNXContext context = new ONNXContext();
        context.setName("compact-network");
        ONNXPlaceholder input =
                context.floatInput(OnnxVerifier.INPUT, network.places().size());
        ONNXPlaceholder output = context.floatOutput(OnnxVerifier.OUTPUT, network.outputs());
        ONNXNode scores = network.stepwise()
                ? OnnxGraph.write(network, input, context.floatInput(OnnxVerifier.LENGTHS, 1))
                : OnnxGraph.write(network, input);
        scores.assignTo(output);
        return context;
    }

    /**
     * The graph of one network alone as it is in the file of a model.
     *
     * @param network The network.
     * @return The same graph for an equal network.
     */
    public static GraphProto graph(ExportedNetwork network) {
        return finish(network, context(network).buildGraph());
    }

    private static GraphProto finish(ExportedNetwork network, GraphProto built) {
        return OnnxSignature.of(network).declare(ReadableNames.apply(built));
    }

    /**
     * Gives a model the names, the description and the metadata of this project.
     *
     * @param network     The network of the model.
     * @param built       What {@link org.tribuo.ONNXExportable#buildModel} made.
     * @param description What the model is, for people.
     * @param metadata    What it says about itself.
     * @return The model.
     */
    public static ModelProto finish(
            ExportedNetwork network, ModelProto built, String description, OnnxMetadata metadata) {
        String version = OnnxModel.class.getPackage().getImplementationVersion();
        return built.toBuilder()
                .setGraph(finish(network, built.getGraph()))
                .setProducerName(PRODUCER)
                .setProducerVersion(Optional.ofNullable(version).orElse("unreleased"))
                // Tribuo's builder puts all of the provenance here, which is in the metadata too.
                .setDocString(description)
                .addAllMetadataProps(metadata.entries())
                .build();
    }

    /**
     * Stores arrays of mostly zeros as sparse constants where that takes fewer bytes.
     *
     * @param model A model.
     * @return The same model.
     */
    public static ModelProto sparse(ModelProto model) {
        GraphProto graph = SparseConstants.apply(model.getGraph());
        return model.toBuilder().setGraph(graph).build();
    }

    /**
     * The bytes of a model's file.
     *
     * @param model The model.
     * @return The same bytes for an equal model.
     */
    public static byte[] bytes(ModelProto model) {
        byte[] bytes = new byte[model.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            model.writeTo(output);
        } catch (IOException e) {
            throw new UncheckedIOException("An array took fewer bytes than it was made for", e);
        }
        return bytes;
    }
}
