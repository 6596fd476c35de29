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

/** What a training learns from: numbered examples, some of them held out, of which batches are made. Thread-safe. */
public interface TrainingExamples {
    /**
     * The examples to train on.
     *
     * @return A copy of their numbers, ascending, at least one.
     */
    int[] training();

    /**
     * The examples held out for validation.
     *
     * @return A copy of their numbers, ascending; none if nothing is held out.
     */
    int[] validation();

    /**
     * Whether each example goes on where the one of the number before it ended, so that parts of them must be runs.
     *
     * @return False if examples have nothing to do with each other.
     */
    boolean inOrder();

    /**
     * The batches of one epoch, all of the same number of examples; what is left over of the examples is not used.
     *
     * @param rows      Numbers of examples to train on, ascending, at least one.
     * @param batchSize The number of examples in a batch, 1 to the number of {@code rows}.
     * @param epoch     The epoch, which the order depends on.
     * @return As many batches as {@code batchSize} goes into the number of {@code rows}.
     */
    BatchSource batches(int[] rows, int batchSize, int epoch);

    /**
     * The batches for predicting examples as they are, each of them once.
     *
     * @param rows      Numbers of examples, ascending; may be none.
     * @param batchSize The largest number of examples in a batch, at least 1.
     * @return The batches.
     */
    EvaluationBatches evaluation(int[] rows, int batchSize);

    /**
     * The number of target values of an example.
     *
     * @return At least 1.
     */
    int targetLength();

    /**
     * The digest of all examples.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    String digest();
}
