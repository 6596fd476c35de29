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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.Config;
import java.util.List;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Long short-term memories one on the other, which read tokens through an embedding, or vectors as they are, and score
 * every step or the last one. Dropout is on the connections between layers only, never on those from step to step
 * (Zaremba, Sutskever and Vinyals: Recurrent neural network regularization, 2014).
 *
 * <p>With a tied output the matrix of the embedding is that of the output too (Press and Wolf: Using the output embedding
 * to improve language models, 2017); then the embedding is as wide as the last layer, whose units it shares.
 *
 * <p>Layers and unit groups are called {@code embedding}, {@code lstm1}, {@code lstm2} and so on.
 */
public final class LstmFamily extends CheckedFamily {
    private static final String EMBEDDING = "embedding";
    private static final int MAX_LAYERS = 100;

    @Config(description = "The number of units of each layer, first to last.")
    private List<Integer> hiddenUnits = List.of(256, 256);

    @Config(
            description =
                    "The number of values that stand for a token; 0 for as many as the last layer has units. Of no"
                            + " meaning where the input is vectors.")
    private int embeddingUnits = 0;

    @Config(description = "Whether a search may take units from the embedding too.")
    private boolean searchableEmbedding = false;

    @Config(description = "Whether each step is scored, and not the last one alone.")
    private boolean everyStep = false;

    @Config(
            description =
                    "Whether the output shares the embedding's matrix; needs tokens, everyStep and embeddingUnits 0.")
    private boolean tied = false;

    @Config(description = "The probability of setting a value that the first layer reads to zero in training, below 1.")
    private double inputDropout = 0.0;

    @Config(description = "The probability of setting a value between two layers to zero in training, below 1.")
    private double layerDropout = 0.0;

    @Config(description = "The probability of setting a value that the output reads to zero in training, below 1.")
    private double outputDropout = 0.0;

    /** For OLCUT. */
    private LstmFamily() {}

    private LstmFamily(Builder builder) {
        this.hiddenUnits = builder.hiddenUnits;
        this.embeddingUnits = builder.embeddingUnits;
        this.searchableEmbedding = builder.searchableEmbedding;
        this.everyStep = builder.everyStep;
        this.tied = builder.tied;
        this.inputDropout = builder.inputDropout;
        this.layerDropout = builder.layerDropout;
        this.outputDropout = builder.outputDropout;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        hiddenUnits = checks.elements(
                "hiddenUnits", hiddenUnits, Integer.class, "a number of units, 1 to " + UnitGroup.MAX_WIDTH);
        if (hiddenUnits.size() > MAX_LAYERS) {
            throw checks.failure("hiddenUnits", "must have 1 to " + MAX_LAYERS + " items, found " + hiddenUnits.size());
        }
        for (int units : hiddenUnits) {
            checks.range("hiddenUnits", units, 1, UnitGroup.MAX_WIDTH);
        }
        checks.range("embeddingUnits", embeddingUnits, 0, UnitGroup.MAX_WIDTH);
        checks.rate("inputDropout", inputDropout);
        checks.rate("layerDropout", layerDropout);
        checks.rate("outputDropout", outputDropout);
        if (tied && !everyStep) {
            throw checks.failure("tied", "must be false where everyStep is: one output for all steps shares no matrix");
        }
        if (tied && embeddingUnits != 0) {
            throw checks.failure(
                    "embeddingUnits",
                    "must be 0 where the output is tied, since the embedding is as wide as the last layer; found "
                            + embeddingUnits);
        }
        if (tied && searchableEmbedding) {
            throw checks.failure(
                    "searchableEmbedding",
                    "must be false where the output is tied, since the embedding has the units of the last layer");
        }
    }

    @Override
    void build(NetworkBuilder network) {
        addInput(network);
        addDropout(network, inputDropout);
        for (int layer = 1; layer <= hiddenUnits.size(); layer++) {
            String name = name(layer);
            if (!tied || layer < hiddenUnits.size()) {
                network.addGroup(name, hiddenUnits.get(layer - 1), true);
            }
            network.add(new LayerSpec.Lstm(name, network.last(), name));
            addDropout(network, layer < hiddenUnits.size() ? layerDropout : outputDropout);
        }
        if (!everyStep) {
            network.add(new LayerSpec.LastStep("last", network.last()));
        }
        if (tied) {
            network.tieOutput(EMBEDDING);
        }
    }

    private void addInput(NetworkBuilder network) {
        if (network.shape() instanceof Shape.Tokens) {
            int last = hiddenUnits.get(hiddenUnits.size() - 1);
            String units = tied
                    ? network.addGroup(name(hiddenUnits.size()), last, true)
                    : network.addGroup(EMBEDDING, embeddingUnits == 0 ? last : embeddingUnits, searchableEmbedding);
            network.add(new LayerSpec.Embedding(EMBEDDING, network.last(), units));
        } else if (!(network.shape() instanceof Shape.Sequence)) {
            throw new IllegalArgumentException("LstmFamily needs sequences, found "
                    + network.shape().describe() + "; use a SequenceLayout, or a GrowthSequenceTrainer");
        } else if (tied) {
            throw new IllegalArgumentException("LstmFamily: tied is for tokens, which have an embedding, found "
                    + network.shape().describe());
        }
    }

    private static void addDropout(NetworkBuilder network, double rate) {
        if (rate > 0.0) {
            network.add(new LayerSpec.Dropout(network.name("dropout", ""), network.last(), rate));
        }
    }

    private static String name(int layer) {
        return "lstm" + layer;
    }

    @Override
    public String toString() {
        return "LstmFamily(hiddenUnits=" + hiddenUnits + ",embeddingUnits=" + embeddingUnits + ",searchableEmbedding="
                + searchableEmbedding + ",everyStep=" + everyStep + ",tied=" + tied + ",inputDropout=" + inputDropout
                + ",layerDropout=" + layerDropout + ",outputDropout=" + outputDropout + ")";
    }

    /**
     * Starts building a family.
     *
     * @param hiddenUnits The number of units of each layer, first to last.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(List<Integer> hiddenUnits) {
        return new Builder(hiddenUnits);
    }

    /** Builds families in code; the fields and their defaults are those of the configuration. */
    public static final class Builder {
        private final List<Integer> hiddenUnits;
        private int embeddingUnits = 0;
        private boolean searchableEmbedding = false;
        private boolean everyStep = false;
        private boolean tied = false;
        private double inputDropout = 0.0;
        private double layerDropout = 0.0;
        private double outputDropout = 0.0;

        private Builder(List<Integer> hiddenUnits) {
            this.hiddenUnits = hiddenUnits;
        }

        /**
         * Sets how many values stand for a token.
         *
         * @param value The number, or 0 for as many as the last layer has units.
         * @return This builder.
         */
        public Builder embeddingUnits(int value) {
            embeddingUnits = value;
            return this;
        }

        /**
         * Sets whether a search may take units from the embedding.
         *
         * @param value Whether it may.
         * @return This builder.
         */
        public Builder searchableEmbedding(boolean value) {
            searchableEmbedding = value;
            return this;
        }

        /**
         * Sets whether each step is scored.
         *
         * @param value True for each step, false for the last alone.
         * @return This builder.
         */
        public Builder everyStep(boolean value) {
            everyStep = value;
            return this;
        }

        /**
         * Sets whether the output shares the embedding's matrix.
         *
         * @param value Whether it does.
         * @return This builder.
         */
        public Builder tied(boolean value) {
            tied = value;
            return this;
        }

        /**
         * Sets the rates of dropout.
         *
         * @param input  Before the first layer, at least 0 and below 1.
         * @param layer  Between layers, likewise.
         * @param output Before the output, likewise.
         * @return This builder.
         */
        public Builder dropout(double input, double layer, double output) {
            inputDropout = input;
            layerDropout = layer;
            outputDropout = output;
            return this;
        }

        /**
         * Builds the family.
         *
         * @return The family.
         * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a field is out of range.
         */
        public LstmFamily build() {
            return new LstmFamily(this);
        }
    }
}
