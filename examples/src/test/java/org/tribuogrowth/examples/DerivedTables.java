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

package org.tribuogrowth.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.tribuogrowth.random.CountedRandom;

/**
 * Makes the CSV files of {@code examples/data/csv} from the unchanged files beside that folder: a header, the targets in the
 * last columns, a fifth of the rows, drawn at random, in a file for testing.
 */
final class DerivedTables {
    private static final Path DATA = CommandLineRun.ROOT.resolve("examples/data");
    private static final int TEST_SHARE = 5;

    private DerivedTables() {}

    /** The content of every file by its name. */
    static Map<String, String> all() throws IOException {
        Map<String, String> files = new TreeMap<>();
        put(files, "iris", "sepalLength,sepalWidth,petalLength,petalWidth,species", classified("iris.csv"));
        put(
                files,
                "wine",
                "alcohol,malicAcid,ash,alcalinityOfAsh,magnesium,totalPhenols,flavanoids,nonflavanoidPhenols,"
                        + "proanthocyanins,colourIntensity,hue,od280od315,proline,cultivar",
                classified("wine_data.csv"));
        put(files, "breast-cancer", breastCancerHeader(), classified("breast_cancer.csv"));
        put(
                files,
                "diabetes",
                "age,sex,bodyMassIndex,bloodPressure,s1,s2,s3,s4,s5,s6,progression",
                beside(lines("tabular/diabetes_data_raw.csv.gz"), progressions()));
        put(
                files,
                "linnerud",
                "chins,situps,jumps,weight,waist,pulse",
                beside(
                        withoutHeader(lines("tabular/linnerud_exercise.csv")),
                        withoutHeader(lines("tabular/linnerud_physiological.csv"))));
        put(files, "digit-properties", digitsHeader(), digits());
        return files;
    }

    private static void put(Map<String, String> files, String name, String header, List<String> rows) {
        List<String> shuffled = new ArrayList<>(rows);
        CountedRandom random = CountedRandom.of(1, name, 0);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            shuffled.set(i, shuffled.set(other, shuffled.get(i)));
        }
        int test = shuffled.size() / TEST_SHARE;
        files.put(name + "-test.csv", text(header, shuffled.subList(0, test)));
        files.put(name + "-train.csv", text(header, shuffled.subList(test, shuffled.size())));
    }

    private static String text(String header, List<String> rows) {
        return header + "\n" + String.join("\n", rows) + "\n";
    }

    /** Rows whose last value is the number of a class, which the first line names. */
    private static List<String> classified(String file) {
        List<String> lines = lines("tabular/" + file);
        String[] first = lines.get(0).split(",");
        List<String> rows = new ArrayList<>();
        for (String line : withoutHeader(lines)) {
            int comma = line.lastIndexOf(',');
            rows.add(line.substring(0, comma + 1) + first[2 + Integer.parseInt(line.substring(comma + 1))]);
        }
        return rows;
    }

    private static String breastCancerHeader() {
        List<String> columns = new ArrayList<>();
        for (String kind : List.of("mean", "error", "worst")) {
            for (String what : List.of(
                    "Radius",
                    "Texture",
                    "Perimeter",
                    "Area",
                    "Smoothness",
                    "Compactness",
                    "Concavity",
                    "ConcavePoints",
                    "Symmetry",
                    "FractalDimension")) {
                columns.add(kind + what);
            }
        }
        columns.add("diagnosis");
        return String.join(",", columns);
    }

    private static List<String> progressions() {
        return lines("tabular/diabetes_target.csv.gz").stream()
                .map(line -> Integer.toString((int) Double.parseDouble(line)))
                .toList();
    }

    private static List<String> beside(List<String> left, List<String> right) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            rows.add((left.get(i) + " " + right.get(i)).strip().replaceAll("\\s+", ","));
        }
        return rows;
    }

    private static String digitsHeader() {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            header.append('p').append(i / 8).append(i % 8).append(',');
        }
        return header + "even,aboveFour,loop";
    }

    /** What a digit is, instead of which one. */
    private static List<String> digits() {
        List<String> rows = new ArrayList<>();
        for (String line : lines("digits/digits.csv.gz")) {
            int comma = line.lastIndexOf(',');
            int digit = Integer.parseInt(line.substring(comma + 1));
            boolean loop = digit == 0 || digit == 6 || digit == 8 || digit == 9;
            rows.add(line.substring(0, comma) + "," + (digit % 2 == 0) + "," + (digit > 4) + "," + loop);
        }
        return rows;
    }

    private static List<String> withoutHeader(List<String> lines) {
        return lines.subList(1, lines.size());
    }

    private static List<String> lines(String file) {
        Path path = DATA.resolve(file);
        try (InputStream bytes = Files.newInputStream(path);
                InputStream input = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            String text = new String(input.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.split("\r?\n"))
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(path.toString(), exception);
        }
    }
}
