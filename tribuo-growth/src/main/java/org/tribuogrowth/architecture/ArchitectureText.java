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

package org.tribuogrowth.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes and reads the canonical text of architectures. The format is versioned by its first line. */
final class ArchitectureText {
    private static final String FIRST_LINE = "tribuo-growth architecture 1";
    /** Bounds what an untrusted text can make the reader do. */
    private static final int MAX_LENGTH = 16 << 20;

    private ArchitectureText() {}

    static String format(Architecture architecture) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        if (architecture.input() instanceof Shape.Image image) {
            text.append("input image ").append(image.height()).append(' ').append(image.width());
            text.append(' ').append(image.channels()).append('\n');
        } else if (architecture.input() instanceof Shape.Sequence sequence) {
            text.append("input sequence ").append(sequence.steps()).append(' ').append(sequence.units());
            text.append('\n');
        } else if (architecture.input() instanceof Shape.Tokens tokens) {
            text.append("input tokens ").append(tokens.steps()).append(' ').append(tokens.vocabulary());
            text.append('\n');
        } else {
            Shape.Vector vector = (Shape.Vector) architecture.input();
            text.append("input vector ").append(vector.units()).append('\n');
        }
        for (UnitGroup group : architecture.groups()) {
            if (group.block()) {
                text.append("block ").append(group.name()).append('\n');
            } else if (!group.name().equals(LayerSpec.INPUT)) {
                text.append("units ").append(group.name()).append(' ').append(group.width());
                text.append(group.searchable() ? " searchable\n" : " fixed\n");
            }
        }
        for (LayerSpec layer : architecture.layers()) {
            text.append("layer ").append(layer.name()).append(' ');
            text.append(describe(layer)).append('\n');
        }
        return text.toString();
    }

    private static String describe(LayerSpec layer) {
        String inputs = " input=" + String.join(",", layer.inputs());
        if (layer instanceof LayerSpec.Convolution c) {
            return "convolution" + inputs + " units=" + c.units() + " kernel=" + c.kernel() + " stride=" + c.stride()
                    + " padding=" + c.padding() + " dilation=" + c.dilation() + affine(c);
        } else if (layer instanceof LayerSpec.DepthwiseConvolution c) {
            return "depthwise-convolution" + inputs + " kernel=" + c.kernel() + " stride=" + c.stride() + " padding="
                    + c.padding() + " dilation=" + c.dilation() + affine(c);
        } else if (layer instanceof LayerSpec.Dense d) {
            return "dense" + inputs + " units=" + d.units() + affine(d);
        } else if (layer instanceof LayerSpec.BatchNormalisation b) {
            return "batch-normalisation" + inputs + " activation="
                    + b.activation().text();
        } else if (layer instanceof LayerSpec.ActivationFunction a) {
            return "activation" + inputs + " function=" + a.function().text();
        } else if (layer instanceof LayerSpec.Pooling p) {
            return "pooling" + inputs + " kind=" + p.kind().text() + " size=" + p.size() + " stride=" + p.stride()
                    + " padding=" + p.padding();
        } else if (layer instanceof LayerSpec.GlobalPooling g) {
            return "global-pooling" + inputs + " kind=" + g.kind().text();
        } else if (layer instanceof LayerSpec.Dropout d) {
            return "dropout" + inputs + " rate=" + d.rate();
        } else if (layer instanceof LayerSpec.Flatten) {
            return "flatten" + inputs;
        } else if (layer instanceof LayerSpec.Sum s) {
            return "sum" + inputs + " activation=" + s.activation().text()
                    + (s.block().isEmpty() ? "" : " block=" + s.block());
        } else if (layer instanceof LayerSpec.Bypass b) {
            return "bypass" + inputs + " block=" + b.block();
        } else if (layer instanceof LayerSpec.Embedding e) {
            return "embedding" + inputs + " units=" + e.units();
        } else if (layer instanceof LayerSpec.Lstm l) {
            return "lstm" + inputs + " units=" + l.units();
        } else if (layer instanceof LayerSpec.LastStep) {
            return "last-step" + inputs;
        } else if (layer instanceof LayerSpec.Concatenation) {
            return "concatenation" + inputs;
        } else if (layer instanceof LayerSpec.Resize r) {
            return "resize" + inputs + " height=" + r.height() + " width=" + r.width() + " kind="
                    + r.kind().text();
        } else if (layer instanceof LayerSpec.Output o) {
            return "output" + inputs + " units=" + o.units() + " activation="
                    + o.activation().text() + (o.tied().isEmpty() ? "" : " tied=" + o.tied());
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }

    private static String affine(LayerSpec.Affine layer) {
        return " bias=" + layer.bias() + " batch-normalisation=" + layer.batchNormalisation() + " activation="
                + layer.activation().text();
    }

    static Architecture parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "An architecture's text has at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        String[] lines = text.split("\n", -1);
        if (lines.length < 3 || !lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException("An architecture's text begins with the line '" + FIRST_LINE + "'");
        }
        Shape input = null;
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            try {
                String[] words = lines[i].split(" ", -1);
                switch (words[0]) {
                    case "input" -> input = parseInput(words);
                    case "units" -> groups.add(parseGroup(words));
                    case "block" -> groups.add(parseBlock(words));
                    case "layer" -> layers.add(parseLayer(words));
                    default -> throw new IllegalArgumentException("a line begins with input, units, block or layer");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Architecture, line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        if (input == null) {
            throw new IllegalArgumentException("An architecture's text has an input line");
        }
        Architecture architecture = new Architecture(input, groups, layers);
        if (!architecture.canonicalText().equals(text)) {
            throw new IllegalArgumentException(
                    "The text is not canonical: order, spacing or number formats differ from what it describes");
        }
        return architecture;
    }

    private static Shape parseInput(String[] words) {
        if (words.length == 5 && words[1].equals("image")) {
            return new Shape.Image(integer(words[2]), integer(words[3]), integer(words[4]));
        } else if (words.length == 3 && words[1].equals("vector")) {
            return new Shape.Vector(integer(words[2]), 1);
        } else if (words.length == 4 && words[1].equals("sequence")) {
            return new Shape.Sequence(integer(words[2]), integer(words[3]));
        } else if (words.length == 4 && words[1].equals("tokens")) {
            return new Shape.Tokens(integer(words[2]), integer(words[3]));
        }
        throw new IllegalArgumentException("an input is 'input image HEIGHT WIDTH CHANNELS', 'input vector UNITS',"
                + " 'input sequence STEPS UNITS' or 'input tokens STEPS VOCABULARY'");
    }

    private static UnitGroup parseGroup(String[] words) {
        if (words.length != 4 || !Arrays.asList("searchable", "fixed").contains(words[3])) {
            throw new IllegalArgumentException("a unit group is 'units NAME WIDTH searchable|fixed'");
        }
        return new UnitGroup(words[1], integer(words[2]), words[3].equals("searchable"));
    }

    private static UnitGroup parseBlock(String[] words) {
        if (words.length != 2) {
            throw new IllegalArgumentException("a block is 'block NAME'");
        }
        return UnitGroup.block(words[1]);
    }

    private static LayerSpec parseLayer(String[] words) {
        if (words.length < 4) {
            throw new IllegalArgumentException("a layer is 'layer NAME TYPE input=... ...'");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1 || fields.put(words[i].substring(0, equals), words[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "a field is name=value and named once, found '" + Excerpt.of(words[i]) + "'");
            }
        }
        Fields f = new Fields(fields);
        String name = words[1];
        LayerSpec layer =
                switch (words[2]) {
                    case "convolution" -> new LayerSpec.Convolution(
                            name,
                            f.text("input"),
                            f.text("units"),
                            f.integer("kernel"),
                            f.integer("stride"),
                            f.integer("padding"),
                            f.integer("dilation"),
                            f.bool("bias"),
                            f.bool("batch-normalisation"),
                            f.activation("activation"));
                    case "depthwise-convolution" -> new LayerSpec.DepthwiseConvolution(
                            name,
                            f.text("input"),
                            f.integer("kernel"),
                            f.integer("stride"),
                            f.integer("padding"),
                            f.integer("dilation"),
                            f.bool("bias"),
                            f.bool("batch-normalisation"),
                            f.activation("activation"));
                    case "dense" -> new LayerSpec.Dense(
                            name,
                            f.text("input"),
                            f.text("units"),
                            f.bool("bias"),
                            f.bool("batch-normalisation"),
                            f.activation("activation"));
                    case "batch-normalisation" -> new LayerSpec.BatchNormalisation(
                            name, f.text("input"), f.activation("activation"));
                    case "activation" -> new LayerSpec.ActivationFunction(
                            name, f.text("input"), f.activation("function"));
                    case "pooling" -> new LayerSpec.Pooling(
                            name,
                            f.text("input"),
                            f.pooling("kind"),
                            f.integer("size"),
                            f.integer("stride"),
                            f.integer("padding"));
                    case "global-pooling" -> new LayerSpec.GlobalPooling(name, f.text("input"), f.pooling("kind"));
                    case "dropout" -> new LayerSpec.Dropout(name, f.text("input"), f.number("rate"));
                    case "flatten" -> new LayerSpec.Flatten(name, f.text("input"));
                    case "sum" -> new LayerSpec.Sum(
                            name,
                            Arrays.asList(f.text("input").split(",", -1)),
                            f.activation("activation"),
                            f.textOrEmpty("block"));
                    case "bypass" -> bypass(name, f.text("input").split(",", -1), f.text("block"));
                    case "embedding" -> new LayerSpec.Embedding(name, f.text("input"), f.text("units"));
                    case "lstm" -> new LayerSpec.Lstm(name, f.text("input"), f.text("units"));
                    case "last-step" -> new LayerSpec.LastStep(name, f.text("input"));
                    case "concatenation" -> new LayerSpec.Concatenation(
                            name, Arrays.asList(f.text("input").split(",", -1)));
                    case "resize" -> new LayerSpec.Resize(
                            name, f.text("input"), f.integer("height"), f.integer("width"), f.resize("kind"));
                    case "output" -> new LayerSpec.Output(
                            name, f.text("input"), f.text("units"), f.activation("activation"), f.textOrEmpty("tied"));
                    default -> throw new IllegalArgumentException("unknown layer type '" + Excerpt.of(words[2]) + "'");
                };
        f.checkAllRead();
        return layer;
    }

    private static LayerSpec.Bypass bypass(String name, String[] inputs, String block) {
        if (inputs.length != 2) {
            throw new IllegalArgumentException("a bypass has two inputs, branch and shortcut, found " + inputs.length);
        }
        return new LayerSpec.Bypass(name, inputs[0], inputs[1], block);
    }

    private static int integer(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "expected a number of at most 9 digits, found '" + Excerpt.of(text) + "'");
        }
        return Integer.parseInt(text);
    }

    /** The fields of one layer's line; every field must be asked for. */
    private static final class Fields {
        private final Map<String, String> values;

        Fields(Map<String, String> values) {
            this.values = values;
        }

        String text(String name) {
            String value = values.remove(name);
            if (value == null) {
                throw new IllegalArgumentException("the field " + name + " is missing");
            }
            return value;
        }

        /** A field that is left out where it is empty; the check for canonical text refuses it written empty. */
        String textOrEmpty(String name) {
            String value = values.remove(name);
            return value == null ? "" : value;
        }

        int integer(String name) {
            return ArchitectureText.integer(text(name));
        }

        double number(String name) {
            String value = text(name);
            try {
                return Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "the field " + name + " is a number, found '" + Excerpt.of(value) + "'", e);
            }
        }

        boolean bool(String name) {
            String value = text(name);
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(
                        "the field " + name + " is true or false, found '" + Excerpt.of(value) + "'");
            };
        }

        Activation activation(String name) {
            return constant(Activation.class, name);
        }

        PoolingKind pooling(String name) {
            return constant(PoolingKind.class, name);
        }

        ResizeKind resize(String name) {
            return constant(ResizeKind.class, name);
        }

        private <E extends Enum<E>> E constant(Class<E> type, String name) {
            String value = text(name);
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("the field " + name + " is one of "
                    + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ", found '"
                    + Excerpt.of(value) + "'");
        }

        void checkAllRead() {
            if (!values.isEmpty()) {
                throw new IllegalArgumentException("unknown fields " + Excerpt.of(values.keySet()));
            }
        }
    }
}
