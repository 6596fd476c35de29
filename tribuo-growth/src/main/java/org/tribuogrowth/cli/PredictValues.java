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

package org.tribuogrowth.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.pictures.PictureExamples;

/**
 * Prints what a network of labels or numbers makes of images, a line an image.
 *
 * @param <T> The output type.
 */
final class PredictValues<T extends Output<T>> {
    private static final int MOST_LABELS = 3;

    private final GrowthModel<T> model;
    private final PictureExamples<T> examples;
    private final boolean resize;
    private final PrintStream out;

    PredictValues(GrowthModel<T> model, boolean resize, PrintStream out) {
        this.model = model;
        this.resize = resize;
        this.out = out;
        try {
            this.examples = new PictureExamples<>(
                    model, model.getOutputIDInfo().getDomain().iterator().next());
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    PredictCommand.NAME + ": " + Components.sentence(Components.text(exception)), exception);
        }
    }

    void run(Map<String, Path> images) {
        // Read one by one, so that any number of images fits into memory.
        images.values().forEach(image -> out.println(image + "  " + text(model.predict(examples.of(read(image))))));
    }

    private Picture read(Path image) {
        Shape.Image wanted = examples.shape();
        try {
            Picture picture = Picture.read(image, wanted.channels());
            Shape.Image found = picture.shape();
            boolean fits = found.height() == wanted.height() && found.width() == wanted.width();
            if (!fits && !resize) {
                throw UserError.usage(PredictCommand.about(image) + "it has " + found.height() + "x" + found.width()
                        + " pixels, but the network reads " + wanted.height() + "x" + wanted.width()
                        + "; --resize resizes images without regard to their proportions.");
            }
            return fits ? picture : picture.resized(wanted.height(), wanted.width());
        } catch (IOException | IllegalArgumentException exception) {
            throw UserError.usage(
                    PredictCommand.about(image) + Components.sentence(Components.text(exception)), exception);
        }
    }

    private String text(Prediction<T> prediction) {
        T output = prediction.getOutput();
        List<Label> labels = new ArrayList<>();
        if (output instanceof Label) {
            prediction.getOutputScores().values().forEach(score -> labels.add((Label) score));
            return listed(labels, MOST_LABELS);
        } else if (output instanceof MultiLabel multiple) {
            labels.addAll(multiple.getLabelSet());
            return labels.isEmpty() ? "no label" : listed(labels, labels.size());
        } else if (output instanceof Regressor regressor) {
            List<String> dimensions = new ArrayList<>();
            for (Regressor.DimensionTuple dimension : regressor) {
                dimensions.add(String.format(Locale.ROOT, "%s %.6g", dimension.getName(), dimension.getValue()));
            }
            return String.join(", ", dimensions);
        }
        return output.toString();
    }

    private static String listed(List<Label> labels, int most) {
        return labels.stream()
                .sorted(Comparator.comparingDouble(Label::getScore).reversed().thenComparing(Label::getLabel))
                .limit(most)
                .map(label -> String.format(Locale.ROOT, "%s %.4f", label.getLabel(), label.getScore()))
                .collect(Collectors.joining(", "));
    }
}
