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

package org.tribuogrowth.provenance.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form against the vectors of RFC 8785, and what the reader refuses. */
class JsonTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String canonical(String json) {
        return new String(Json.write(Json.read(utf8(json))), StandardCharsets.UTF_8);
    }

    /** RFC 8785, appendix B: the bits of a double and how it is written. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersOfTheStandard(String bits, String expected) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(new String(Json.write(Json.object().put("n", number)), StandardCharsets.UTF_8))
                .isEqualTo("{\"n\":" + expected + "}");
    }

    /** RFC 8785, section 3.2.2. */
    @Test
    void theSampleOfTheStandard() {
        String input =
                """
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }\
            """;
        assertThat(canonical(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: by UTF-16 code units, so the emoji comes before U+FB33. */
    @Test
    void theOrderOfTheStandard() {
        String input =
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assertThat(canonical(input))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    /** Subnormal numbers, powers of ten and of two, and the neighbours of all of them. */
    static Stream<Double> hardNumbers() {
        List<Double> numbers = new ArrayList<>();
        for (long bits = 1; bits < 5000; bits++) {
            numbers.add(Double.longBitsToDouble(bits));
        }
        for (int exponent = -330; exponent <= 308; exponent++) {
            for (int digits = 1; digits < 30; digits++) {
                numbers.add(Double.parseDouble(digits + "e" + exponent));
            }
        }
        for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
            numbers.add(Math.scalb(1.0, exponent));
        }
        return numbers.stream()
                .flatMap(number -> Stream.of(Math.nextDown(number), number, Math.nextUp(number)))
                .filter(Double::isFinite);
    }

    /** Digit by digit: no shorter decimal is the same double, and none as long is nearer. */
    private static void assertShortestAndNearest(double number) {
        String written = CanonicalWriter.number(number);
        assertThat(Double.parseDouble(written)).isEqualTo(number + 0.0);
        if (number == 0.0) {
            assertThat(written).isEqualTo("0");
            return;
        }
        BigDecimal exact = new BigDecimal(number);
        int digits = new BigDecimal(written).stripTrailingZeros().precision();
        if (digits > 1) {
            for (RoundingMode mode : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
                BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
                assertThat(shorter.doubleValue()).as("shorter than " + written).isNotEqualTo(number);
            }
        }
        BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        BigDecimal error = exact.subtract(new BigDecimal(written)).abs();
        if (nearest.doubleValue() == number) {
            assertThat(error)
                    .as(written)
                    .isEqualByComparingTo(exact.subtract(nearest).abs());
        }
        assertThat(written)
                .matches("-?(0|[1-9]\\d{0,20}|0\\.0{0,5}[1-9]\\d*|[1-9]\\d{0,20}\\.\\d*[1-9]"
                        + "|[1-9](\\.\\d*[1-9])?e(\\+[1-9]\\d*|-[1-9]\\d*))");
    }

    @Test
    void hardNumbersAreShortestAndNearest() {
        hardNumbers().forEach(JsonTest::assertShortestAndNearest);
        assertThat(CanonicalWriter.number(1e-320)).isEqualTo("1e-320");
        assertThat(CanonicalWriter.number(2e-323)).isEqualTo("2e-323");
    }

    @Property
    void anyNumberIsShortestAndNearest(@ForAll long bits) {
        double number = Double.longBitsToDouble(bits);
        if (Double.isFinite(number)) {
            assertShortestAndNearest(number);
            ObjectNode read = Json.read(Json.write(Json.object().put("n", number)));
            assertThat(read.get("n").doubleValue()).isEqualTo(number + 0.0);
        }
    }

    /** The other implementation agrees on all normal numbers; on some subnormal ones it is wrong or does not end. */
    @Property
    void normalNumbersAreWrittenAsByAnotherImplementation(@ForAll long bits, @ForAll double plain) throws IOException {
        for (double number : new double[] {Double.longBitsToDouble(bits), plain}) {
            if (Double.isFinite(number) && Math.abs(number) >= Double.MIN_NORMAL) {
                assertThat(CanonicalWriter.number(number)).isEqualTo(NumberToJSON.serializeNumber(number));
            }
        }
    }

    @Property
    void stringsAndOrderAreWrittenAsByAnotherImplementation(@ForAll Map<String, String> fields) throws IOException {
        ObjectNode object = Json.object();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            object.put(wellFormed(field.getKey()), wellFormed(field.getValue()));
        }
        assertThat(Json.write(object)).isEqualTo(new JsonCanonicalizer(object.toString()).getEncodedUTF8());
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void everyControlCharacterIsEscaped() throws IOException {
        for (char c = 0; c < 0x100; c++) {
            ObjectNode object = Json.object().put("c" + c, "" + c);
            assertThat(Json.write(object)).isEqualTo(new JsonCanonicalizer(object.toString()).getEncodedUTF8());
            assertThat(Json.read(Json.write(object))).isEqualTo(object);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1}//",
                "\ufeff{}",
                "{\"a\":[[[[[[[[[[]]]]]]]]]]}",
                "{\"a\":123456789012345678901234567890123}"
            })
    void whatIsNotOnePlainObjectIsRefused(String json) {
        assertThatThrownBy(() -> Json.read(utf8(json))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
        assertThatThrownBy(() -> Json.read(overlong)).hasMessage("not UTF-8 at byte 3");
        byte[] cut = {'{', '}', (byte) 0xe2, (byte) 0x82};
        assertThatThrownBy(() -> Json.read(cut)).hasMessage("not UTF-8 at byte 3");
        assertThatThrownBy(() -> Json.read("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
