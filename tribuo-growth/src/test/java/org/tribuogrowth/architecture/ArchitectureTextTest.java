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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchitectureTextTest {
    /** The format itself: a change here is a change of the format, and needs a new number in the first line. */
    private static final String GOLDEN =
            """
            tribuo-growth architecture 1
            input image 8 10 3
            units stem 4 searchable
            units inner 5 searchable
            units hidden 6 fixed
            units classes 2 fixed
            layer stem convolution input=input units=stem kernel=3 stride=2 padding=1 dilation=1 bias=false batch-normalisation=true activation=relu
            layer inner convolution input=stem units=inner kernel=3 stride=1 padding=2 dilation=2 bias=true batch-normalisation=false activation=identity
            layer norm batch-normalisation input=inner activation=tanh
            layer branch convolution input=norm units=stem kernel=1 stride=1 padding=0 dilation=1 bias=false batch-normalisation=false activation=identity
            layer sum sum input=branch,stem activation=relu
            layer pool pooling input=sum kind=max size=2 stride=2 padding=0
            layer act activation input=pool function=tanh
            layer drop dropout input=act rate=0.25
            layer flat flatten input=drop
            layer hidden dense input=flat units=hidden bias=true batch-normalisation=false activation=sigmoid
            layer classes output input=hidden units=classes activation=softmax
            """;

    /** A layer that came later; texts without it are what they were. */
    private static final String DEPTHWISE =
            """
            tribuo-growth architecture 1
            input image 8 10 3
            units stem 4 searchable
            units classes 2 fixed
            layer first depthwise-convolution input=input kernel=3 stride=2 padding=1 dilation=1 bias=true batch-normalisation=false activation=identity
            layer stem convolution input=first units=stem kernel=1 stride=1 padding=0 dilation=1 bias=false batch-normalisation=true activation=relu
            layer deep depthwise-convolution input=stem kernel=3 stride=1 padding=2 dilation=2 bias=false batch-normalisation=true activation=relu
            layer pool global-pooling input=deep kind=average
            layer classes output input=pool units=classes activation=softmax
            """;

    @Provide
    Arbitrary<Architecture> architectures() {
        return RandomArchitectures.architectures();
    }

    @Property(tries = 500)
    void parsingTheCanonicalTextGivesTheSameArchitecture(@ForAll("architectures") Architecture architecture) {
        Architecture parsed = Architecture.parse(architecture.canonicalText());
        assertThat(parsed).isEqualTo(architecture).hasSameHashCodeAs(architecture);
        assertThat(parsed.canonicalText()).isEqualTo(architecture.canonicalText());
        assertThat(parsed.digest()).isEqualTo(architecture.digest());
        assertThat(List.copyOf(parsed.layers())).isEqualTo(List.copyOf(architecture.layers()));
        assertThat(List.copyOf(parsed.groups())).isEqualTo(List.copyOf(architecture.groups()));
        assertThat(parsed.input()).isEqualTo(architecture.input());
    }

    /** Any other text is refused or describes another architecture, and is never a crash of another kind. */
    @Property(tries = 500)
    void oneChangedCharacterIsNoticed(
            @ForAll("architectures") Architecture architecture, @ForAll long seed, @ForAll char character) {
        StringBuilder changed = new StringBuilder(architecture.canonicalText());
        Random random = new Random(seed);
        int place = random.nextInt(changed.length());
        char before = changed.charAt(place);
        char after = random.nextBoolean() ? character : "0123456789=, \n-.aeiou".charAt(random.nextInt(21));
        changed.setCharAt(place, after);
        Architecture parsed;
        try {
            parsed = Architecture.parse(changed.toString());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(2000);
            assertThat(after).isNotEqualTo(before);
            return;
        }
        assertThat(parsed.equals(architecture)).isEqualTo(after == before);
    }

    @Test
    void theFormatIsPinned() {
        Architecture architecture = Architecture.parse(GOLDEN);
        assertThat(architecture.canonicalText()).isEqualTo(GOLDEN);
        assertThat(architecture.digest()).isEqualTo("9dc34feadb4824d7bffcb96fb40cb1a2e627d3c249793e6ed0e2b71ceb6d7bfc");
        assertThat(architecture.digest(ActiveUnits.first(architecture, 2)))
                .isEqualTo("6a4311e5fb8e54c68361e480664060870ff446c7d7e92a5f54404463a40854a3");
    }

    @Test
    void theFormatOfDepthwiseConvolutionsIsPinned() {
        Architecture architecture = Architecture.parse(DEPTHWISE);
        assertThat(architecture.canonicalText()).isEqualTo(DEPTHWISE);
        assertThat(architecture.layer("deep"))
                .isEqualTo(
                        new LayerSpec.DepthwiseConvolution("deep", "stem", 3, 1, 2, 2, false, true, Activation.RELU));
        assertThat(architecture.digest()).isEqualTo("32eb3cde028e4b91f79ac29c7bbb79b887be34962fc470a4042cb4dfcf22e833");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    input=stem kernel=3 | input=stem units=stem kernel=3 | unknown fields units
                    input=stem kernel=3 | input=stem kernel=0 | Layer deep: kernel must be 1 to 255, found 0
                    input=stem kernel=3 stride=1 | input=stem stride=1 kernel=3 | not canonical
                    input=stem kernel=3 | input=stem | the field kernel is missing
                    dilation=2 bias=false | dilation=2 bias=true | leave one of the two out
                    padding=2 dilation=2 | padding=0 dilation=9 | Layer deep: its window does not fit
                    dilation=2 bias=false batch-normalisation=true activation=relu | dilation=2 bias=false batch-normalisation=true activation=sigmoid | sigmoid(0) is not 0
                    input image 8 10 3 | input vector 8 | Layer first needs an image
                    """)
    void hostileDepthwiseConvolutionsAreRefusedAndSaidWhy(String found, String replacement, String message) {
        assertThat(DEPTHWISE).contains(found);
        String changed = DEPTHWISE.replace(found, replacement);
        assertThatThrownBy(() -> Architecture.parse(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theDigestCoversTheActiveUnits() {
        Architecture architecture = Architecture.parse(GOLDEN);
        assertThat(architecture.digest(ActiveUnits.first(architecture, 2)))
                .isNotEqualTo(architecture.digest(ActiveUnits.first(architecture, 3)))
                .isNotEqualTo(architecture.digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kernel=3 stride=2 | kernel=99999999999 stride=2 | at most 9 digits
                    kernel=3 stride=2 | kernel=999999999 stride=2 | kernel must be 1 to 255, found 999999999
                    kernel=3 stride=2 | kernel=-3 stride=2 | at most 9 digits
                    kernel=3 stride=2 | kernel=03 stride=2 | not canonical
                    kernel=3 stride=2 | kernel=\u0663 stride=2 | at most 9 digits
                    kernel=3 stride=2 | kernel=3 stride=0 | stride must be 1 to 255
                    kernel=3 stride=2 | stride=2 kernel=3 | not canonical
                    kernel=3 stride=2 | kernel=3 kernel=3 stride=2 | named once
                    kernel=3 stride=2 | kernel=3 stride=2 shell=true | unknown fields shell
                    kernel=3 stride=2 | stride=2 | the field kernel is missing
                    kernel=3 stride=2 | kernel stride=2 | name=value
                    kernel=3 stride=2 | kernel=3  stride=2 | name=value
                    input image 8 10 3 | input image 999999999 999999999 3 | at most 32768
                    input image 8 10 3 | input image 32769 1 3 | at most 32768
                    input image 8 10 3 | input image 8 10 0 | positive height
                    input image 8 10 3 | input image 8 10 2000000 | the width must be 1 to 1048576
                    input image 8 10 3 | input image 8 10 | input image HEIGHT WIDTH CHANNELS
                    input image 8 10 3 | input vector 8 | Layer stem needs an image
                    input image 8 10 3 | input video 8 10 3 | input image HEIGHT WIDTH CHANNELS
                    units stem 4 searchable | units stem 4 | units NAME WIDTH
                    units stem 4 searchable | units stem 4 maybe | units NAME WIDTH
                    units stem 4 searchable | units stem 0 searchable | width must be 1 to
                    units stem 4 searchable | units input 4 searchable | Two unit groups are called input
                    units stem 4 searchable | units inner 4 searchable | Two unit groups are called inner
                    units stem 4 searchable | units ../stem 4 searchable | A unit group's name is letters
                    units hidden 6 fixed | units hidden 6 searchable | sigmoid(0) is not 0
                    units classes 2 fixed | units classes 2 searchable | an output's units are never searched
                    layer norm | layer stem | Two layers are called stem
                    layer norm | layer input | and not 'input'
                    layer norm | layers norm | begins with input, units, block or layer
                    input=branch,stem | input=branch | adds 2 to 16 inputs, found 1
                    input=branch,stem | input=branch,sum | reads sum, which is not an earlier layer
                    input=branch,stem | input=branch,pool | reads pool, which is not an earlier layer
                    input=branch,stem | input=branch,norm | must have the same shape and the same unit group
                    input=branch,stem | input=branch, | which is not an earlier layer
                    input=norm | input=hidden | reads hidden, which is not an earlier layer
                    rate=0.25 | rate=1.0 | below 1, found 1.0
                    rate=0.25 | rate=NaN | below 1, found NaN
                    rate=0.25 | rate=-0.0 | not canonical
                    rate=0.25 | rate=0x1p-2 | not canonical
                    rate=0.25 | rate=2.5e-1 | not canonical
                    rate=0.25 | rate=much | is a number
                    kind=max | kind=median | is one of [max, average]
                    activation=softmax | activation=step | is one of [identity, relu
                    function=tanh | function=softmax | softmax is for outputs only
                    bias=true | bias=yes | is true or false, found 'yes'
                    bias=false batch-normalisation=true | bias=true batch-normalisation=true | leave one of the two out
                    size=2 stride=2 padding=0 | size=2 stride=2 padding=2 | padding must be 0 to 1
                    size=2 stride=2 padding=0 | size=200 stride=2 padding=0 | does not fit
                    units=hidden | units=input | unknown unit group input
                    units=hidden | units=nobody | unknown unit group nobody
                    tribuo-growth architecture 1 | tribuo-growth architecture 2 | begins with the line
                    layer classes output input=hidden | layer classes output input=flat | No layer reads layer hidden
                    """)
    void hostileTextsAreRefusedAndSaidWhy(String found, String replacement, String message) {
        assertThat(GOLDEN).contains(found);
        int place = GOLDEN.indexOf(found);
        String changed = GOLDEN.substring(0, place) + replacement + GOLDEN.substring(place + found.length());
        assertThatThrownBy(() -> Architecture.parse(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void linesThatAreTooManyTwiceOrMissingAreRefused() {
        List<String> texts = new ArrayList<>();
        texts.add("");
        texts.add("\n\n\n");
        texts.add(GOLDEN + "\n");
        texts.add(GOLDEN.substring(0, GOLDEN.length() - 1));
        texts.add(GOLDEN.replace("\n", "\r\n"));
        texts.add(GOLDEN.replace("input image 8 10 3\n", ""));
        texts.add(GOLDEN.replace("input image 8 10 3\n", "input image 8 10 3\ninput image 8 10 3\n"));
        texts.add(GOLDEN.replace("units stem 4 searchable\n", "units stem 4 searchable\nunits spare 4 searchable\n"));
        texts.add(GOLDEN + GOLDEN);
        texts.add(GOLDEN.substring(0, GOLDEN.indexOf("layer classes")));
        for (String text : texts) {
            assertThatThrownBy(() -> Architecture.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aMillionLinesAreRefusedByANumber() {
        StringBuilder text = new StringBuilder("tribuo-growth architecture 1\ninput vector 2\n");
        text.append("units output 2 fixed\n");
        String previous = "input";
        for (int i = 0; i < 200_000; i++) {
            text.append("layer a")
                    .append(i)
                    .append(" dropout input=")
                    .append(previous)
                    .append(" rate=0.5\n");
            previous = "a" + i;
        }
        assertThatThrownBy(() -> Architecture.parse(text.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10000 layers, found 200000");
        while (text.length() <= 16 << 20) {
            text.append("layer b dropout input=a rate=0.5\n");
        }
        assertThatThrownBy(() -> Architecture.parse(text.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 16777216 characters");
        assertThatThrownBy(() -> Architecture.parse("\n".repeat(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with the line");
        String groups = "tribuo-growth architecture 1\n" + "units u 1 fixed\n".repeat(1_000_000);
        assertThatThrownBy(() -> Architecture.parse(groups))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has an input line");
    }

    @Test
    void messagesStayShortWhateverTheTextHolds() {
        String flood = "x".repeat(1_000_000);
        List<String> changes = List.of(
                GOLDEN.replace("kernel=3", "kernel=" + flood),
                GOLDEN.replace("kernel=3", "kernel=3 " + flood),
                GOLDEN.replace("kernel=3", "kernel=3 " + flood + "=1"),
                GOLDEN.replace("layer norm", "layer " + flood),
                GOLDEN.replace("units stem", "units " + flood),
                GOLDEN.replace("units=stem", "units=" + flood),
                GOLDEN.replace("input=norm", "input=" + flood),
                GOLDEN.replace("rate=0.25", "rate=" + flood),
                GOLDEN.replace("bias=true", "bias=" + flood),
                GOLDEN.replace("kind=max", "kind=" + flood),
                GOLDEN.replace("layer pool pooling", "layer pool " + flood));
        for (String text : changes) {
            assertThatThrownBy(() -> Architecture.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
        }
    }

    @Test
    void sizesThatOverflowAreRefused() {
        String huge =
                """
                tribuo-growth architecture 1
                input vector 1048576
                units wide 1048576 searchable
                units output 2 fixed
                layer wide dense input=input units=wide bias=true batch-normalisation=false activation=relu
                layer output output input=wide units=output activation=softmax
                """;
        assertThatThrownBy(() -> Architecture.parse(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer wide would have 1048576 x 1048576 weights");
        assertThatThrownBy(() -> Architecture.parse(DEPTHWISE
                        .replace("stem 4", "stem 1048576")
                        .replace("kernel=3 stride=1 padding=2", "kernel=255 stride=1 padding=255")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer deep would have 1048576 x 65025 weights");
        StringBuilder costly = new StringBuilder("tribuo-growth architecture 1\ninput image 32768 32768 32768\n");
        costly.append("units wide 32768 fixed\nunits output 1 fixed\n");
        String previous = "input";
        for (int i = 0; i < 10; i++) {
            costly.append("layer c").append(i).append(" convolution input=").append(previous);
            costly.append(" units=wide kernel=1 stride=1 padding=0 dilation=1 bias=false batch-normalisation=false"
                    + " activation=relu\n");
            previous = "c" + i;
        }
        costly.append("layer pool global-pooling input=c9 kind=max\n");
        costly.append("layer output output input=pool units=output activation=softmax\n");
        assertThatThrownBy(() -> Architecture.parse(costly.toString()
                        .replace("32768\nunits", "32767\nunits")
                        .replace("units wide 32768", "units wide 65535")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
        assertThatThrownBy(() -> Architecture.parse(costly.toString()
                        .replace("image 32768 32768 32768", "image 32768 32768 46340")
                        .replace("units wide 32768", "units wide 46340")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit 63 bits");
    }
}
