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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.FieldType;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.tribuo.classification.LabelFactory;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.data.Augmentation;
import org.tribuogrowth.data.ImageLayout;

/**
 * The smallest configuration of each class of the catalogue: every mandatory property has a value, those that are references
 * a component of the first class that suits. New classes are covered as soon as they are in the catalogue; one whose
 * mandatory values cannot be guessed from their types gets a line in {@link #values}.
 */
final class CatalogSamples {
    /** The component of the class in question. */
    static final String NAME = "sample";

    /** The component that is a trainer. */
    static final String TRAINER = "trainer";

    private static final ComponentClass TRAINER_CLASS = type(GrowthTrainer.class);

    /** Classes of Tribuo's that ours refer to. */
    private static final List<String> OTHERS = List.of(LabelFactory.class.getName());

    private final Path folder;
    private final Map<String, String> values;

    /**
     * Prepares samples.
     *
     * @param folder A folder for files, those that sources of data need among them.
     */
    CatalogSamples(Path folder) throws IOException {
        this.folder = folder;
        this.values = values(folder);
    }

    /** Values of mandatory properties that their types do not give away, by class and field. */
    private static Map<String, String> values(Path folder) throws IOException {
        // Absolute, as provenance holds paths.
        Path bundled =
                Path.of("../examples/data/fashion-mnist-8000").toAbsolutePath().normalize();
        Path cifar = Files.write(folder.resolve("cifar.bin"), new byte[3073]);
        Path images = folder.resolve("images");
        Files.createDirectories(images.resolve("class"));
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", images.resolve("class").resolve("black.png").toFile());
        Path text = Files.writeString(folder.resolve("text.txt"), "a sea and a ship and a sea");
        Path voc = folder.resolve("voc");
        Path split = Files.createDirectories(voc.resolve("ImageSets").resolve("Segmentation"));
        Files.writeString(split.resolve("train.txt"), "black\n");
        ImageIO.write(
                image,
                "png",
                Files.createDirectory(voc.resolve("JPEGImages"))
                        .resolve("black.png")
                        .toFile());
        Path mask = Files.createDirectory(voc.resolve("SegmentationClass")).resolve("black.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", mask.toFile());
        Path volume = Files.write(folder.resolve("volume.raw"), new byte[8 * 8 * 8]);
        return Map.of(
                "TextDataSource.path",
                text.toString(),
                "VocSegmentationDataSource.root",
                voc.toString(),
                "PictureSegmentationDataSource.image",
                images.resolve("class").resolve("black.png").toString(),
                "PictureSegmentationDataSource.mask",
                mask.toString(),
                "VolumeSegmentationDataSource.volumePath",
                volume.toString(),
                "VolumeSegmentationDataSource.labelsPath",
                volume.toString(),
                "IdxImageDataSource.imagesPath",
                bundled.resolve("fashion-t10k-2000-images-idx3-ubyte.gz").toString(),
                "IdxImageDataSource.labelsPath",
                bundled.resolve("fashion-t10k-2000-labels-idx1-ubyte.gz").toString(),
                "CifarBinaryDataSource.paths",
                cifar.toString(),
                "ImageFolderDataSource.root",
                images.toString());
    }

    /** All classes of the catalogue. */
    static List<Class<? extends Configurable>> classes() {
        List<Class<? extends Configurable>> classes = new ArrayList<>();
        for (String name : ComponentCatalog.standard().classNames()) {
            classes.add(type(name).type());
        }
        return classes;
    }

    static ComponentClass type(String className) {
        try {
            return ComponentClass.load(className);
        } catch (ComponentClass.UnusableException exception) {
            throw new AssertionError(exception);
        }
    }

    static ComponentClass type(Class<?> type) {
        return type(type.getName());
    }

    /**
     * The smallest configuration of a class.
     *
     * @param type    The class.
     * @param changes What the sample's properties are instead, by name.
     * @param words   Overrides, as on the command line.
     * @return The configuration, whose component {@value #NAME} is of the class.
     */
    Configuration read(Class<?> type, Map<String, String> changes, String... words) throws IOException {
        Path file = folder.resolve(type.getSimpleName() + ".xml");
        Files.writeString(file, "<config>\n" + component(NAME, type(type), changes) + "</config>\n");
        return ConfigurationReader.read(
                List.of(file.toString()),
                CommandLine.parse("test", List.of(), true, 0, List.of(words)).overrides());
    }

    /**
     * A trainer that a component of a class is part of, directly or by way of others.
     *
     * @param type    The class.
     * @param changes What the properties of the component {@value #NAME} of the class are instead.
     * @return The configuration with the component {@value #TRAINER}, or nothing if a trainer has no such part.
     */
    Optional<Configuration> readInTrainer(Class<?> type, Map<String, String> changes) throws IOException {
        Optional<List<Step>> way = way(TRAINER_CLASS, type, new HashSet<>());
        if (way.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(component(NAME, type(type), changes));
        String part = NAME;
        List<Step> steps = new ArrayList<>(way.get());
        Collections.reverse(steps);
        for (int i = 0; i < steps.size(); i++) {
            String name = i == steps.size() - 1 ? TRAINER : "step" + i;
            Map<String, String> properties =
                    new HashMap<>(Map.of(steps.get(i).field().name(), part));
            if (name.equals(TRAINER) && Augmentation.class.isAssignableFrom(type)) {
                properties.put("featureLayout", "images");
                text.append(component(
                        "images", type(ImageLayout.class), Map.of("height", "8", "width", "8", "featurePrefix", "x")));
            }
            text.append(component(name, steps.get(i).owner(), properties));
            part = name;
        }
        Path file = folder.resolve(type.getSimpleName() + "-trainer.xml");
        Files.writeString(file, "<config>\n" + text + "</config>\n");
        return Optional.of(ConfigurationReader.read(List.of(file.toString()), List.of()));
    }

    /** A field of a class that leads on to a part. */
    private record Step(ComponentClass owner, ComponentField field) {}

    private static Optional<List<Step>> way(ComponentClass from, Class<?> to, Set<Class<?>> seen) {
        if (!seen.add(from.type())) {
            return Optional.empty();
        }
        List<ComponentField> references =
                from.fields().stream().filter(ComponentField::isReference).toList();
        for (ComponentField field : references) {
            if (field.valueClass().isAssignableFrom(to)) {
                return Optional.of(List.of(new Step(from, field)));
            }
        }
        for (ComponentField field : references) {
            for (Class<? extends Configurable> next : classes()) {
                if (field.valueClass().isAssignableFrom(next)) {
                    Optional<List<Step>> rest = way(type(next), to, seen);
                    if (rest.isPresent()) {
                        List<Step> all = new ArrayList<>(List.of(new Step(from, field)));
                        all.addAll(rest.get());
                        return Optional.of(all);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private String component(String name, ComponentClass type, Map<String, String> changes) {
        StringBuilder text = new StringBuilder();
        StringBuilder others = new StringBuilder();
        text.append("<component name=\"" + name + "\" type=\"" + type.type().getName() + "\">\n");
        Map<String, ComponentField> fields = new LinkedHashMap<>();
        for (ComponentField field : type.fields()) {
            if (field.mandatory() || changes.containsKey(field.name())) {
                fields.put(field.name(), field);
            }
        }
        fields.values().forEach(field -> {
            String value = changes.get(field.name());
            if (value == null && field.isReference()) {
                value = name + "-" + field.name();
                others.append(component(value, suitable(type, field), Map.of()));
            } else if (value == null) {
                String key = type.type().getSimpleName() + "." + field.name();
                value = Optional.ofNullable(values.get(key)).orElseGet(() -> good(field));
            }
            text.append(property(field, value));
        });
        return text + "</component>\n" + others;
    }

    private static String property(ComponentField field, String value) {
        return switch (field.form()) {
            case SINGLE -> "<property name=\"" + field.name() + "\" value=\"" + value + "\"/>\n";
            case LIST -> "<propertylist name=\"" + field.name() + "\"><item>" + value + "</item></propertylist>\n";
            case MAP -> "<propertymap name=\"" + field.name() + "\"><entry key=\"key\" value=\"" + value
                    + "\"/></propertymap>\n";
        };
    }

    private static ComponentClass suitable(ComponentClass asking, ComponentField field) {
        List<String> candidates = new ArrayList<>(OTHERS);
        candidates.addAll(ComponentCatalog.standard().classNames());
        return candidates.stream()
                .map(CatalogSamples::type)
                .filter(type -> field.valueClass().isAssignableFrom(type.type()))
                .filter(type -> !type.type().equals(asking.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No class for "
                        + asking.type().getName() + "." + field.name() + "; add one to CatalogSamples.OTHERS"));
    }

    /** A value that suits most fields of a type. */
    static String good(ComponentField field) {
        FieldType type = field.valueType();
        return switch (type) {
            case BOOLEAN -> "true";
            case FLOAT, DOUBLE -> "0.5";
            case ENUM -> field.constants().get(0);
            case CHAR -> "x";
            case URL -> "file:/sample";
            default -> isWhole(type) ? "8" : "sample";
        };
    }

    /** Whether a field is of whole numbers. */
    static boolean isWhole(FieldType type) {
        return List.of(
                        FieldType.BYTE,
                        FieldType.SHORT,
                        FieldType.INTEGER,
                        FieldType.LONG,
                        FieldType.ATOMIC_INTEGER,
                        FieldType.ATOMIC_LONG)
                .contains(type);
    }

    /** Whether a field is of numbers with a fraction. */
    static boolean isFractional(FieldType type) {
        return type == FieldType.FLOAT || type == FieldType.DOUBLE;
    }

    /**
     * The object that OLCUT makes of the sample, whether its checks pass or not: refused objects come with a later look-up.
     *
     * @param configuration What {@link #read} gave.
     * @return The object with its fields set.
     */
    static Configurable evenIfRefused(Configuration configuration) {
        return evenIfRefused(configuration, NAME);
    }

    /** The same of any component. */
    static Configurable evenIfRefused(Configuration configuration, String name) {
        ConfigurationManager manager = configuration.manager();
        RuntimeException last = null;
        for (int i = 0; i < 10; i++) {
            try {
                return manager.lookup(name);
            } catch (PropertyException exception) {
                last = exception;
            }
        }
        throw new AssertionError("Even the tenth look-up fails", last);
    }

    /** The sample as the command line would build it. */
    static Configurable build(Configuration configuration) {
        assertThat(ConfigurationChecker.problems(configuration)).isEmpty();
        return new Components(configuration).build(NAME, Configurable.class);
    }
}
