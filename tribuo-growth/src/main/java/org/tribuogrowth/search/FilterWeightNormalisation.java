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

/** Over which filters the softmax of {@link JointSearchAndTraining}'s filter weights runs. */
public enum FilterWeightNormalisation {
    /** Over the filters of the sampled network, so that their weights always add up to the same sum (the paper's). */
    KEPT,
    /** Over all filters of the layer, whether sampled or not. */
    LAYER
}
