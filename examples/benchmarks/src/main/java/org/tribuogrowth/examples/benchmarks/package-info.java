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
 * The peer benchmark: one process for each engine, all on the same network, weights and batch, timed in turns by one
 * driver ({@link org.tribuogrowth.examples.benchmarks.PeerBenchmark}); and the tables made of its results
 * ({@link org.tribuogrowth.examples.benchmarks.PerformanceTables}). See {@code examples/benchmarks/README.md}.
 */
package org.tribuogrowth.examples.benchmarks;
