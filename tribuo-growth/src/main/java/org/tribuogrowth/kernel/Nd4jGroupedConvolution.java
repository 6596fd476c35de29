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

package org.tribuogrowth.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A grouped convolution as one ordinary convolution a group, on dense copies of the group's channels. */
final class Nd4jGroupedConvolution extends AffineBase {
    private final ConvolutionGeometry geometry;
    private final Nd4jConvolution convolution;
    private final INDArray groupX;
    private final INDArray groupY;

    Nd4jGroupedConvolution(ConvolutionGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
        ConvolutionGeometry group = new ConvolutionGeometry(
                geometry.batch(),
                geometry.height(),
                geometry.width(),
                geometry.groupInputs(),
                geometry.groupOutputs(),
                geometry.kernel(),
                geometry.stride(),
                geometry.padding(),
                geometry.dilation());
        this.convolution = new Nd4jConvolution(group, type);
        this.groupX = Nd4jArrays.scratch(type, group.inputShape());
        this.groupY = Nd4jArrays.scratch(type, group.outputShape());
    }

    @Override
    void computeForward(INDArray x, INDArray w, INDArray bias, INDArray y) {
        for (int group = 0; group < geometry.groups(); group++) {
            groupX.assign(inputs(x, group));
            convolution.computeForward(groupX, weights(w, group), bias(bias, group), groupY);
            outputs(y, group).assign(groupY);
        }
    }

    @Override
    void computeBackwardData(INDArray w, INDArray dy, INDArray dx) {
        for (int group = 0; group < geometry.groups(); group++) {
            groupY.assign(outputs(dy, group));
            convolution.computeBackwardData(weights(w, group), groupY, groupX);
            inputs(dx, group).assign(groupX);
        }
    }

    @Override
    void computeBackwardWeights(INDArray x, INDArray dy, INDArray dw, INDArray dBias) {
        for (int group = 0; group < geometry.groups(); group++) {
            groupX.assign(inputs(x, group));
            groupY.assign(outputs(dy, group));
            convolution.computeBackwardWeights(groupX, groupY, weights(dw, group), bias(dBias, group));
        }
    }

    private INDArray inputs(INDArray x, int group) {
        return channels(x, geometry.inputShape(), group, geometry.groupInputs());
    }

    private INDArray outputs(INDArray y, int group) {
        return channels(y, geometry.outputShape(), group, geometry.groupOutputs());
    }

    /** The channels of one group out of an array of images. */
    private static INDArray channels(INDArray images, long[] shape, int group, int width) {
        long all = shape[3];
        long[] strides = {shape[1] * shape[2] * all, shape[2] * all, all, 1};
        shape[3] = width;
        return Nd4jArrays.strided(images, (long) group * width, shape, strides);
    }

    private INDArray weights(INDArray w, int group) {
        long[] shape = geometry.weightShape();
        shape[0] = geometry.groupOutputs();
        return Nd4jArrays.view(w, group * shape[0] * shape[1] * shape[2] * shape[3], shape);
    }

    private INDArray bias(INDArray bias, int group) {
        long width = geometry.groupOutputs();
        return bias == null ? null : Nd4jArrays.view(bias, group * width, width);
    }

    @Override
    void release() {
        convolution.close();
        groupX.close();
        groupY.close();
    }
}
