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
import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import java.util.List;
import java.util.Optional;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;

/**
 * What the models of this project have in common: a compact network, what it was found in, and the record of how. Every method
 * throws an {@link IllegalStateException} once the model is closed.
 */
public sealed interface GrownModel extends AutoCloseable permits GrowthModel, GrowthSequenceModel {
    /**
     * The compact network's architecture: its groups are as wide as what is left of them.
     *
     * @return The architecture.
     */
    Architecture architecture();

    /**
     * The dense reference that the search was about.
     *
     * @return The architecture at full width.
     */
    Architecture denseReference();

    /**
     * The dense reference with fresh parameters: what this model's size and speed can be compared with. It has this model's
     * provenance and no ledger.
     *
     * @return A model that predicts nothing of use.
     */
    GrownModel untrainedDenseReference();

    /**
     * Which units of the dense reference the compact network consists of: unit i of a group of {@link #architecture()} is
     * the i-th of these.
     *
     * @return The units.
     */
    ActiveUnits activeUnits();

    /**
     * The parameters of the compact network.
     *
     * @return The parameters.
     */
    NetworkParameters parameters();

    /**
     * The ledger of the training.
     *
     * @return The bytes of {@code ledger.jsonl}.
     */
    byte[] ledger();

    /**
     * The model's name.
     *
     * @return The name.
     */
    String getName();

    /**
     * The features that the model knows.
     *
     * @return The domain.
     */
    ImmutableFeatureMap getFeatureIDMap();

    /**
     * The outputs that the model knows.
     *
     * @return The domain.
     */
    ImmutableOutputInfo<?> getOutputIDInfo();

    /**
     * Whether scores are probabilities.
     *
     * @return True if each is from 0 to 1; those of several outputs sum to 1 only if exactly one of them is true.
     */
    boolean generatesProbabilities();

    /**
     * The model's provenance.
     *
     * @return The provenance.
     */
    ModelProvenance getProvenance();

    /**
     * The configuration that the model was trained with, in which a {@link org.tribuogrowth.search.FixedStructure} with
     * the units and blocks of this model stands for the search: what trains the structure that was found from fresh
     * weights. It comes from the provenance. Weights that are masked are not part of it, nor are transformations of the
     * data set.
     *
     * @return The component {@code trainer}; {@code structure}; {@code trainData}, unless the data did not come from a
     *     configurable source or the provenance was stripped of it; and what these refer to.
     * @throws IllegalStateException If the provenance was stripped of the trainer.
     */
    List<ConfigurationData> finalConfiguration();

    /**
     * The model in its protobuf form.
     *
     * @return A message of Tribuo's for models.
     */
    Message serialize();

    /**
     * Writes the compact network as a model of ONNX, which has not been run then; {@link #onnxExporter()} does that too.
     *
     * @param domain       A reverse-DNS name for the model.
     * @param modelVersion The model's version.
     * @return The same for the same model, provenance included.
     */
    OnnxMl.ModelProto exportONNXModel(String domain, long modelVersion);

    /**
     * Exports to ONNX with a check in ONNX Runtime.
     *
     * @return An exporter of this model, for examples of its type.
     */
    OnnxExporter<?> onnxExporter();

    /**
     * Exports to the layers of stock DL4J, with a check by DL4J.
     *
     * @return An exporter of this model, for examples of its type.
     */
    Dl4jExporter<?> dl4jExporter();

    /** Frees what the model holds outside the heap. A second call has no effect. */
    @Override
    void close();

    /**
     * What the compact network costs.
     *
     * @return The cost.
     */
    default Cost cost() {
        return architecture().denseCost();
    }

    /**
     * What the parameters take in a file, array by array, and how many of them are zero.
     *
     * @return One entry a parameter array, in the order of the architecture's.
     */
    default List<ParameterStorage> parameterStorage() {
        return ParameterCodec.storage(parameters());
    }

    /**
     * The history of the structure from the model's provenance.
     *
     * @return The history, empty if it was stripped.
     */
    default Optional<ArchitectureHistoryProvenance> getArchitectureHistory() {
        return Optional.ofNullable(
                        getProvenance().getInstanceProvenance().getMap().get(ArchitectureHistoryProvenance.NAME))
                .filter(ArchitectureHistoryProvenance.class::isInstance)
                .map(ArchitectureHistoryProvenance.class::cast);
    }
}
