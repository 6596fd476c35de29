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

package org.tribuogrowth.export;

import java.util.Locale;
import java.util.Optional;

/**
 * How far an exported model, run where it will be run, was from the model that it was exported from.
 *
 * @param examples          The number of examples that both computed.
 * @param decisions         At how many positions of them scores were compared: one an example, or one for each of its
 *                          steps or pixels.
 * @param largestDifference The largest absolute difference of two scores: of probabilities, or of outputs in standard
 *                          deviations of the training targets where the output is scaled.
 * @param agreeing          At how many positions both decide alike: the same largest score, or with independent labels the
 *                          same ones above one half. Empty where nothing is decided, as in regression.
 * @param largestRelative   The largest difference as a part of the score, where nothing is decided; scores below 0.001
 *                          count as 0.001.
 * @param tolerance         The largest difference that is allowed.
 */
public record ExportVerification(
        long examples,
        long decisions,
        double largestDifference,
        Optional<Long> agreeing,
        Optional<Double> largestRelative,
        double tolerance) {
    /**
     * The tolerance unless one is given. Sums of thousands of products in another order differ by some 1e-6 in scores of
     * the order of 1; this leaves room for deep networks and is far below what changes a decision or an evaluation.
     */
    public static final double DEFAULT_TOLERANCE = 1e-4;

    /**
     * Whether the exported model may be used in the model's place.
     *
     * @return True if there was an example and no difference is above the tolerance.
     */
    public boolean passed() {
        return examples > 0 && largestDifference <= tolerance;
    }

    /**
     * Says it in words.
     *
     * @param kind What the examples are, for instance {@code test examples}.
     * @return Part of a sentence, without a full stop.
     */
    public String describe(String kind) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d %s: largest difference %.1e (%.0e allowed)",
                examples,
                kind,
                largestDifference,
                tolerance));
        agreeing.ifPresent(count -> text.append(String.format(Locale.ROOT, ", %,d decided alike", count)));
        if (agreeing.isPresent() && decisions != examples) {
            text.append(String.format(Locale.ROOT, " of %,d steps or pixels", decisions));
        }
        largestRelative.ifPresent(part -> text.append(String.format(Locale.ROOT, ", relative %.1e", part)));
        return text.toString();
    }
}
