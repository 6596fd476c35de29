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

/**
 * A unit group of the dense reference.
 *
 * @param width      How many units it has, 1 to {@link #MAX_WIDTH}.
 * @param searchable Whether the search may change which of them are active; if not, all are.
 * @param block      Whether the group is a block of layers: one searchable unit, the only kind that may have none active.
 */
public record GroupRecord(int width, boolean searchable, boolean block) {
    /** The largest width that is accepted, a bound on what an untrusted ledger can ask for. */
    public static final int MAX_WIDTH = 1 << 20;

    /** Checks the width and that a block is one. */
    public GroupRecord {
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("width: a group has 1 to " + MAX_WIDTH + " units, found " + width);
        }
        if (block && (width != 1 || !searchable)) {
            throw new IllegalArgumentException("block: a block is one searchable unit, found " + width
                    + (searchable ? " searchable" : " fixed") + " units");
        }
    }

    /**
     * A group that is not a block.
     *
     * @param width      How many units it has, 1 to {@link #MAX_WIDTH}.
     * @param searchable Whether the search may change which of them are active.
     */
    public GroupRecord(int width, boolean searchable) {
        this(width, searchable, false);
    }
}
