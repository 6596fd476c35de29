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
 * The arithmetic of the layers, behind one interface: {@link org.tribuogrowth.kernel.Kernels}.
 *
 * <p>All arrays are dense, in 'c' order, batch first and channels last: images are {@code [batch, height, width,
 * channels]}, vectors {@code [batch, units]}, convolution weights {@code [output channels, kernel height, kernel width,
 * input channels]}, dense weights {@code [outputs, inputs]}. Only sequences have the batch second: they are {@code
 * [steps, batch, features]}, so that a step is one dense matrix and oneDNN copies nothing; their weights are {@code [4 *
 * units, inputs]} and {@code [4 * units, units]}, rows in the order of {@link
 * org.tribuogrowth.kernel.LstmParameters}, which is oneDNN's and PyTorch's.
 *
 * <p>A kernel object is made for one geometry, owns its scratch memory, overwrites its output arrays and never keeps its
 * arguments. Kernel objects are not thread-safe. On one machine, with one thread count, equal arguments give equal bits.
 */
package org.tribuogrowth.kernel;
