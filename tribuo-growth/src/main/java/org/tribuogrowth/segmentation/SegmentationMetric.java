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

package org.tribuogrowth.segmentation;

/** The measures of a {@link SegmentationEvaluation}, by whose names its map has them. */
public enum SegmentationMetric {
    /** Intersection over union: of a class, or as the macro average the mean over the classes. */
    IOU,
    /** The part of pixels predicted right: of a class, as the macro average the mean, as the micro average of all pixels. */
    ACCURACY,
    /** Of the pixels predicted to be of a class, the part that is. */
    PRECISION,
    /** The mean of the classes' intersection over union by their numbers of pixels, a micro average. */
    FREQUENCY_WEIGHTED_IOU
}
