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

/**
 * From image files and Tribuo examples to float batches.
 *
 * <p>{@link org.tribuogrowth.data.ImageDataSource}s read images as {@link org.tribuogrowth.data.DenseExample}s of one
 * byte a value. A {@link org.tribuogrowth.data.FeatureLayout} places features by name, never by id, and
 * {@link org.tribuogrowth.data.DenseData} holds a whole dataset so placed.
 * {@link org.tribuogrowth.data.DataSplit} keeps rows for validation, {@link org.tribuogrowth.data.BatchPlan} says which
 * rows are in which batch, and {@link org.tribuogrowth.data.BatchAssembler} fills arrays with them, augmented and
 * normalised; {@link org.tribuogrowth.data.BatchPipeline} has that done ahead, on a thread of its own. All chance comes
 * from {@link org.tribuogrowth.random.CountedRandom}.
 */
package org.tribuogrowth.data;
