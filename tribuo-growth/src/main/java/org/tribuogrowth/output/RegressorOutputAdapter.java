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

package org.tribuogrowth.output;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * Regression of one or several dimensions: one output unit for each, in the order of their ids in the output domain, without
 * an activation. The network learns the dimensions less their mean and divided by their standard deviation over the training
 * examples, so that the loss weighs them alike; predictions are in the dimensions' own units.
 */
public final class RegressorOutputAdapter implements OutputAdapter<Regressor> {
    @Config(description = "What is minimised over the standardised dimensions: SQUARED, HUBER or ABSOLUTE.")
    private Loss loss = Loss.SQUARED;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** Makes the adapter with the squared loss; also for OLCUT. */
    public RegressorOutputAdapter() {
        // OLCUT calls postConfig after it has set the fields; without it the defaults are good as they are.
        configured = true;
    }

    /**
     * Makes the adapter.
     *
     * @param loss A loss of outputs without an activation.
     * @throws PropertyException If it is of another kind.
     */
    public RegressorOutputAdapter(Loss loss) {
        this.loss = loss;
        postConfig();
    }

    /**
     * Checks the configuration.
     *
     * @throws PropertyException If the loss is missing or of another kind.
     */
    @Override
    public void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requirePresent("loss", loss);
        checks.require(loss.activation() == Activation.IDENTITY, "loss", loss, "SQUARED, HUBER or ABSOLUTE");
        configured = true;
    }

    @Override
    public Class<Regressor> typeWitness() {
        return Regressor.class;
    }

    @Override
    public Loss loss() {
        Configured.require(configured, this);
        return loss;
    }

    @Override
    public boolean generatesProbabilities() {
        return false;
    }

    @Override
    public boolean standardisesTargets() {
        return true;
    }

    @Override
    public int size(ImmutableOutputInfo<Regressor> outputs) {
        return outputs.size();
    }

    @Override
    public List<String> names(ImmutableOutputInfo<Regressor> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(id -> name(outputs, id))
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the dimensions are not those of the domain, or a value is not a finite 32-bit
     *                                  number.
     */
    @Override
    public void encode(
            Regressor output, ImmutableOutputInfo<Regressor> outputs, Shape shape, float[] destination, int offset) {
        if (output.size() != outputs.size()) {
            throw otherDimensions(output, outputs);
        }
        for (int id = 0; id < outputs.size(); id++) {
            // A regressor has its dimensions in the order of their names, which need not be that of the ids.
            String name = name(outputs, id);
            Regressor.DimensionTuple dimension =
                    output.getDimension(name).orElseThrow(() -> otherDimensions(output, outputs));
            float value = (float) dimension.getValue();
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("The dimension '" + name + "' is " + dimension.getValue()
                        + ", allowed are finite 32-bit floating point numbers");
            }
            destination[offset + id] = value;
        }
    }

    private static String name(ImmutableOutputInfo<Regressor> outputs, int id) {
        return outputs.getOutput(id).getNames()[0];
    }

    private static IllegalArgumentException otherDimensions(Regressor output, ImmutableOutputInfo<Regressor> outputs) {
        return new IllegalArgumentException("It has the dimensions " + String.join(", ", output.getNames())
                + ", but those of the output domain are "
                + outputs.getDomain().stream()
                        .map(Regressor::getDimensionNamesString)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If a score is not finite.
     */
    @Override
    public Prediction<Regressor> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<Regressor> outputs,
            Example<Regressor> example,
            int featuresUsed) {
        String[] names = new String[outputs.size()];
        double[] values = new double[names.length];
        for (int id = 0; id < names.length; id++) {
            names[id] = name(outputs, id);
            values[id] = scores[offset + id];
            if (!Double.isFinite(values[id])) {
                throw new IllegalArgumentException(
                        "The dimension '" + names[id] + "' is predicted as " + values[id] + ", expected a number");
            }
        }
        // The regressor sorts the dimensions by name itself.
        return new Prediction<>(new Regressor(names, values), featuresUsed, example);
    }

    @Override
    public String measureName() {
        return "skill";
    }

    /** {@inheritDoc} It is the mean by the examples' weights of {@link #measure}. */
    @Override
    public Measurement newMeasurement(int size, int positions) {
        return Measurement.mean((scores, scoreOffset, targets, targetOffset) ->
                measure(scores, scoreOffset, targets, targetOffset, size));
    }

    /**
     * 1 minus the mean of the squared differences over the standardised dimensions. Over many examples that is the skill
     * score with the mean of the training examples as the reference (A. H. Murphy, Skill scores based on the mean square
     * error, 1988): 1 is perfect, 0 as good as always predicting that mean, and below 0 is worse. It differs from
     * the coefficient of determination by whose mean and variance it refers to.
     */
    double measure(float[] scores, int scoreOffset, float[] targets, int targetOffset, int size) {
        double sum = 0.0;
        for (int i = 0; i < size; i++) {
            double difference = (double) scores[scoreOffset + i] - targets[targetOffset + i];
            sum += difference * difference;
        }
        return 1.0 - sum / size;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
    }

    @Override
    public String toString() {
        return "RegressorOutputAdapter(loss=" + loss + ")";
    }
}
