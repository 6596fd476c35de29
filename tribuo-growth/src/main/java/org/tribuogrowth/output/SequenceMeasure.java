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

package org.tribuogrowth.output;

/** What validation says of a trainer of sequences. */
public enum SequenceMeasure {
    /** The part of the steps whose label has the largest score; larger is better. */
    ACCURACY,
    /**
     * The exponential of the mean of {@code -ln p} of the true labels, as of language models; smaller is better.
     */
    PERPLEXITY
}
