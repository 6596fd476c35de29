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
 * Runs a network on the CPU as one compiled plan: a list of oneDNN operations whose arguments all lie in one planned
 * block of memory. Among them may be, in inference, sparse products of layers with mostly weights of zero.
 *
 * <p>A plan is made for an architecture, its active units and a batch size. It chooses the layout of every tensor and the
 * algorithm of every convolution by fixed rules ({@link org.tribuogrowth.execution.LayoutChoice}), never by timing, so
 * that the same network is always computed in the same way and a run can be repeated bit for bit. It reads parameters from
 * and writes gradients to where the network keeps them ({@link org.tribuogrowth.execution.ParameterMemory}).
 */
package org.tribuogrowth.execution;
