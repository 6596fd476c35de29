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

package org.tribuogrowth.provenance;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * What the ledger needs from an architecture's canonical text: its unit groups and the names of its layers. It reads
 * the lines {@code input ... UNITS}, {@code units NAME WIDTH searchable|fixed}, {@code block NAME} and {@code layer NAME
 * ...}.
 */
final class ArchitectureOutline {
    private static final String FIRST_LINE = "tribuo-growth architecture 1";
    private static final String INPUT = "input";

    private final String[] lines;
    private final SortedMap<String, GroupRecord> groups = new TreeMap<>();
    private final Set<String> layers = new HashSet<>();

    /**
     * Reads the text.
     *
     * @param text The canonical text.
     * @throws IllegalArgumentException If a line is not understood.
     */
    ArchitectureOutline(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("architecture: the text ends with a line feed");
        }
        lines = text.substring(0, text.length() - 1).split("\n", -1);
        if (!lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException("architecture: the text begins with the line '" + FIRST_LINE
                    + "', found " + SafeText.quote(lines[0]));
        }
        for (int i = 1; i < lines.length; i++) {
            read(i + 1, lines[i]);
        }
        if (!groups.containsKey(INPUT)) {
            throw new IllegalArgumentException("architecture: the text has no line 'input'");
        }
    }

    private void read(int number, String line) {
        String[] words = line.split(" ", -1);
        boolean understood =
                switch (words[0]) {
                    case "input" -> words.length >= 3 && add(INPUT, words[words.length - 1], false, false);
                    case "units" -> words.length == 4
                            && (words[3].equals("searchable") || words[3].equals("fixed"))
                            && add(words[1], words[2], words[3].equals("searchable"), false);
                    case "block" -> words.length == 2 && add(words[1], "1", true, true);
                    case "layer" -> words.length >= 3 && layers.add(Values.name("architecture", words[1]));
                    default -> false;
                };
        if (!understood) {
            throw new IllegalArgumentException("architecture: line " + number
                    + " is not an input, a unit group, a block or a layer of" + " a new name: " + SafeText.quote(line));
        }
    }

    private boolean add(String name, String width, boolean searchable, boolean block) {
        boolean decimal =
                !width.isEmpty() && width.length() <= 8 && width.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal
                && groups.put(
                                Values.name("architecture", name),
                                new GroupRecord(Integer.parseInt(width), searchable, block))
                        == null;
    }

    /**
     * The unit groups.
     *
     * @return All groups by name.
     */
    SortedMap<String, GroupRecord> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    /**
     * The layers.
     *
     * @return Their names.
     */
    Set<String> layers() {
        return Collections.unmodifiableSet(layers);
    }

    /**
     * The architecture in which only the active units exist: the same text with other widths, without the layers of
     * inactive blocks.
     *
     * @param width The number of active units of a group.
     * @return Its canonical text.
     * @throws IllegalArgumentException If a layer's line is not understood.
     */
    String compactText(ToIntFunction<String> width) {
        if (groups.values().stream().anyMatch(GroupRecord::block)) {
            return new CompactText(lines, width).text();
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("units ")) {
                String[] words = line.split(" ", -1);
                text.append("units ").append(words[1]).append(' ').append(width.applyAsInt(words[1]));
                text.append(' ').append(words[3]);
            } else {
                text.append(line);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * The digest of that text.
     *
     * @param width The number of active units of a group.
     * @return 64 hexadecimal digits.
     */
    String compactDigest(ToIntFunction<String> width) {
        return Sha256.of(compactText(width));
    }

    /**
     * Checks that recorded groups are those of the text.
     *
     * @param recorded The groups as recorded.
     * @throws IllegalArgumentException If they differ.
     */
    void requireGroups(Map<String, GroupRecord> recorded) {
        if (!groups.equals(recorded)) {
            throw new IllegalArgumentException(
                    "groups: they are not the unit groups of the architecture's text: " + difference(recorded));
        }
    }

    private String difference(Map<String, GroupRecord> recorded) {
        Set<String> names = new TreeSet<>(groups.keySet());
        names.addAll(recorded.keySet());
        for (String name : names) {
            GroupRecord expected = groups.get(name);
            GroupRecord found = recorded.get(name);
            if (expected == null || !expected.equals(found)) {
                return name + " is " + describe(expected) + " in the text and " + describe(found) + " in the record";
            }
        }
        throw new AssertionError("Equal groups have no difference");
    }

    private static String describe(GroupRecord group) {
        return group == null
                ? "missing"
                : group.width() + (group.searchable() ? " searchable" : " fixed") + " units"
                        + (group.block() ? " of a block" : "");
    }
}
