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
 * A thin layer over oneDNN's C interface, in terms of addresses: compiled primitives, shared by all of the process; their
 * argument lists; memory that is not the garbage collector's. Nothing here knows what a network is.
 *
 * <p>Handles are freed by explicit calls. Compiled primitives hold no data and may run on several threads at once; an
 * operation, which holds the addresses of its arguments, may not.
 */
package org.tribuogrowth.onednn;
