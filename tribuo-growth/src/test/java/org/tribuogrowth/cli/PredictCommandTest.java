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

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.Shades;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.MaskColours;
import org.tribuogrowth.data.MaskReader;
import org.tribuogrowth.data.SegmentationFiles;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.segmentation.SegmentationMask;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;

/** {@code predict} with real networks of masks and of labels. */
class PredictCommandTest {
    @TempDir
    private static Path models;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());
    private Path masks;

    @BeforeAll
    static void train() throws IOException {
        for (int kernel : new int[] {1, 3}) {
            Path run = Files.createDirectory(models.resolve("kernel" + kernel));
            try (GrowthModel<SegmentationMask> model =
                    Shades.trainer(kernel).build().train(Shades.images(60, 1))) {
                model.serializeToFile(run.resolve("model.tribuo"));
            }
        }
        labels(new ImageLayout(8, 8, 1), "labels.tribuo");
        labels(new VectorLayout(), "vectors.tribuo");
    }

    private static void labels(FeatureLayout layout, String name) throws IOException {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("shades", factory), factory);
        for (int i = 0; i < 60; i++) {
            byte[] pixels = new byte[64];
            Arrays.fill(pixels, (byte) (i % 2 == 0 ? 20 + i : 250 - i));
            data.add(
                    DenseExample.ofBytes(new Label(i % 2 == 0 ? "night" : "day"), FeatureNames.pixels("", 64), pixels));
        }
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        layout,
                        new MlpFamily(List.of(16)),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.01, 0, true, new ConstantRate()))
                .epochs(60)
                .minibatchSize(10)
                .build();
        try (GrowthModel<Label> model = trainer.train(data)) {
            model.serializeToFile(models.resolve(name));
        }
    }

    @BeforeEach
    void name() {
        masks = folder.resolve("masks");
    }

    private Path image(String name, int height, int width) throws IOException {
        int[] greys = new int[height * width];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = grey(i / width, height);
        }
        return SegmentationFiles.image(folder.resolve(name), height, width, greys);
    }

    /** From dark above to bright below, in the greys that the networks learn from. */
    private static int grey(int row, int height) {
        return 15 + 110 * (row * 3 / height);
    }

    private String model(String name) {
        return models.resolve(name).toString();
    }

    private int predict(Object... words) {
        List<String> all = new ArrayList<>(List.of("predict"));
        for (Object word : words) {
            all.add(word.toString());
        }
        return console.run(all.toArray(String[]::new));
    }

    private String refusal(Object... words) {
        assertThat(predict(words)).as(console.out()).isEqualTo(Main.USAGE);
        assertThat(console.err()).startsWith("grow: predict: ").doesNotContain("\tat ");
        assertThat(console.err().strip()).doesNotContain("\n");
        return console.err();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void masksOfPicturesOfAnySizeAreWritten() throws IOException {
        Path wide = image("wide.png", 9, 30);
        Path small = image("small.png", 3, 5);
        assertThat(predict("-m", model("kernel1"), wide, small, "-o", masks, "--overlay", "--alpha", "0.25"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(files(masks)).containsExactly("small-overlay.png", "small.png", "wide-overlay.png", "wide.png");
        SegmentationMask mask =
                new MaskReader(Shades.FACTORY.classes(), MaskColours.none()).read(masks.resolve("wide.png"));
        assertThat(mask.height()).isEqualTo(9);
        assertThat(mask.width()).isEqualTo(30);
        assertThat(mask.classOf(0, 0)).isZero();
        assertThat(mask.classOf(8, 29)).isEqualTo(2);
        assertThat(console.out()).contains("wide.png: dark ", "small.png: dark ", "bright ");
        BufferedImage overlay = ImageIO.read(masks.resolve("wide-overlay.png").toFile());
        // Three quarters of the grey 235 and a quarter of the colour of the class 2, (0, 128, 0).
        assertThat(overlay.getRGB(8 + 29, 8 + 8)).isEqualTo(0xFFB0D0B0);
    }

    @Test
    void truthAndSeveralNetworksAreSetSideBySide() throws IOException {
        Path image = image("one.png", 8, 12);
        int[] truth = new int[8 * 12];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i % 12 == 0 ? 255 : Shades.classOf(grey(i / 12, 8));
        }
        Path folderOfTruth = folder.resolve("truth");
        SegmentationFiles.grey(folderOfTruth.resolve("one.png"), 8, 12, truth);
        assertThat(predict(
                        "-m",
                        model("kernel1"),
                        "-m",
                        model("kernel3/model.tribuo"),
                        image,
                        "-o",
                        masks,
                        "--truth",
                        folderOfTruth))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(files(masks)).containsExactly("one-1.png", "one-2.png", "one-compare.png");
        assertThat(console.out()).contains("(kernel1): ", "(kernel3): ", "mean intersection over union 1.0000");
        assertThat(ImageIO.read(masks.resolve("one-compare.png").toFile()).getWidth())
                .isGreaterThanOrEqualTo(4 * 12);
        SegmentationFiles.grey(folderOfTruth.resolve("one.png"), 8, 11);
        assertThat(refusal("-m", model("kernel1"), image, "-o", folder.resolve("m2"), "--truth", folderOfTruth))
                .contains("8x11", "8x12");
        Files.delete(folderOfTruth.resolve("one.png"));
        assertThat(refusal("-m", model("kernel1"), image, "-o", folder.resolve("m3"), "--truth", folderOfTruth))
                .contains("there is no true mask");
    }

    /** As the runs of a comparison are called. */
    @Test
    void networksOfOneNameAreToldApartByTheirFolders() throws IOException {
        List<String> words = new ArrayList<>();
        for (String kernel : List.of("kernel1", "kernel3")) {
            Path run = Files.createDirectories(folder.resolve(kernel).resolve("seed-1"));
            Files.copy(models.resolve(kernel).resolve("model.tribuo"), run.resolve("model.tribuo"));
            words.addAll(List.of("-m", run.toString()));
        }
        words.addAll(List.of(image("one.png", 8, 12).toString(), "-o", masks.toString()));
        assertThat(predict(words.toArray())).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("(kernel1/seed-1): ", "(kernel3/seed-1): ");
    }

    @Test
    void labelsArePrinted() throws IOException {
        Path dark = SegmentationFiles.grey(folder.resolve("dark.png"), 8, 8, greys(64, 50));
        Path large = SegmentationFiles.grey(folder.resolve("large.png"), 20, 20, greys(400, 240));
        assertThat(predict("-m", model("labels.tribuo"), dark))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).startsWith(dark + "  night 0.").contains(", day 0.");
        assertThat(refusal("-m", model("labels.tribuo"), large)).contains("20x20", "8x8", "--resize");
        assertThat(predict("-m", model("labels.tribuo"), large, "--resize")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains(large + "  day 0.");
        assertThat(predict("-m", model("labels.tribuo"), dark, "--quiet")).isEqualTo(Main.GOOD);
    }

    private static int[] greys(int count, int value) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path image = image("one.png", 8, 8);
        Files.createDirectory(masks);
        Files.writeString(masks.resolve("one.png"), "mine");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks)).contains("one.png exists");
        assertThat(masks.resolve("one.png")).hasContent("mine");
        assertThat(files(masks)).containsExactly("one.png");
    }

    @Test
    void wrongCommandsAreRefused() throws IOException {
        Path image = image("one.png", 8, 8);
        assertThat(refusal("-m", model("kernel1"))).contains("which images?");
        assertThat(refusal(image)).contains("--model is missing");
        assertThat(refusal("-m", model("kernel1"), image)).contains("--output is missing");
        assertThat(refusal("-m", model("nothing"), image)).contains("there is no model or run folder");
        assertThat(refusal("-m", model("kernel1"), folder.resolve("none.png"), "-o", masks))
                .contains("there is no image");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--alpha", "0.5"))
                .contains("belongs to");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--overlay", "--alpha", "2"))
                .contains("'2'", "0 to 1");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--overlap", "8"))
                .contains("0 to 7");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--overlap", "x"))
                .contains("'x'");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--resize"))
                .contains("any size");
        assertThat(refusal("-m", model("kernel1"), image, "-o", masks, "--truth", folder.resolve("none")))
                .contains("no folder");
        assertThat(refusal("-m", model("labels.tribuo"), image, "-o", masks)).contains("--output", "Labels");
        assertThat(refusal("-m", model("labels.tribuo"), "-m", model("kernel1"), image))
                .contains("each kind");
        assertThat(refusal("-m", model("vectors.tribuo"), image)).contains("vector 64", "ImageLayout");
        Path text = Files.writeString(folder.resolve("text.png"), "text");
        assertThat(refusal("-m", model("kernel1"), text, "-o", masks)).contains("no known image format");
        Path twin = image("other/one.png", 8, 8);
        assertThat(refusal("-m", model("kernel1"), image, twin, "-o", masks)).contains("one name");
    }

    @Test
    void theHelpNamesAllOptions() {
        assertThat(predict("--help")).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("-m, --model", "-o, --output", "--overlay", "--alpha", "--overlap", "--truth", "--resize");
    }
}
