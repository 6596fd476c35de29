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

/** Which of the training examples a {@link Pass} goes over. */
public enum DataPart {
    /** All of them. */
    ALL,
    /** All but those that the search keeps for its gates. */
    MAIN,
    /** Those that the search keeps for its gates: the {@linkplain SearchPlan#heldFraction() held fraction}. */
    HELD
}
