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

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a JSON tree in the canonical form of RFC 8785: no spaces, keys by UTF-16 code units (section 3.2.3), strings
 * with the fewest escapes (3.2.2.2), numbers as ECMAScript writes them (3.2.2.3). The digits of a number come from
 * Jackson's implementation of Raffaello Giulietti's Schubfach algorithm; java-json-canonicalization 1.1 is not used
 * because its numbers are wrong, or take minutes, for some subnormal doubles such as 1e-320.
 */
final class CanonicalWriter {
    private final StringBuilder text = new StringBuilder(512);

    private CanonicalWriter() {}

    /**
     * Writes a tree.
     *
     * @param node Objects, arrays, strings, booleans, null, finite doubles and integers that are exact as doubles.
     * @return The canonical form.
     */
    static String write(JsonNode node) {
        CanonicalWriter writer = new CanonicalWriter();
        writer.append(node);
        return writer.text.toString();
    }

    private void append(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
                fields.sort(Map.Entry.comparingByKey());
                char separator = '{';
                for (Map.Entry<String, JsonNode> field : fields) {
                    text.append(separator);
                    separator = ',';
                    append(field.getKey());
                    text.append(':');
                    append(field.getValue());
                }
                text.append(fields.isEmpty() ? "{}" : "}");
            }
            case ARRAY -> {
                char separator = '[';
                for (JsonNode item : node) {
                    text.append(separator);
                    separator = ',';
                    append(item);
                }
                text.append(node.isEmpty() ? "[]" : "]");
            }
            case STRING -> append(node.textValue());
            case NUMBER -> text.append(number(node.doubleValue()));
            case BOOLEAN -> text.append(node.booleanValue());
            case NULL -> text.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException(
                    "There is no JSON for a node of type " + node.getNodeType());
        }
    }

    private void append(String string) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                text.append(string, written, i);
                appendEscaped(c);
                written = i + 1;
            }
        }
        if (written == 0) {
            text.append(string);
        } else {
            text.append(string, written, string.length());
        }
        text.append('"');
    }

    private void appendEscaped(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> text.append("\\u00")
                    .append(Character.forDigit(c >> 4, 16))
                    .append(Character.forDigit(c & 15, 16));
        }
    }

    /**
     * A number as ECMAScript's {@code Number::toString} writes it (ECMA-262, section 6.1.6.1.20).
     *
     * @param value A finite number.
     * @return The shortest digits that are read as the same double, the nearest of these.
     */
    static String number(double value) {
        if (value == 0.0) {
            return "0";
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("There is no JSON for the number " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) <= Json.MAX_INTEGER) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        // The value is 0.DIGITS times ten to the power of point.
        int point = digits.length() - shortest.scale();
        StringBuilder number = new StringBuilder(value < 0.0 ? "-" : "");
        if (point > 21 || point <= -6) {
            number.append(digits, 0, 1);
            if (digits.length() > 1) {
                number.append('.').append(digits, 1, digits.length());
            }
            number.append('e').append(point > 0 ? "+" : "").append(point - 1);
        } else if (point <= 0) {
            number.append("0.").append("0".repeat(-point)).append(digits);
        } else if (digits.length() <= point) {
            number.append(digits).append("0".repeat(point - digits.length()));
        } else {
            number.append(digits, 0, point).append('.').append(digits, point, digits.length());
        }
        return number.toString();
    }

    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            // Java's rule takes the nearest of all decimals with two digits even if one digit would do: 4.9E-324 for
            // 5e-324.
            BigDecimal down = decimal.setScale(decimal.scale() - 1, RoundingMode.DOWN);
            BigDecimal up = down.add(new BigDecimal(BigInteger.ONE, down.scale()));
            boolean nearerUp = up.subtract(decimal).compareTo(decimal.subtract(down)) < 0;
            BigDecimal near = nearerUp ? up : down;
            BigDecimal far = nearerUp ? down : up;
            if (near.doubleValue() == value) {
                return near.stripTrailingZeros();
            } else if (far.doubleValue() == value) {
                return far.stripTrailingZeros();
            }
        }
        return decimal;
    }
}
