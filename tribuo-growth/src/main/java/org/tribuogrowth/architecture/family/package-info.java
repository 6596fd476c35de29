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
 * Network families: configured components that produce an {@link org.tribuogrowth.architecture.Architecture} for an
 * input shape and a number of outputs, and nothing else.
 *
 * <p>{@link org.tribuogrowth.architecture.family.MlpFamily}, {@link org.tribuogrowth.architecture.family.LeNetFamily},
 * {@link org.tribuogrowth.architecture.family.VggFamily}, {@link org.tribuogrowth.architecture.family.ResNetFamily},
 * {@link org.tribuogrowth.architecture.family.ImageNetResNetFamily},
 * {@link org.tribuogrowth.architecture.family.WideResNetFamily} and
 * {@link org.tribuogrowth.architecture.family.MobileNetFamily} are networks of the literature with a few fields.
 * {@link org.tribuogrowth.architecture.family.EncoderDecoderFamily} and
 * {@link org.tribuogrowth.architecture.family.DeepLabFamily} have scores for each pixel of an image.
 * {@link org.tribuogrowth.architecture.family.CustomNetwork} is a list of
 * {@link org.tribuogrowth.architecture.family.LayerComponent layer components}. All of them put the network together
 * with a {@link org.tribuogrowth.architecture.family.NetworkBuilder}.
 *
 * <p>Unit groups are named after the layers that write them. Layers whose outputs are added share one group, the
 * residual stream.
 */
package org.tribuogrowth.architecture.family;
