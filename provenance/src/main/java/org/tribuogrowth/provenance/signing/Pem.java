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

package org.tribuogrowth.provenance.signing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * One block of RFC 7468, and nothing around it.
 *
 * @param label What the block says that it holds.
 * @param der   Its content; not copied.
 */
record Pem(String label, byte[] der) {
    private static final int LINE = 64;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

    /**
     * Reads a file's bytes.
     *
     * @param bytes The file.
     * @return The block.
     * @throws IllegalArgumentException If they are anything but one well-formed block.
     */
    static Pem read(byte[] bytes) {
        List<String> lines =
                new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        if (lines.size() < 3) {
            throw new IllegalArgumentException(
                    "not a PEM file: it does not have the three lines that one has at least");
        }
        Matcher begin = BEGIN.matcher(lines.get(0));
        if (!begin.matches()) {
            throw new IllegalArgumentException(
                    "not a PEM file: it begins with " + SafeText.quote(lines.get(0)) + ", not with -----BEGIN");
        }
        String label = begin.group(1);
        String last = lines.get(lines.size() - 1);
        if (!last.equals("-----END " + label + "-----")) {
            throw new IllegalArgumentException("not a PEM file with one block: it ends with " + SafeText.quote(last)
                    + ", not with the end of its " + label);
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(1, lines.size() - 1)) {
            text.append(line);
        }
        byte[] der = StrictBase64.decodeStandard("the block's content", text.toString());
        return new Pem(label, der);
    }

    /**
     * Writes the block.
     *
     * @return Lines of 64 characters, each ended by a line feed.
     */
    String write() {
        byte[] lineFeed = {'\n'};
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, lineFeed).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
