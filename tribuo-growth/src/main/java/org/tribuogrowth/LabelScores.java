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

package org.tribuogrowth;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.classification.Label;

/**
 * The scores of all labels as a map from their names, in the order of their ids. Labels with scores are made when they are
 * asked for, so that a step of a text with a vocabulary of many thousands costs one array. Unmodifiable and thread-safe.
 */
final class LabelScores extends AbstractMap<String, Label> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableOutputInfo<Label> outputs;
    private final transient float[] scores;

    /**
     * Scores of a domain.
     *
     * @param outputs The domain.
     * @param scores  One score a label, by its id; not copied.
     */
    LabelScores(ImmutableOutputInfo<Label> outputs, float[] scores) {
        this.outputs = outputs;
        this.scores = scores;
    }

    /** The label of the largest score, with the score; of equal ones that of the lowest id. */
    Label best() {
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        return label(best);
    }

    private Label label(int id) {
        return new Label(outputs.getOutput(id).getLabel(), scores[id]);
    }

    private int id(Object name) {
        return name instanceof String text ? outputs.getID(new Label(text)) : -1;
    }

    @Override
    public Label get(Object name) {
        int id = id(name);
        return id < 0 ? null : label(id);
    }

    @Override
    public boolean containsKey(Object name) {
        return id(name) >= 0;
    }

    @Override
    public int size() {
        return scores.length;
    }

    @Override
    public Set<Map.Entry<String, Label>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Label>> iterator() {
                return new EntryIterator();
            }

            @Override
            public int size() {
                return scores.length;
            }
        };
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, Label>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < scores.length;
        }

        @Override
        public Map.Entry<String, Label> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are only " + scores.length + " labels");
            }
            Label label = label(next);
            next++;
            return Map.entry(label.getLabel(), label);
        }
    }

    /** Java's streams of predictions get an ordinary map. */
    private Object writeReplace() {
        return new LinkedHashMap<>(this);
    }

    private void readObject(ObjectInputStream stream) throws InvalidObjectException {
        throw new InvalidObjectException("Scores are written as an ordinary map");
    }
}
