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

package org.tribuogrowth.compare;

/**
 * What a training cost.
 *
 * @param examples     The examples learnt from, each as often as it was.
 * @param multiplyAdds The multiply-adds of one forward pass of each of them through the network of its time, over all phases
 *                     of the training.
 * @param fraction     The same as a part of what the dense reference takes for the epochs asked for.
 */
public record TrainingCost(long examples, long multiplyAdds, double fraction) {}
