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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * A layer with parameters, which are views into the network's flat vector.
 *
 * @param <C> The configuration.
 */
abstract class ParameterisedLayer<C extends ParameterisedConfiguration> extends OperationLayer<C> {
    private static final long serialVersionUID = 1L;

    private Map<String, INDArray> parameters = new LinkedHashMap<>();
    private Map<String, INDArray> gradients = new LinkedHashMap<>();
    private INDArray flatParameters;
    private INDArray flatGradients;

    ParameterisedLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    final INDArray parameter(ParameterRole role) {
        return parameters.get(role.text());
    }

    final INDArray gradient(ParameterRole role) {
        return gradients.get(role.text());
    }

    /** The gates, null if the layer is not gated. */
    final INDArray gate() {
        return parameters.get(ParameterSlot.GATE);
    }

    final INDArray gateGradient() {
        return gradients.get(ParameterSlot.GATE);
    }

    /** The mask of weights of a role, null if they are not masked. */
    WeightMask mask(ParameterRole role) {
        return null;
    }

    /** The weights of a role behind their mask, as they were when it was last computed, or as they are without one. */
    final INDArray effective(ParameterRole role) {
        WeightMask mask = mask(role);
        return mask == null ? parameter(role) : mask.masked();
    }

    final Gradient allGradients() {
        Gradient gradient = new DefaultGradient(flatGradients);
        for (Map.Entry<String, INDArray> entry : gradients.entrySet()) {
            gradient.setGradientFor(entry.getKey(), entry.getValue(), 'c');
        }
        return gradient;
    }

    @Override
    public INDArray params() {
        return flatParameters;
    }

    @Override
    public INDArray getParam(String param) {
        return parameters.get(param);
    }

    @Override
    public void setParam(String key, INDArray val) {
        parameters.get(key).assign(val);
    }

    @Override
    public void setParamsViewArray(INDArray params) {
        flatParameters = params;
    }

    @Override
    public void setParams(INDArray params) {
        if (params != flatParameters) {
            flatParameters.assign(params.reshape(flatParameters.shape()));
        }
    }

    @Override
    public INDArray getGradientsViewArray() {
        return flatGradients;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        flatGradients = view;
        gradients = layerConf().initializer().getGradientsFromFlattened(conf, view);
    }

    @Override
    public void setParamTable(Map<String, INDArray> paramTable) {
        parameters = paramTable;
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
        return parameters;
    }

    @Override
    public long numParams() {
        return layerConf().initializer().numParams(layerConf());
    }

    @Override
    public boolean updaterDivideByMinibatch(String paramName) {
        // The "gradients" of running statistics are their changes, not sums over the batch.
        return !paramName.equals(ParameterRole.MEAN.text()) && !paramName.equals(ParameterRole.VARIANCE.text());
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
        double sum = 0.0;
        for (Map.Entry<String, INDArray> entry : parameters.entrySet()) {
            List<Regularization> terms = layerConf().getRegularizationByParam(entry.getKey());
            if (terms != null) {
                for (Regularization term : terms) {
                    sum += term.score(entry.getValue(), getIterationCount(), getEpochCount());
                }
            }
        }
        return sum;
    }
}
