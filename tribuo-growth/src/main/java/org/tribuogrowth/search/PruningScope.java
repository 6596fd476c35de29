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

package org.tribuogrowth.search;

/** Among which units {@link MagnitudePruning} chooses those that go. */
public enum PruningScope {
    /** The same part of each group goes: the units with the smallest norms of that group. */
    UNIFORM,
    /**
     * The units with the smallest norms of all groups go, wherever they are. Norms are divided by the mean of their group,
     * since filters of different layers have different sizes.
     */
    GLOBAL
}
