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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.sequence.SequenceExample;

/**
 * The sequences of a text: runs of numbers of tokens, each of which is one step longer than its sequence, since the first is
 * a feature only. Immutable.
 */
final class TextSequences implements Iterable<SequenceExample<Label>> {
    private final Vocabulary vocabulary;
    private final List<int[]> runs;
    /** One label a token, which all examples share. */
    private final Label[] labels;

    private TextSequences(Vocabulary vocabulary, List<int[]> runs) {
        this.vocabulary = vocabulary;
        this.runs = runs;
        this.labels = new Label[vocabulary.size()];
        for (int number = 0; number < labels.length; number++) {
            labels[number] = new Label(vocabulary.token(number));
        }
    }

    /**
     * How often each token occurs before a place in every book.
     *
     * @param text The text.
     * @param end  The place as a fraction of a book's tokens.
     * @return The counts of tokens that do.
     */
    static Map<String, Integer> counts(TokenisedText text, double end) {
        int[] counts = new int[text.tokens().size()];
        for (int[] book : text.books()) {
            int last = (int) Math.floor(end * book.length);
            for (int i = 0; i < last; i++) {
                counts[book[i]]++;
            }
        }
        Map<String, Integer> byToken = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                byToken.put(text.tokens().get(i), counts[i]);
            }
        }
        return byToken;
    }

    /**
     * Cuts a text.
     *
     * @param text       The text.
     * @param vocabulary The tokens that stand for themselves.
     * @param from       Where the part begins, as a fraction of a book's tokens.
     * @param to         Where it ends.
     * @param most       The largest number of steps of a sequence, 0 for any.
     * @param source     What is to be made, for messages.
     * @return The sequences, at least one.
     * @throws PropertyException If there is no step, no token of the part is known, or one is not and there is no token for
     *                           unknown ones.
     */
    static TextSequences cut(
            TokenisedText text, Vocabulary vocabulary, double from, double to, int most, TextDataSource source) {
        int[] numbers = new int[text.tokens().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vocabulary.number(text.tokens().get(i));
        }
        List<int[]> runs = new ArrayList<>();
        long steps = 0;
        long unknown = 0;
        for (int[] book : text.books()) {
            int first = Math.max(1, (int) Math.floor(from * book.length));
            int end = (int) Math.floor(to * book.length);
            for (int begin = first; begin < end; ) {
                int length = most == 0 ? end - begin : Math.min(most, end - begin);
                int[] run = new int[length + 1];
                for (int i = 0; i <= length; i++) {
                    int token = book[begin - 1 + i];
                    run[i] = numbers[token];
                    if (run[i] == Vocabulary.NONE) {
                        throw source.refused(
                                "minimumCount",
                                "the token '" + text.tokens().get(token)
                                        + "' of the text is not in the vocabulary, which"
                                        + " has all " + vocabulary.size()
                                        + " tokens of its text and so none for unknown"
                                        + " ones, about which nothing could be learnt; set vocabularySize or minimumCount"
                                        + " so that rare tokens become '" + source.unknownToken() + "'");
                    }
                    unknown += i > 0 && vocabulary.isUnknown(run[i]) ? 1 : 0;
                }
                runs.add(run);
                steps += length;
                begin += length;
            }
        }
        if (steps == 0) {
            throw source.refused(
                    "part",
                    "the part " + source.part() + " of the text has no token to predict; its "
                            + text.books().size() + " books have "
                            + text.books().stream()
                                    .mapToLong(book -> book.length)
                                    .sum() + " tokens in all");
        }
        if (unknown == steps) {
            throw source.refused(
                    "vocabularySize",
                    "all " + steps + " tokens of the part " + source.part() + " are unknown to the vocabulary of "
                            + vocabulary.size() + " tokens; is vocabularyPath a text of the same kind?");
        }
        return new TextSequences(vocabulary, runs);
    }

    /** The tokens by their numbers. */
    List<String> vocabulary() {
        return vocabulary.tokens();
    }

    /** The number of sequences. */
    int size() {
        return runs.size();
    }

    /** The number of steps of all sequences, each of which predicts one token. */
    long steps() {
        return runs.stream().mapToLong(run -> run.length - 1L).sum();
    }

    @Override
    public Iterator<SequenceExample<Label>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < runs.size();
            }

            @Override
            public SequenceExample<Label> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("There are only " + runs.size() + " sequences");
                }
                return example(runs.get(next++));
            }
        };
    }

    private SequenceExample<Label> example(int[] run) {
        List<Example<Label>> steps = new ArrayList<>(run.length - 1);
        for (int step = 1; step < run.length; step++) {
            steps.add(new BinaryFeaturesExample<>(labels[run[step]], new String[] {vocabulary.token(run[step - 1])}));
        }
        return new SequenceExample<>(steps);
    }
}
