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
 * What builds networks: gated DL4J layers, the bank that owns every parameter, and compaction.
 *
 * <p>A gated layer computes effective parameters from raw parameters and gates, runs a plain layer with them, and maps the
 * gradients of the effective parameters back. After batch normalisation a unit's gate multiplies gamma and beta, without
 * it weights and bias. Thresholds mask the weights themselves, before any gate. Gating therefore costs nothing per
 * activation, and compaction is evaluating mask and gate once.
 *
 * <p>The layers own their activations and reuse them from step to step, so the networks run with DL4J's workspaces
 * switched off and allocate almost nothing per step.
 */
package org.tribuogrowth.network;
