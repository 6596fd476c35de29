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

/** A part of every book of a text, by the position of tokens in the book. */
public enum TextPart {
    /** The whole book, from which the vocabulary is taken too. */
    ALL,
    /** From the beginning to where training ends. */
    TRAINING,
    /**
     * From the beginning to where validation ends, with the vocabulary of the training part alone: for trainers that hold
     * out the end of what they get.
     */
    TRAINING_AND_VALIDATION,
    /** From where training ends to where validation ends. */
    VALIDATION,
    /** From where validation ends to the end of the book. */
    TEST
}
