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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.Digests;

/**
 * A text file in memory, cut to tokens: every distinct token once, and of each book the numbers of its tokens.
 *
 * @param tokens The distinct tokens, in the order in which they come first.
 * @param books  For each book the indices of its tokens in {@code tokens}.
 * @param origin What is known of the file.
 */
record TokenisedText(List<String> tokens, List<int[]> books, ImageSourceProvenance.Origin origin) {
    /** The longest text that is read, in unpacked bytes. */
    static final int MOST_BYTES = 1 << 27;

    private static final int CHUNK = 1 << 16;

    /**
     * Reads a file.
     *
     * @param component  The component that asks, for messages.
     * @param field      The field that names the file.
     * @param path       The file, gzipped or plain.
     * @param charset    How its characters are coded.
     * @param bookStarts Where each book begins, in unpacked bytes, ascending from 0; empty for one book.
     * @param tokeniser  Cuts it.
     * @return The text, which has at least one token.
     * @throws PropertyException If the file is missing, too long, empty or not text of this coding.
     */
    static TokenisedText read(
            String component, String field, Path path, Charset charset, List<Integer> bookStarts, Tokeniser tokeniser) {
        MessageDigest digest = Digests.newSha256();
        try (UnpackedFile file = UnpackedFile.open(component, field, path, digest)) {
            byte[] bytes = bytes(file);
            List<Integer> starts = bookStarts.isEmpty() ? List.of(0) : bookStarts;
            int last = starts.get(starts.size() - 1);
            if (last > 0 && last >= bytes.length) {
                throw new PropertyException(
                        component,
                        "bookStarts",
                        "bookStarts has " + last + ", but the file " + UnpackedFile.describe(path) + " has only "
                                + bytes.length + " bytes (unpacked)");
            }
            Cutting cutting = new Cutting(tokeniser);
            for (int book = 0; book < starts.size(); book++) {
                int end = book + 1 < starts.size() ? starts.get(book + 1) : bytes.length;
                cutting.book(decode(file, bytes, starts.get(book), end, charset));
            }
            if (cutting.tokens.isEmpty()) {
                throw file.error("has no tokens: "
                        + (bytes.length == 0
                                ? "it is empty"
                                : "there is nothing but white space in its " + bytes.length + " bytes")
                        + "; expected a text");
            }
            return new TokenisedText(
                    List.copyOf(cutting.tokens),
                    List.copyOf(cutting.books),
                    new ImageSourceProvenance.Origin(Digests.hex(digest.digest()), file.modified()));
        }
    }

    private static byte[] bytes(UnpackedFile file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int read;
        do {
            read = file.read(chunk, "text");
            bytes.write(chunk, 0, read);
            if (bytes.size() > MOST_BYTES) {
                throw file.error("has more than " + MOST_BYTES + " bytes of text, which is the most that is read");
            }
        } while (read == chunk.length);
        return bytes.toByteArray();
    }

    private static String decode(UnpackedFile file, byte[] bytes, int from, int to, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer output = CharBuffer.allocate((int) Math.ceil((to - from) * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(input, output, true);
        if (result.isUnderflow()) {
            result = decoder.flush(output);
        }
        if (!result.isUnderflow()) {
            throw file.error("is not text in " + charset.name() + ": byte " + input.position()
                    + " (unpacked) and what follows make no character; set charset to what the file is written in, for"
                    + " example ISO-8859-1");
        }
        String text = output.flip().toString();
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw file.error("is not text in " + charset.name() + ": it has a zero character; set charset to what the"
                    + " file is written in, for example UTF-16");
        }
        // A mark of the coding at the beginning is no character of the text.
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The tokens of books, numbered. */
    private static final class Cutting {
        private final Tokeniser tokeniser;
        private final List<String> tokens = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<int[]> books = new ArrayList<>();
        private int[] book = new int[CHUNK];
        private int length;

        Cutting(Tokeniser tokeniser) {
            this.tokeniser = tokeniser;
        }

        void book(String text) {
            length = 0;
            tokeniser.cut(text, this::add);
            books.add(Arrays.copyOf(book, length));
        }

        private void add(String token) {
            Integer number = numbers.get(token);
            if (number == null) {
                number = tokens.size();
                numbers.put(token, number);
                tokens.add(token);
            }
            if (length == book.length) {
                book = Arrays.copyOf(book, 2 * length);
            }
            book[length] = number;
            length++;
        }
    }
}
