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
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Neighbours in the flat parameter vector that are updated alike: the parameters of one of DL4J's blocks with the same weight
 * decay and the same treatment of gradients.
 *
 * @param start       Where the run starts in the flat vector.
 * @param length      How many parameters.
 * @param updater     The index of the updater in the plan's list.
 * @param stateStart  Where the first moment of the first parameter is in the flat state.
 * @param blockLength The number of parameters of the block: how far a parameter's second moment is from its first.
 * @param moments     The number of moments.
 * @param divided     Whether the gradients are sums over the minibatch, to be divided by its size.
 * @param coupled     What is added to the gradient as a part of the weight.
 * @param decoupled   What is subtracted from the weight as a part of the weight, times the learning rate.
 */
record UpdateRun(
        int start,
        int length,
        int updater,
        int stateStart,
        int blockLength,
        int moments,
        boolean divided,
        double coupled,
        double decoupled) {
    int end() {
        return start + length;
    }

    /**
     * Cuts a block into runs.
     *
     * @param block     A block of which {@link #obstacle} finds nothing wrong.
     * @param updater   The index of its updater.
     * @param minibatch Whether the network divides gradients by the size of the minibatch.
     * @return The runs, in order, without empty ones.
     */
    static List<UpdateRun> of(UpdaterBlock block, int updater, boolean minibatch) {
        int blockLength = block.getParamOffsetEnd() - block.getParamOffsetStart();
        int stateLength = block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart();
        int moments = blockLength == 0 ? 0 : stateLength / blockLength;
        List<UpdateRun> runs = new ArrayList<>();
        for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
            String name = parameter.getParamName();
            double coupled = 0.0;
            double decoupled = 0.0;
            for (Regularization regularisation : regularisations(parameter)) {
                WeightDecay decay = (WeightDecay) regularisation;
                if (decay.decoupled()) {
                    decoupled = decay.coefficient();
                } else {
                    coupled = decay.coefficient();
                }
            }
            int start = parameter.getParamOffsetStart();
            UpdateRun run = new UpdateRun(
                    start,
                    parameter.getParamOffsetEnd() - start,
                    updater,
                    block.getUpdaterViewOffsetStart() + start - block.getParamOffsetStart(),
                    blockLength,
                    moments,
                    minibatch && parameter.getLayer().updaterDivideByMinibatch(name),
                    coupled,
                    decoupled);
            UpdateRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.joins(run)) {
                runs.set(runs.size() - 1, last.with(run));
            } else if (run.length > 0) {
                runs.add(run);
            }
        }
        return runs;
    }

    private boolean joins(UpdateRun next) {
        return end() == next.start && divided == next.divided && coupled == next.coupled && decoupled == next.decoupled;
    }

    private UpdateRun with(UpdateRun next) {
        return new UpdateRun(
                start, length + next.length, updater, stateStart, blockLength, moments, divided, coupled, decoupled);
    }

    /** What keeps a parameter from being updated in a run; null if nothing does. */
    static String obstacle(UpdaterBlock.ParamState parameter) {
        boolean coupled = false;
        boolean decoupled = false;
        for (Regularization regularisation : regularisations(parameter)) {
            if (!(regularisation instanceof WeightDecay decay)) {
                return "regularisation " + regularisation.getClass().getName();
            }
            if (decay.decoupled() ? decoupled : coupled) {
                return "several weight decays of one kind";
            }
            coupled |= !decay.decoupled();
            decoupled |= decay.decoupled();
        }
        return null;
    }

    private static List<Regularization> regularisations(UpdaterBlock.ParamState parameter) {
        List<Regularization> found =
                parameter.getLayer().getConfig().getRegularizationByParam(parameter.getParamName());
        return found == null ? List.of() : found;
    }
}
