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

package org.tribuogrowth.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places blocks of memory so that those needed at the same time do not overlap: the largest first, each at the lowest
 * place that is free for its whole life ("greedy by size" in Pisarchyk and Lee: Efficient memory management for deep
 * neural net inference, 2020).
 */
final class MemoryPlan {
    /** A cache line, and what the widest vector instructions like. */
    static final long ALIGNMENT = 64;

    private final long[] offsets;
    private final long bytes;

    /**
     * A block to place.
     *
     * @param bytes The size.
     * @param first The first step that uses it.
     * @param last  The last step that uses it.
     */
    record Block(long bytes, int first, int last) {
        private boolean meets(Block other) {
            return first <= other.last && other.first <= last;
        }

        private long aligned() {
            return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    MemoryPlan(List<Block> blocks) {
        this.offsets = new long[blocks.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong((Integer i) -> -blocks.get(i).bytes()));
        List<Integer> placed = new ArrayList<>();
        long end = 0;
        for (int index : order) {
            Block block = blocks.get(index);
            long offset = 0;
            // Placed blocks are sorted by offset: the first gap that is wide enough wins.
            for (int other : placed) {
                if (!blocks.get(other).meets(block)) {
                    continue;
                }
                if (offset + block.aligned() <= offsets[other]) {
                    break;
                }
                offset = Math.max(offset, offsets[other] + blocks.get(other).aligned());
            }
            offsets[index] = offset;
            end = Math.max(end, offset + block.aligned());
            int position = 0;
            while (position < placed.size() && offsets[placed.get(position)] <= offset) {
                position++;
            }
            placed.add(position, index);
        }
        this.bytes = end;
    }

    /** Where a block starts. */
    long offset(int index) {
        return offsets[index];
    }

    /** The size of all. */
    long bytes() {
        return bytes;
    }
}
