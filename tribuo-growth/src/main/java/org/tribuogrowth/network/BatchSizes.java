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

package org.tribuogrowth.network;

import java.util.LinkedHashMap;
import java.util.function.Supplier;

/**
 * What a layer owns for each of the last few batch sizes.
 *
 * @param <W> Kernels and arrays for one batch size.
 */
final class BatchSizes<W extends BatchSizes.Workspace> {
    /** Training, evaluation and single predictions are three batch sizes; more would only hold memory. */
    private static final int KEPT = 3;

    private final LinkedHashMap<Long, W> workspaces = new LinkedHashMap<>(4, 0.75f, true);
    private final int kept;

    /** Keeps what a network of fixed inputs needs. */
    BatchSizes() {
        this(KEPT);
    }

    /**
     * Keeps a number of workspaces.
     *
     * @param kept How many, at least 1.
     */
    BatchSizes(int kept) {
        this.kept = kept;
    }

    /** Kernels and arrays for one batch size. */
    interface Workspace extends AutoCloseable {
        @Override
        void close();
    }

    /** The workspace for a batch size; makes it if there is none, and frees the one not used for longest if too many. */
    W get(long batch, Supplier<W> maker) {
        W found = workspaces.get(batch);
        if (found == null) {
            if (workspaces.size() == kept) {
                workspaces.remove(workspaces.keySet().iterator().next()).close();
            }
            found = maker.get();
            workspaces.put(batch, found);
        }
        return found;
    }

    /** Frees all. */
    void clear() {
        workspaces.values().forEach(Workspace::close);
        workspaces.clear();
    }
}
