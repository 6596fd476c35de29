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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * A text as sequences whose every step has one token as its only feature and the next token as its label: what a language
 * model learns from. The file is gzipped or plain and is read, checked and hashed when the source is made;
 * {@link Tokeniser} says how it is cut to tokens.
 *
 * <p>A file may hold several books, of each of which the same part is taken, so that a split is by the position of tokens in
 * a book. Each book's part is one sequence, or several of a largest length. The token before a part is the first step's
 * feature, so that every token of the part is predicted, but for a book's very first.
 *
 * <p>The vocabulary is that of the training part, or of a file of its own: give the sources of training, validation and
 * test the same settings for it. Tokens outside it become the token for unknown ones.
 *
 * <p>Every iteration makes new examples, which share their strings and labels. Relative paths start at the working directory
 * of the process.
 */
public final class TextDataSource implements SequenceDataSource<Label>, Configurable {
    /** The token for unknown ones, unless another is configured. */
    public static final String UNKNOWN_TOKEN = "<unk>";

    /** The token at the end of a line of tokens, unless another is configured. */
    public static final String END_OF_SENTENCE = "<eos>";

    private static final int MOST_TOKENS = 1_000_000;

    @Config(mandatory = true, description = "The text, gzipped or plain.")
    private Path path;

    @Config(description = "What the text is: PROSE, or TOKENS with white space between them and a sentence a line.")
    private TextFormat format = TextFormat.PROSE;

    @Config(description = "What is predicted one after another: WORD or CHARACTER.")
    private TokenUnit unit = TokenUnit.WORD;

    @Config(
            description =
                    "The part of each book: ALL, TRAINING, TRAINING_AND_VALIDATION, VALIDATION or TEST. With ALL the"
                            + " vocabulary is that of the whole text, else that of the training part.")
    private TextPart part = TextPart.ALL;

    @Config(description = "Where training ends, as a fraction of a book's tokens, above 0 and below 1.")
    private double trainingEnd = 0.9;

    @Config(
            description =
                    "Where validation ends, as a fraction of a book's tokens, at least trainingEnd and at most 1.")
    private double validationEnd = 0.95;

    @Config(description = "Where each book begins, in unpacked bytes, ascending from 0; empty means one book.")
    private List<Integer> bookStarts = new ArrayList<>();

    @Config(description = "How characters are coded, by a name that Java knows, for example ISO-8859-1.")
    private String charset = "UTF-8";

    @Config(
            description =
                    "The text that the vocabulary is taken from as a whole, in the same format; not given means the"
                            + " text itself.")
    private Path vocabularyPath = null;

    @Config(
            description =
                    "The largest number of tokens in the vocabulary, that for unknown ones included; 0 means all.")
    private int vocabularySize = 0;

    @Config(description = "How often a token must occur at least to be in the vocabulary.")
    private int minimumCount = 1;

    @Config(description = "The token for those outside the vocabulary.")
    private String unknownToken = UNKNOWN_TOKEN;

    @Config(description = "The token at the end of each line of a file of tokens; empty for none.")
    private String endOfSentence = END_OF_SENTENCE;

    @Config(description = "The largest number of steps of a sequence; 0 means that each book's part is one sequence.")
    private int maximumSequenceLength = 0;

    @ConfigurableName
    private String configName = "";

    private TextSequences sequences;
    private TextSourceProvenance provenance;

    /** For OLCUT. */
    private TextDataSource() {}

    private TextDataSource(Builder builder) {
        this.path = builder.path;
        this.format = builder.format;
        this.unit = builder.unit;
        this.part = builder.part;
        this.trainingEnd = builder.trainingEnd;
        this.validationEnd = builder.validationEnd;
        this.bookStarts = new ArrayList<>(builder.bookStarts);
        this.charset = builder.charset;
        this.vocabularyPath = builder.vocabularyPath;
        this.vocabularySize = builder.vocabularySize;
        this.minimumCount = builder.minimumCount;
        this.unknownToken = builder.unknownToken;
        this.endOfSentence = builder.endOfSentence;
        this.maximumSequenceLength = builder.maximumSequenceLength;
        postConfig();
    }

    /**
     * Checks the fields and reads the text.
     *
     * @throws PropertyException If a field or a file is not as it must be; the message names both.
     */
    @Override
    public void postConfig() {
        sequences = null;
        checkFields();
        Charset coding = coding();
        Tokeniser tokeniser = new Tokeniser(format, unit, unknownToken, endOfSentence);
        TokenisedText text = TokenisedText.read(component(), "path", path, coding, List.copyOf(bookStarts), tokeniser);
        Vocabulary vocabulary =
                Vocabulary.of(counts(text, coding, tokeniser), vocabularySize, minimumCount, unknownToken);
        if (vocabulary.size() < 2) {
            throw refused(
                    "minimumCount",
                    "the vocabulary has " + vocabulary.size() + " tokens, since no two occur " + minimumCount
                            + " times or more in the text that it is taken from; at least 2 are needed");
        }
        double from =
                switch (part) {
                    case ALL, TRAINING, TRAINING_AND_VALIDATION -> 0.0;
                    case VALIDATION -> trainingEnd;
                    case TEST -> validationEnd;
                };
        double to =
                switch (part) {
                    case ALL, TEST -> 1.0;
                    case TRAINING -> trainingEnd;
                    case TRAINING_AND_VALIDATION, VALIDATION -> validationEnd;
                };
        TextSequences cut = TextSequences.cut(text, vocabulary, from, to, maximumSequenceLength, this);
        provenance = new TextSourceProvenance(this, text.origin(), vocabulary);
        sequences = cut;
    }

    private Map<String, Integer> counts(TokenisedText text, Charset coding, Tokeniser tokeniser) {
        if (vocabularyPath == null) {
            return TextSequences.counts(text, part == TextPart.ALL ? 1.0 : trainingEnd);
        }
        TokenisedText other =
                TokenisedText.read(component(), "vocabularyPath", vocabularyPath, coding, List.of(), tokeniser);
        return TextSequences.counts(other, 1.0);
    }

    private void checkFields() {
        FieldChecks checks = new FieldChecks(component());
        checks.requirePresent("path", path);
        checks.requirePresent("format", format);
        checks.requirePresent("unit", unit);
        checks.requirePresent("part", part);
        checks.require(trainingEnd > 0.0 && trainingEnd < 1.0, "trainingEnd", trainingEnd, "above 0 and below 1");
        checks.require(
                validationEnd >= trainingEnd && validationEnd <= 1.0,
                "validationEnd",
                validationEnd,
                "trainingEnd, " + trainingEnd + ", to 1");
        bookStarts = checks.requireElements("bookStarts", bookStarts, Integer.class, "a whole number");
        for (int book = 0; book < bookStarts.size(); book++) {
            int start = bookStarts.get(book);
            checks.require(
                    book == 0 ? start == 0 : start > bookStarts.get(book - 1),
                    "bookStarts",
                    bookStarts,
                    "0 and larger and larger numbers after it");
        }
        checks.requirePresent("charset", charset);
        checks.require(
                vocabularySize == 0 || vocabularySize >= 2 && vocabularySize <= MOST_TOKENS,
                "vocabularySize",
                vocabularySize,
                "0 for all tokens, or 2 to " + MOST_TOKENS);
        checks.requireRange("minimumCount", minimumCount, 1, Integer.MAX_VALUE);
        checks.requirePresent("unknownToken", unknownToken);
        checks.require(!unknownToken.isBlank(), "unknownToken", "'" + unknownToken + "'", "a token");
        checks.requirePresent("endOfSentence", endOfSentence);
        checks.requireRange("maximumSequenceLength", maximumSequenceLength, 0, Integer.MAX_VALUE);
    }

    private Charset coding() {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new PropertyException(
                    e,
                    component(),
                    "charset",
                    "charset must be the name of a coding of characters that Java knows, like UTF-8 or ISO-8859-1, found"
                            + " '" + charset + "'");
        }
    }

    /** Refuses the text or how it is to be taken. */
    PropertyException refused(String field, String message) {
        return new PropertyException(
                component(), field, "the text " + UnpackedFile.describe(path) + " cannot be used: " + message);
    }

    private String component() {
        return ImageSize.orEmpty(configName);
    }

    private TextSequences checked() {
        if (sequences == null) {
            throw new IllegalStateException("This text source's configuration was refused, it cannot be used");
        }
        return sequences;
    }

    /**
     * The part of each book that this source gives.
     *
     * @return The part.
     */
    public TextPart part() {
        return part;
    }

    /**
     * The token for those outside the vocabulary.
     *
     * @return The token.
     */
    public String unknownToken() {
        return unknownToken;
    }

    /**
     * The number of sequences.
     *
     * @return At least 1.
     */
    public int size() {
        return checked().size();
    }

    /**
     * The number of steps of all sequences, each of which predicts one token.
     *
     * @return At least 1.
     */
    public long steps() {
        return checked().steps();
    }

    /**
     * The tokens of the vocabulary, by falling frequency; that for unknown ones is first if there is one.
     *
     * @return The tokens.
     */
    public List<String> vocabulary() {
        return checked().vocabulary();
    }

    @Override
    public LabelFactory getOutputFactory() {
        return new LabelFactory();
    }

    @Override
    public TextSourceProvenance getProvenance() {
        checked();
        return provenance;
    }

    @Override
    public Iterator<SequenceExample<Label>> iterator() {
        return checked().iterator();
    }

    @Override
    public String toString() {
        return "TextDataSource(path=" + path + ",format=" + format + ",unit=" + unit + ",part=" + part
                + ",vocabularyPath=" + vocabularyPath + ",vocabularySize=" + vocabularySize + ",minimumCount="
                + minimumCount + ")";
    }

    /**
     * Starts building a source.
     *
     * @param path The text, gzipped or plain.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    /** Builds sources in code; the fields and their defaults are those of the configuration. */
    public static final class Builder {
        private final Path path;
        private TextFormat format = TextFormat.PROSE;
        private TokenUnit unit = TokenUnit.WORD;
        private TextPart part = TextPart.ALL;
        private double trainingEnd = 0.9;
        private double validationEnd = 0.95;
        private List<Integer> bookStarts = List.of();
        private String charset = "UTF-8";
        private Path vocabularyPath = null;
        private int vocabularySize = 0;
        private int minimumCount = 1;
        private String unknownToken = UNKNOWN_TOKEN;
        private String endOfSentence = END_OF_SENTENCE;
        private int maximumSequenceLength = 0;

        private Builder(Path path) {
            this.path = path;
        }

        /**
         * Sets what the text is.
         *
         * @param value The format.
         * @return This builder.
         */
        public Builder format(TextFormat value) {
            format = value;
            return this;
        }

        /**
         * Sets what is predicted one after another.
         *
         * @param value The unit.
         * @return This builder.
         */
        public Builder unit(TokenUnit value) {
            unit = value;
            return this;
        }

        /**
         * Sets the part of each book.
         *
         * @param value The part.
         * @return This builder.
         */
        public Builder part(TextPart value) {
            part = value;
            return this;
        }

        /**
         * Sets where training ends.
         *
         * @param value A fraction of a book's tokens, above 0 and below 1.
         * @return This builder.
         */
        public Builder trainingEnd(double value) {
            trainingEnd = value;
            return this;
        }

        /**
         * Sets where validation ends.
         *
         * @param value A fraction of a book's tokens, at least that where training ends.
         * @return This builder.
         */
        public Builder validationEnd(double value) {
            validationEnd = value;
            return this;
        }

        /**
         * Sets where books begin.
         *
         * @param value Unpacked bytes, ascending from 0; empty for one book.
         * @return This builder.
         */
        public Builder bookStarts(List<Integer> value) {
            bookStarts = List.copyOf(value);
            return this;
        }

        /**
         * Sets how characters are coded.
         *
         * @param value A name that Java knows.
         * @return This builder.
         */
        public Builder charset(String value) {
            charset = value;
            return this;
        }

        /**
         * Sets the text that the vocabulary is taken from.
         *
         * @param value A file, or null for the text itself.
         * @return This builder.
         */
        public Builder vocabularyPath(Path value) {
            vocabularyPath = value;
            return this;
        }

        /**
         * Sets the largest size of the vocabulary.
         *
         * @param value At least 2, that for unknown ones included, or 0 for all.
         * @return This builder.
         */
        public Builder vocabularySize(int value) {
            vocabularySize = value;
            return this;
        }

        /**
         * Sets how often tokens of the vocabulary occur at least.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public Builder minimumCount(int value) {
            minimumCount = value;
            return this;
        }

        /**
         * Sets the token for those outside the vocabulary.
         *
         * @param value The token.
         * @return This builder.
         */
        public Builder unknownToken(String value) {
            unknownToken = value;
            return this;
        }

        /**
         * Sets the token at the end of a line of tokens.
         *
         * @param value The token, empty for none.
         * @return This builder.
         */
        public Builder endOfSentence(String value) {
            endOfSentence = value;
            return this;
        }

        /**
         * Sets the largest number of steps of a sequence.
         *
         * @param value At least 1, or 0 for any.
         * @return This builder.
         */
        public Builder maximumSequenceLength(int value) {
            maximumSequenceLength = value;
            return this;
        }

        /**
         * Reads the text.
         *
         * @return The source.
         * @throws PropertyException If a field or a file is not as it must be.
         */
        public TextDataSource build() {
            return new TextDataSource(this);
        }
    }
}
