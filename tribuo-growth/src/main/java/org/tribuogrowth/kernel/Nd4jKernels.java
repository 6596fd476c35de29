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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Kernels made of ND4J's own operations: portable to every ND4J backend and to double precision, but slow on the CPU.
 */
public final class Nd4jKernels implements Kernels {
    private static final String CPU_BACKEND = "nd4j-native";
    private static final String CUDA_BACKEND = "nd4j-cuda-11.6";
    private static final Nd4jKernels INSTANCE = new Nd4jKernels();

    private Nd4jKernels() {}

    /**
     * The one instance.
     *
     * @return The instance.
     */
    public static Nd4jKernels instance() {
        return INSTANCE;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    /**
     * {@inheritDoc} For instance "ND4J 1.0.0-M2.1 nd4j-native, 2 threads".
     */
    @Override
    public String describe() {
        boolean cuda = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.CUDA;
        String backend = cuda ? CUDA_BACKEND : CPU_BACKEND;
        int threads = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
        return "ND4J " + version(backend) + " " + backend + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    private static String version(String artifact) {
        String resource = "META-INF/maven/org.nd4j/" + artifact + "/pom.properties";
        try (InputStream stream = Nd4j.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                return "(unknown version)";
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "(unknown version)");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource + " of the ND4J backend", e);
        }
    }

    @Override
    public boolean supports(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    @Override
    public AffineKernel convolution(ConvolutionGeometry geometry, DataType type) {
        supported(type);
        if (geometry.groups() == 1) {
            return new Nd4jConvolution(geometry, type);
        }
        return Nd4jDepthwiseConvolution.suits(geometry)
                ? new Nd4jDepthwiseConvolution(geometry, type)
                : new Nd4jGroupedConvolution(geometry, type);
    }

    @Override
    public AffineKernel dense(DenseGeometry geometry, DataType type) {
        return new Nd4jDense(geometry, supported(type));
    }

    @Override
    public NormalisationKernel normalisation(NormalisationGeometry geometry, DataType type) {
        return new Nd4jNormalisation(geometry, supported(type));
    }

    @Override
    public PoolingKernel pooling(PoolingGeometry geometry, DataType type) {
        return new Nd4jPooling(geometry, supported(type));
    }

    @Override
    public ResizeKernel resize(ResizeGeometry geometry, DataType type) {
        return new Nd4jResize(geometry, supported(type));
    }

    @Override
    public ElementwiseKernel elementwise(ElementwiseGeometry geometry, DataType type) {
        return new Nd4jElementwise(geometry, supported(type));
    }

    @Override
    public SoftmaxKernel softmax(SoftmaxGeometry geometry, DataType type) {
        return new Nd4jSoftmax(geometry, supported(type));
    }

    @Override
    public LstmKernel lstm(LstmGeometry geometry, DataType type) {
        return new Nd4jLstm(geometry, supported(type));
    }

    @Override
    public MaskKernel masking(MaskGeometry geometry, DataType type) {
        return new Nd4jMask(geometry, supported(type));
    }

    private DataType supported(DataType type) {
        if (!supports(type)) {
            throw new IllegalArgumentException("The ND4J kernels compute in FLOAT and DOUBLE, found " + type);
        }
        return type;
    }
}
