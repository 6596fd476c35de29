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
 * Plain immutable values that describe networks: which layers there are, which units each may have, which of them are
 * active, what a change of structure is, and what all of it costs.
 *
 * <p>An {@link org.tribuogrowth.architecture.Architecture} is a graph of
 * {@link org.tribuogrowth.architecture.LayerSpec layer specifications} over
 * {@link org.tribuogrowth.architecture.UnitGroup unit groups}. It describes the <em>dense reference</em>: every unit
 * that could ever exist. {@link org.tribuogrowth.architecture.ActiveUnits} says which units exist now, and a
 * {@link org.tribuogrowth.architecture.StructureChange} is the only way from one set of active units to the next.
 * Budgets and costs always refer to the dense reference.
 *
 * <p>Nothing here knows DL4J; networks are built from these values elsewhere.
 */
package org.tribuogrowth.architecture;
