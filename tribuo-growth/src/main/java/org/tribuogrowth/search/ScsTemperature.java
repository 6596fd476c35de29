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

/** What makes the temperature of a mask in {@link StructuredContinuousSparsification} rise. */
public enum ScsTemperature {
    /** Each mask has its own temperature, which rises when the mask is sampled. */
    MASK_WISE,
    /** All masks have one temperature, which rises at each interval. */
    GLOBAL
}
