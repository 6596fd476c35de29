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
 * What decides about structure. A {@link org.tribuogrowth.search.StructureSearch} is the configuration of a method; it
 * starts a {@link org.tribuogrowth.search.SearchRun}, which holds one training's gates and answers with
 * {@link org.tribuogrowth.architecture.StructureChange changes}. Searches see architectures, gates, gradients and
 * metrics, never networks: they decide, others build.
 *
 * <p>{@link org.tribuogrowth.search.StructuredContinuousSparsification} grows and prunes towards a
 * {@link org.tribuogrowth.search.Budget}; {@link org.tribuogrowth.search.JointSearchAndTraining} samples networks from a
 * full one; {@link org.tribuogrowth.search.DynamicSparseTraining} masks single weights. The baselines are
 * {@link org.tribuogrowth.search.FixedStructure}, which never changes, {@link org.tribuogrowth.search.RandomStructure},
 * {@link org.tribuogrowth.search.MagnitudePruning}, and {@link org.tribuogrowth.search.RecordedStructure}, which takes
 * what another run found.
 *
 * <p>Besides the configurations, each method has a run ({@code ScsRun}, {@code JstRun}, {@code DstRun}, {@code MagnitudeRun},
 * {@code FixedRun}) and helpers of its own: masks, temperatures and budget control for the first, filter weights and the
 * threshold policy for the second, density control for the third, unit norms and scaled widths for the baselines.
 */
package org.tribuogrowth.search;
