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

package org.tribuogrowth.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.segmentation.PixelConfusion;

/**
 * Reads the figures of a finished run from its folder. What two files say about the same thing is compared, and costs are
 * computed again from the ledger's architecture and units; what does not agree is an error that names both.
 */
public final class RunReader {
    private static final String LEDGER = "ledger.jsonl";
    private static final String MODEL = "model.tribuo";
    private static final String EVALUATION = "evaluation.json";
    private static final String OBSERVATIONS = "observations.json";
    /** The file in which {@code compare} keeps how fast the compact network predicts. */
    public static final String TIMING = "timing.json";

    /** Two ways of adding the same costs may differ by roundings. */
    private static final double ROUNDING = 1e-9;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private RunReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Compares a run folder with its manifest, and the ledger with itself.
     *
     * @param folder The run folder.
     * @return Why it is not the folder of a run that ended well, or nothing if it is.
     * @throws IOException If a file cannot be read.
     */
    public static Optional<String> problem(Path folder) throws IOException {
        Manifest manifest;
        try {
            manifest = Manifest.read(folder);
        } catch (IllegalArgumentException exception) {
            return Optional.of(exception.getMessage());
        }
        for (Manifest.FileCheck check : manifest.check(folder)) {
            switch (check.status()) {
                case SAME -> {}
                case CHANGED -> {
                    return Optional.of("the file " + check.name() + " was changed after the run");
                }
                case MISSING -> {
                    return Optional.of("the file " + check.name() + " is missing");
                }
            }
        }
        if (!manifest.files().containsKey(LEDGER)) {
            return Optional.of("its manifest does not list " + LEDGER);
        }
        try (InputStream input = Files.newInputStream(folder.resolve(LEDGER), LinkOption.NOFOLLOW_LINKS)) {
            LedgerVerification verification =
                    LedgerVerifier.verify(input, manifest.ledgerHead(), manifest.ledgerEvents());
            return verification.ok()
                    ? Optional.empty()
                    : Optional.of(
                            "line " + verification.badLine().orElseThrow() + " of its ledger " + verification.reason());
        }
    }

    /**
     * The digest of the configuration that a run was made with.
     *
     * @param folder The run folder.
     * @return The digest in its ledger.
     * @throws IllegalStateException If the ledger is not right.
     * @throws IOException           If it cannot be read.
     */
    public static String configurationDigest(Path folder) throws IOException {
        return ledger(folder).configurationDigest();
    }

    /**
     * Reads a finished run.
     *
     * @param folder The run folder.
     * @return Its figures.
     * @throws IllegalStateException If something is missing or two files do not agree; the message names them.
     * @throws IOException           If a file cannot be read.
     */
    public static RunFigures read(Path folder) throws IOException {
        return new RunReader(folder).read();
    }

    private RunFigures read() throws IOException {
        Optional<String> problem = problem(folder);
        if (problem.isPresent()) {
            throw new IllegalStateException("The run folder " + folder + ": " + problem.get());
        }
        LedgerFigures ledger = ledger(folder);
        JsonNode evaluation = json(EVALUATION);
        compare(evaluation, ledger);
        Path model = folder.resolve(MODEL);
        return new RunFigures(
                ledger.search(),
                ledger.kind(),
                ledger.configurationDigest(),
                ledger.dataDigest(),
                ledger.head(),
                ledger.training().epochs(),
                at(evaluation, EVALUATION, "/test/examples").longValue(),
                measures(evaluation),
                ledger.measureName(),
                ledger.validation(),
                ledger.compact(),
                ledger.dense(),
                at(evaluation, EVALUATION, "/storage/nonZeroWeights").longValue(),
                training(evaluation, ledger),
                ledger.widths(),
                at(json(OBSERVATIONS), OBSERVATIONS, "/seconds").doubleValue(),
                Files.size(model),
                FileSize.of(model).gzipBytes(),
                ledger.curves(),
                Files.exists(folder.resolve(TIMING)) ? Optional.of(times()) : Optional.empty());
    }

    private static LedgerFigures ledger(Path folder) throws IOException {
        try {
            return LedgerFigures.read(folder.resolve(LEDGER));
        } catch (IllegalArgumentException exception) {
            throw new IllegalStateException(folder.resolve(LEDGER) + ": " + exception.getMessage(), exception);
        }
    }

    private JsonNode json(String name) throws IOException {
        try {
            return JSON.readTree(folder.resolve(name).toFile());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException(
                    folder.resolve(name) + " is not JSON: " + exception.getOriginalMessage(), exception);
        }
    }

    private JsonNode at(JsonNode object, String name, String pointer) {
        JsonNode value = object.at(pointer);
        if (!value.isNumber()) {
            throw new IllegalStateException(
                    folder.resolve(name) + " has no number at " + pointer + ", found " + value.toString());
        }
        return value;
    }

    private TreeMap<String, Double> measures(JsonNode evaluation) {
        TreeMap<String, Double> measures = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : evaluation.get("test").properties()) {
            if (field.getValue().isNumber() && !field.getKey().equals("examples")) {
                measures.put(field.getKey(), field.getValue().doubleValue());
            }
        }
        return measures;
    }

    private void compare(JsonNode evaluation, LedgerFigures ledger) {
        JsonNode test = evaluation.path("test");
        if (!test.isObject()) {
            throw new IllegalStateException(
                    folder.resolve(EVALUATION) + " has no measures on test data; a comparison needs them");
        }
        same(cost(evaluation, "compactCost"), ledger.compact(), "the compact network's cost");
        same(cost(evaluation, "denseCost"), ledger.dense(), "the dense reference's cost");
        same(
                at(evaluation, EVALUATION, "/epochs").longValue(),
                (long) ledger.training().epochs(),
                "the number of epochs");
        same(evaluation.path("ledgerHead").asText(), ledger.head(), "the ledger's last hash");
        TreeMap<String, Integer> widths = new TreeMap<>();
        for (Map.Entry<String, JsonNode> width : evaluation.path("widths").properties()) {
            widths.put(width.getKey(), width.getValue().intValue());
        }
        same(widths, ledger.widths(), "the widths");
        near(
                at(evaluation, EVALUATION, "/parametersFraction").doubleValue(),
                ledger.compact().fractionOf(ledger.dense(), CostMeasure.PARAMETERS),
                "the part of the parameters");
        near(
                at(evaluation, EVALUATION, "/multiplyAddsFraction").doubleValue(),
                ledger.compact().fractionOf(ledger.dense(), CostMeasure.MULTIPLY_ADDS),
                "the part of the multiply-adds");
        same(
                at(evaluation, EVALUATION, "/storage/weights").longValue(),
                ledger.compact().weights(),
                "the number of weights");
        same(
                at(evaluation, EVALUATION, "/trainingExamples").longValue(),
                ledger.training().examples(),
                "the number of examples learnt from");
        same(
                at(evaluation, EVALUATION, "/trainingMultiplyAdds").longValue(),
                ledger.training().multiplyAdds(),
                "the training's multiply-adds");
        compareAccuracy(test);
        compareMeanIou(test);
        compareDimensions(test);
    }

    private TrainingCost training(JsonNode evaluation, LedgerFigures ledger) {
        double fraction = at(evaluation, EVALUATION, "/trainingCostFraction").doubleValue();
        long multiplyAdds = ledger.training().multiplyAdds();
        // The ledger does not say what was asked for; as a number of examples it must at least be a whole one.
        double asked = multiplyAdds / (fraction * ledger.dense().multiplyAdds());
        if (!(Math.abs(asked - Math.rint(asked)) <= ROUNDING * asked)) {
            throw new IllegalStateException("Two files do not agree on the training's cost: "
                    + folder.resolve(EVALUATION) + " says that it is " + fraction + " of the dense reference's, "
                    + folder.resolve(LEDGER) + " gives " + multiplyAdds + " multiply-adds, which would be that part of "
                    + asked + " examples");
        }
        return new TrainingCost(ledger.training().examples(), multiplyAdds, fraction);
    }

    private void same(Object inEvaluation, Object fromLedger, String what) {
        if (!inEvaluation.equals(fromLedger)) {
            throw disagreement(what, inEvaluation, fromLedger);
        }
    }

    private void near(double inEvaluation, double fromLedger, String what) {
        if (!(Math.abs(inEvaluation - fromLedger) <= ROUNDING * Math.abs(fromLedger))) {
            throw disagreement(what, inEvaluation, fromLedger);
        }
    }

    private IllegalStateException disagreement(String what, Object inEvaluation, Object fromLedger) {
        return new IllegalStateException("Two files do not agree on " + what + ": " + folder.resolve(EVALUATION)
                + " says " + inEvaluation + ", " + folder.resolve(LEDGER) + " gives " + fromLedger);
    }

    private Cost cost(JsonNode evaluation, String name) {
        String pointer = "/" + name + "/";
        return new Cost(
                at(evaluation, EVALUATION, pointer + "weights").longValue(),
                at(evaluation, EVALUATION, pointer + "parameters").longValue(),
                at(evaluation, EVALUATION, pointer + "multiplyAdds").longValue());
    }

    /** The accuracy is the part of the confusion matrix on its diagonal. */
    private void compareAccuracy(JsonNode test) {
        JsonNode confusion = test.path("confusion");
        if (!test.path("accuracy").isNumber() || !confusion.isArray()) {
            return;
        }
        long right = 0;
        long all = 0;
        for (int row = 0; row < confusion.size(); row++) {
            right += confusion.path(row).path(row).longValue();
            for (JsonNode count : confusion.path(row)) {
                all += count.longValue();
            }
        }
        double accuracy = test.get("accuracy").doubleValue();
        if (!(Math.abs(accuracy - (double) right / all) <= ROUNDING)
                || all != test.path("examples").longValue()) {
            throw new IllegalStateException(folder.resolve(EVALUATION) + " does not agree with itself: the accuracy is "
                    + accuracy + " of " + test.path("examples").longValue() + " examples, the confusion matrix has "
                    + right + " of " + all + " right");
        }
    }

    /** The mean intersection over union is that of the confusion matrix. */
    private void compareMeanIou(JsonNode test) {
        JsonNode rows = test.path("confusion");
        if (!test.path("meanIou").isNumber() || !rows.isArray()) {
            return;
        }
        PixelConfusion confusion = new PixelConfusion(rows.size());
        for (int truth = 0; truth < rows.size(); truth++) {
            for (int predicted = 0; predicted < rows.size(); predicted++) {
                confusion.add(truth, predicted, rows.path(truth).path(predicted).longValue());
            }
        }
        double found = test.get("meanIou").doubleValue();
        if (!(Math.abs(found - confusion.meanIou()) <= ROUNDING)) {
            throw new IllegalStateException(folder.resolve(EVALUATION)
                    + " does not agree with itself: the mean intersection over union is " + found
                    + ", that of the confusion matrix " + confusion.meanIou());
        }
    }

    /** A measure of all dimensions is the mean of theirs. */
    private void compareDimensions(JsonNode test) {
        JsonNode dimensions = test.path("dimensions");
        if (!test.path("r2").isNumber() || !dimensions.isArray()) {
            return;
        }
        double sum = 0.0;
        for (JsonNode dimension : dimensions) {
            sum += dimension.path("r2").asDouble(Double.NaN);
        }
        double mean = sum / dimensions.size();
        double found = test.get("r2").doubleValue();
        if (!(Math.abs(found - mean) <= ROUNDING * Math.max(1.0, Math.abs(mean)))) {
            throw new IllegalStateException(folder.resolve(EVALUATION) + " does not agree with itself: r2 is " + found
                    + ", the mean of its " + dimensions.size() + " dimensions is " + mean);
        }
    }

    private InferenceTimes times() throws IOException {
        JsonNode timing = json(TIMING);
        try {
            return new InferenceTimes(
                    timing.path("engine").asText(),
                    at(timing, TIMING, "/single/medianSeconds").doubleValue(),
                    at(timing, TIMING, "/single/ninetiethPercentileSeconds").doubleValue(),
                    at(timing, TIMING, "/single/count").intValue(),
                    at(timing, TIMING, "/batch/size").intValue(),
                    at(timing, TIMING, "/batch/medianSeconds").doubleValue(),
                    at(timing, TIMING, "/batch/count").intValue());
        } catch (IllegalArgumentException exception) {
            throw new IllegalStateException(folder.resolve(TIMING) + ": " + exception.getMessage(), exception);
        }
    }
}
