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

import com.oracle.labs.mlrg.olcut.config.FieldType;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks single values as OLCUT will parse them, and more strictly where it would misread them silently. */
final class ValueChecker {
    private static final String DIGITS = "(?<digits>[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?";
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:NaN|Infinity|" + DIGITS + ")");
    private static final Pattern SUFFIXED = Pattern.compile("[+-]?" + DIGITS + "[fFdD]");

    private ValueChecker() {}

    /**
     * Checks a value that is no reference.
     *
     * @param field The field that it is for.
     * @param value The value.
     * @return Sentences about what is wrong, or nothing.
     */
    @SuppressWarnings("deprecation") // OLCUT still knows fields of the type Random
    static Optional<String> check(ComponentField field, String value) {
        return switch (field.valueType()) {
            case BOOLEAN -> logical(value);
            case BYTE -> parse(value, whole(Byte.MIN_VALUE, Byte.MAX_VALUE), Byte::parseByte);
            case SHORT -> parse(value, whole(Short.MIN_VALUE, Short.MAX_VALUE), Short::parseShort);
            case INTEGER, ATOMIC_INTEGER, RANDOM -> parse(
                    value, whole(Integer.MIN_VALUE, Integer.MAX_VALUE), Integer::parseInt);
            case LONG, ATOMIC_LONG -> parse(value, whole(Long.MIN_VALUE, Long.MAX_VALUE), Long::parseLong);
            case FLOAT -> number(value, Float.MIN_VALUE, Float.MAX_VALUE, Float::parseFloat);
            case DOUBLE -> number(value, Double.MIN_VALUE, Double.MAX_VALUE, Double::parseDouble);
            case CHAR -> value.length() == 1 ? Optional.empty() : problem(value, "a single character");
            case ENUM -> constant(field, value);
            case FILE, PATH -> parse(value, "the name of a file", Path::of);
            case URL -> url(value);
            case DATE_TIME -> parse(value, "a time such as 2026-01-31T12:00:00+01:00", OffsetDateTime::parse);
            case DATE -> parse(value, "a date such as 2026-01-31", LocalDate::parse);
            case TIME -> parse(value, "a time such as 12:00:00+01:00", OffsetTime::parse);
            case STRING -> Optional.empty();
            case CONFIGURABLE -> throw new IllegalStateException("References are checked by ConfigurationChecker");
            case BOOLEAN_ARRAY,
                    BYTE_ARRAY,
                    CHAR_ARRAY,
                    SHORT_ARRAY,
                    INTEGER_ARRAY,
                    LONG_ARRAY,
                    FLOAT_ARRAY,
                    DOUBLE_ARRAY,
                    STRING_ARRAY,
                    CONFIGURABLE_ARRAY,
                    LIST,
                    ENUM_SET,
                    SET,
                    MAP -> throw new IllegalStateException("A single value cannot be a collection: " + field.name());
        };
    }

    private interface Parser {
        Object parse(String value);
    }

    private static String whole(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }

    private static Optional<String> problem(String value, String allowed) {
        return Optional.of("found " + Words.quote(value) + ", but it must be " + allowed + ".");
    }

    private static Optional<String> parse(String value, String allowed, Parser parser) {
        try {
            parser.parse(value);
            return Optional.empty();
        } catch (NumberFormatException | DateTimeParseException | InvalidPathException exception) {
            return problem(value, allowed);
        }
    }

    private interface NumberParser {
        double parse(String value);
    }

    /** Java reads 0.25f, 1d and 0x1p3 as numbers, and numbers beyond its range as infinity or 0. */
    private static Optional<String> number(String value, double least, double most, NumberParser parser) {
        String allowed = "a number such as 0.1 or 1e-3";
        Matcher matcher = DECIMAL.matcher(value.strip());
        if (!matcher.matches()) {
            return problem(
                    value, allowed + (SUFFIXED.matcher(value.strip()).matches() ? ", without a letter after it" : ""));
        }
        if (matcher.group("digits") == null) {
            return Optional.empty();
        }
        double parsed = parser.parse(value.strip());
        boolean vanished = parsed == 0 && matcher.group("digits").chars().anyMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(parsed) || vanished) {
            return problem(value, allowed + ", 0 or of a size from " + least + " to " + most);
        }
        return Optional.empty();
    }

    private static Optional<String> url(String value) {
        try {
            new URL(value);
            return Optional.empty();
        } catch (MalformedURLException exception) {
            return problem(value, "an address such as file:/data/train.csv");
        }
    }

    /** OLCUT reads everything but "true" as false, "yes" and "1" included. */
    private static Optional<String> logical(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Optional.empty();
        }
        return problem(value, "true or false");
    }

    private static Optional<String> constant(ComponentField field, String value) {
        List<String> allowed = field.constants();
        // OLCUT puts the items of an EnumSet into capitals before it looks them up, other values not.
        boolean capitals = FieldType.getFieldType(field.field()) == FieldType.ENUM_SET;
        if (allowed.contains(capitals ? value.toUpperCase(Locale.ROOT) : value)) {
            return Optional.empty();
        }
        return Optional.of("found " + Words.quote(value) + ", but it must be one of " + String.join(", ", allowed) + "."
                + Suggestions.didYouMean(value, allowed));
    }
}
