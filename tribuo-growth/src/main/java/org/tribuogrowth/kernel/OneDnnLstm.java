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

import java.lang.ref.Reference;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.onednn.LstmCall.Slot;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;

/** Long short-term memory by oneDNN, which keeps gates and cell states in a workspace for the way back. */
final class OneDnnLstm extends LstmBase {
    /** States that the kernel holds itself. */
    private enum OwnState {
        /** What stands for an initial state, or for a gradient of the last one, that is not given. */
        ZEROS,
        /** The hidden state after the last step in training, which the backward pass wants to see. */
        LAST_HIDDEN,
        /** The cell state after the last step in training. */
        LAST_CELL,
        /** Takes the hidden states, or their gradients, that nobody wants. */
        UNWANTED_HIDDEN,
        /** Takes the cell states, or their gradients, that nobody wants. */
        UNWANTED_CELL
    }

    private final OneDnnLstmPasses passes;
    private final long stateBytes;
    private final OneDnnBuffer states;
    private OneDnnPass training;
    private OneDnnPass inference;
    private OneDnnPass backward;
    private OneDnnBuffer workspace;
    /** The parameters whose weights lie packed for inference, or null. */
    private LstmParameters prepared;

    private OneDnnBuffer packed;

    OneDnnLstm(LstmGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.passes = new OneDnnLstmPasses(geometry);
        this.stateBytes = (long) geometry.batch() * geometry.units() * Float.BYTES;
        this.states = new OneDnnBuffer(OwnState.values().length * stateBytes);
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForward(
            INDArray x, LstmParameters parameters, LstmState initial, INDArray y, LstmState last, boolean forTraining) {
        if (forTraining) {
            train(x, parameters, initial, y);
            copyLast(last);
        } else {
            bind(inference().operation(), x, parameters, initial, y)
                    .bind(Slot.LAST_HIDDEN.ordinal(), hidden(last, OwnState.UNWANTED_HIDDEN))
                    .bind(Slot.LAST_CELL.ordinal(), cell(last, OwnState.UNWANTED_CELL));
            if (parameters == prepared) {
                inference.runPacked(packed.address(), weights(parameters));
            } else {
                inference.run(weights(parameters));
            }
        }
        keepReachable(x, y);
        keepRecordsReachable(parameters, initial, last);
    }

    private OneDnnPass inference() {
        if (inference == null) {
            inference = passes.inference();
        }
        return inference;
    }

    @Override
    void prepareChecked(LstmParameters parameters) {
        if (packed == null) {
            packed = new OneDnnBuffer(Math.max(1, inference().blockBytes()));
        }
        inference.pack(packed.address(), weights(parameters));
        prepared = parameters;
        keepRecordsReachable(parameters);
    }

    private void train(INDArray x, LstmParameters parameters, LstmState initial, INDArray y) {
        if (training == null) {
            training = passes.training();
            workspace = new OneDnnBuffer(
                    dnnl.dnnl_memory_desc_get_size(training.operation().layout(dnnl.DNNL_ARG_WORKSPACE)));
        }
        bindTrained(training.operation(), x, parameters, initial, y);
        training.run(weights(parameters));
    }

    private void copyLast(LstmState last) {
        if (last != null) {
            copy(at(OwnState.LAST_HIDDEN), NativeAddress.of(last.hidden()));
            copy(at(OwnState.LAST_CELL), NativeAddress.of(last.cell()));
        }
    }

    private void copy(long from, long to) {
        Pointer.memcpy(new NativeAddress().at(to), new NativeAddress().at(from), stateBytes);
    }

    @Override
    void computeBackward(
            INDArray x,
            LstmParameters parameters,
            LstmState initial,
            INDArray y,
            INDArray dy,
            LstmState dLast,
            INDArray dx,
            LstmParameters dParameters,
            LstmState dInitial) {
        if (backward == null) {
            backward = passes.backward();
        }
        bindTrained(backward.operation(), x, parameters, initial, y)
                .bind(Slot.INPUT_GRADIENT.ordinal(), NativeAddress.of(dx))
                .bind(Slot.FIRST_HIDDEN_GRADIENT.ordinal(), hidden(dInitial, OwnState.UNWANTED_HIDDEN))
                .bind(Slot.FIRST_CELL_GRADIENT.ordinal(), cell(dInitial, OwnState.UNWANTED_CELL))
                .bind(Slot.OUTPUT_GRADIENT.ordinal(), NativeAddress.of(dy))
                .bind(Slot.LAST_HIDDEN_GRADIENT.ordinal(), hidden(dLast, OwnState.ZEROS))
                .bind(Slot.LAST_CELL_GRADIENT.ordinal(), cell(dLast, OwnState.ZEROS));
        backward.run(
                NativeAddress.of(parameters.inputWeights()),
                NativeAddress.of(parameters.recurrentWeights()),
                NativeAddress.of(dParameters.inputWeights()),
                NativeAddress.of(dParameters.recurrentWeights()),
                NativeAddress.of(dParameters.bias()));
        keepReachable(x, y, dy, dx);
        keepRecordsReachable(parameters, initial, dLast, dParameters, dInitial);
    }

    private OneDnnOperation bind(
            OneDnnOperation operation, INDArray x, LstmParameters parameters, LstmState initial, INDArray y) {
        return operation
                .bind(Slot.INPUT.ordinal(), NativeAddress.of(x))
                .bind(Slot.FIRST_HIDDEN.ordinal(), hidden(initial, OwnState.ZEROS))
                .bind(Slot.FIRST_CELL.ordinal(), cell(initial, OwnState.ZEROS))
                .bind(Slot.BIAS.ordinal(), NativeAddress.of(parameters.bias()))
                .bind(Slot.OUTPUT.ordinal(), NativeAddress.of(y));
    }

    private OneDnnOperation bindTrained(
            OneDnnOperation operation, INDArray x, LstmParameters parameters, LstmState initial, INDArray y) {
        return bind(operation, x, parameters, initial, y)
                .bind(Slot.LAST_HIDDEN.ordinal(), at(OwnState.LAST_HIDDEN))
                .bind(Slot.LAST_CELL.ordinal(), at(OwnState.LAST_CELL))
                .bind(Slot.WORKSPACE.ordinal(), workspace.address());
    }

    private static long[] weights(LstmParameters parameters) {
        return new long[] {NativeAddress.of(parameters.inputWeights()), NativeAddress.of(parameters.recurrentWeights())
        };
    }

    private long hidden(LstmState given, OwnState otherwise) {
        return given == null ? at(otherwise) : NativeAddress.of(given.hidden());
    }

    private long cell(LstmState given, OwnState otherwise) {
        return given == null ? at(otherwise) : NativeAddress.of(given.cell());
    }

    /** As {@link #keepReachable}, for the arrays in records, some of which may be null. */
    private static void keepRecordsReachable(Record... records) {
        Reference.reachabilityFence(records);
    }

    private long at(OwnState state) {
        return states.address() + state.ordinal() * stateBytes;
    }

    @Override
    void release() {
        for (OneDnnPass pass : new OneDnnPass[] {training, inference, backward}) {
            if (pass != null) {
                pass.close();
            }
        }
        states.close();
        for (OneDnnBuffer buffer : new OneDnnBuffer[] {workspace, packed}) {
            if (buffer != null) {
                buffer.close();
            }
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
