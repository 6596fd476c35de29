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

package org.tribuogrowth.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tribuogrowth.architecture.ParameterRole;

/** Cuts DL4J's flat vectors into the slots of a layer. Values come from the bank; here they only become neutral. */
final class SlotInitializer implements ParamInitializer {
    static final SlotInitializer INSTANCE = new SlotInitializer();

    private SlotInitializer() {}

    private static List<ParameterSlot> slots(Layer layer) {
        return ((ParameterisedConfiguration) layer).slots();
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return slots(layer).stream().mapToLong(ParameterSlot::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return new ArrayList<>(slots(layer).stream().map(ParameterSlot::name).toList());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return new ArrayList<>(paramKeys(layer).stream()
                .filter(key -> isWeightParam(layer, key))
                .toList());
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return new ArrayList<>(
                paramKeys(layer).stream().filter(key -> isBiasParam(layer, key)).toList());
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return key.equals(ParameterRole.WEIGHT.text())
                || key.equals(ParameterRole.RECURRENT_WEIGHT.text())
                || key.equals(ParameterRole.EMBEDDING.text());
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return key.equals(ParameterRole.BIAS.text());
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        Map<String, INDArray> views = cut(slots(conf.getLayer()), paramsView);
        for (Map.Entry<String, INDArray> entry : views.entrySet()) {
            conf.addVariable(entry.getKey());
            if (initializeParams) {
                boolean neutralOne = entry.getKey().equals(ParameterRole.GAMMA.text())
                        || entry.getKey().equals(ParameterRole.VARIANCE.text())
                        || entry.getKey().equals(ParameterSlot.GATE);
                entry.getValue().assign(neutralOne ? 1.0 : 0.0);
            }
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return cut(slots(conf.getLayer()), gradientView);
    }

    private static Map<String, INDArray> cut(List<ParameterSlot> slots, INDArray flat) {
        INDArray vector = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long offset = 0;
        for (ParameterSlot slot : slots) {
            INDArray view = vector.get(NDArrayIndex.interval(offset, offset + slot.length()));
            views.put(slot.name(), view.reshape('c', slot.shape()));
            offset += slot.length();
        }
        return views;
    }
}
