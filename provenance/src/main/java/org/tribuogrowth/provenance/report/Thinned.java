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

package org.tribuogrowth.provenance.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A series of which, however long it is, a bounded number is kept: every item at first, every second once there are too
 * many, then every fourth and so on, and always the last.
 *
 * @param <T> The items.
 */
final class Thinned<T> {
    /** The most items kept, apart from the last. */
    static final int MOST = 2000;

    private final List<T> kept = new ArrayList<>();
    private long count;
    private long every = 1;
    private T last;

    /**
     * Takes the next item.
     *
     * @param item The item.
     */
    void add(T item) {
        if (count % every == 0) {
            if (kept.size() == MOST) {
                for (int i = 1; i < MOST / 2; i++) {
                    kept.set(i, kept.get(2 * i));
                }
                kept.subList(MOST / 2, MOST).clear();
                every *= 2;
            }
            if (count % every == 0) {
                kept.add(item);
            }
        }
        count++;
        last = item;
    }

    /**
     * What is kept.
     *
     * @return The items in order, the last one among them.
     */
    List<T> items() {
        List<T> items = new ArrayList<>(kept);
        if (!items.isEmpty() && items.get(items.size() - 1) != last) {
            items.add(last);
        }
        return items;
    }

    /**
     * How many items one kept item stands for.
     *
     * @return 1 if all are kept, else a power of two.
     */
    long every() {
        return every;
    }
}
