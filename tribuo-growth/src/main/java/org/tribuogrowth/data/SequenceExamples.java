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

package org.tribuogrowth.data;

/** Sequences to train on whose every step has a class. */
public interface SequenceExamples extends TrainingExamples {
    /**
     * How often each class is to be learnt. What is held out does not count.
     *
     * @param classes The number of classes.
     * @return The steps of each class among those to train on.
     */
    int[] classCounts(int classes);
}
