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

package org.tribuogrowth.architecture;

import java.util.regex.Pattern;

/**
 * Units that exist together: unit {@code i} of a group is active in every layer that writes the group, or in none.
 *
 * <p>A plain layer has a group of its own. All layers that write one residual stream (stem, last convolution of each
 * block, projection) share one group, since their outputs are added.
 *
 * <p>A <em>block</em> is a group of one unit that stands for a branch of the network, see {@link LayerSpec.Junction}. It
 * is the only kind of group that may have no active unit: then the branch does not exist.
 *
 * @param name       The name, unique in the architecture: letters, digits, {@code . _ -}.
 * @param width      The number of units in the dense reference.
 * @param searchable Whether a search may change which units are active. Inputs and outputs are not searchable.
 * @param block      Whether the group is a block, which has one unit and is searchable.
 */
public record UnitGroup(String name, int width, boolean searchable, boolean block) {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** The largest width that is accepted, a bound on what an untrusted description can ask for. */
    public static final int MAX_WIDTH = 1 << 20;

    /** Checks name, width and that a block is one. */
    public UnitGroup {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A unit group's name is letters, digits, '.', '_' or '-', at most 100 of"
                    + " them, found '" + Excerpt.of(name) + "'");
        }
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "Unit group " + name + ": the width must be 1 to " + MAX_WIDTH + ", found " + width);
        }
        if (block && (width != 1 || !searchable)) {
            throw new IllegalArgumentException("Unit group " + name + ": a block is one searchable unit, found " + width
                    + (searchable ? " searchable" : " fixed") + " units");
        }
    }

    /**
     * A group of units.
     *
     * @param name       The name.
     * @param width      The number of units.
     * @param searchable Whether a search may change which units are active.
     */
    public UnitGroup(String name, int width, boolean searchable) {
        this(name, width, searchable, false);
    }

    /**
     * A block.
     *
     * @param name The name.
     * @return A group of one searchable unit, which may be inactive.
     */
    public static UnitGroup block(String name) {
        return new UnitGroup(name, 1, true, true);
    }
}
