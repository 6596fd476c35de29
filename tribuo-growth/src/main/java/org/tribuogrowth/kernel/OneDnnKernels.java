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

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.tribuogrowth.onednn.OneDnnLibrary;

/**
 * Kernels that call oneDNN directly on ND4J's buffers: single precision on the CPU. oneDNN chooses the code for the
 * processor and for each shape; nothing is copied but weights, which it wants in a layout of its own.
 */
public final class OneDnnKernels implements Kernels {
    private static final class Holder {
        private static final OneDnnKernels INSTANCE = new OneDnnKernels();
    }

    /** Looked for once: a second attempt to load a class that failed tells less than the first. */
    private static final class Obstacle {
        private static final Optional<String> FOUND = find();

        private static Optional<String> find() {
            if (Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.NATIVE_CPU) {
                return Optional.of("ND4J runs on " + Nd4j.getExecutioner().type()
                        + ", whose arrays are not in the processor's memory");
            }
            try {
                OneDnnLibrary.instance();
                return Optional.empty();
            } catch (LinkageError | IllegalStateException e) {
                Throwable cause = e;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                return Optional.of("its native library does not load (" + cause + ")");
            }
        }
    }

    private final OneDnnLibrary library;

    private OneDnnKernels() {
        this.library = OneDnnLibrary.instance();
    }

    /**
     * The one instance.
     *
     * @return The instance.
     * @throws IllegalStateException If oneDNN cannot be used here; the message says why.
     */
    public static OneDnnKernels instance() {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IllegalStateException("The oneDNN kernels cannot be used: " + obstacle.get());
        }
        return Holder.INSTANCE;
    }

    /**
     * Why oneDNN cannot be used in this process.
     *
     * @return The reason, empty if it can be used.
     */
    public static Optional<String> obstacle() {
        return Obstacle.FOUND;
    }

    @Override
    public String name() {
        return "onednn";
    }

    /**
     * {@inheritDoc} For instance "oneDNN 2.5.2 (AVX-512), 2 threads".
     */
    @Override
    public String describe() {
        // oneDNN and ND4J share one OpenMP runtime, so they share its thread count.
        int threads = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
        return "oneDNN " + library.version() + " (" + library.instructionSet() + "), " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public boolean supports(DataType type) {
        return type == DataType.FLOAT;
    }

    @Override
    public AffineKernel convolution(ConvolutionGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnAffine(geometry);
    }

    @Override
    public AffineKernel dense(DenseGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnAffine(geometry);
    }

    @Override
    public NormalisationKernel normalisation(NormalisationGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnNormalisation(geometry);
    }

    @Override
    public PoolingKernel pooling(PoolingGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnPooling(geometry);
    }

    @Override
    public ResizeKernel resize(ResizeGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnResize(geometry);
    }

    @Override
    public ElementwiseKernel elementwise(ElementwiseGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnElementwise(geometry);
    }

    @Override
    public SoftmaxKernel softmax(SoftmaxGeometry geometry, DataType type) {
        checkSupported(type);
        return new OneDnnSoftmax(geometry);
    }

    @Override
    public LstmKernel lstm(LstmGeometry geometry, DataType type) {
        checkSupported(type);
        LstmGeometry filled = FilledLstm.filled(geometry);
        return filled.equals(geometry) ? new OneDnnLstm(geometry) : new FilledLstm(geometry, filled);
    }

    /**
     * {@inheritDoc} Not by oneDNN, which has no such operation, but in Java on the memory that the other kernels use.
     */
    @Override
    public MaskKernel masking(MaskGeometry geometry, DataType type) {
        checkSupported(type);
        return new HostMask(geometry);
    }

    private void checkSupported(DataType type) {
        if (!supports(type)) {
            throw new IllegalArgumentException(
                    "The oneDNN kernels compute in FLOAT, found " + type + "; the ND4J kernels compute in DOUBLE too");
        }
    }
}
