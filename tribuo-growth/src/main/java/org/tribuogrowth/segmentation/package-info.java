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
 * Images whose pixels each have a class, as outputs of Tribuo.
 *
 * <p>A {@link org.tribuogrowth.segmentation.SegmentationMask} has the number of a class for each pixel, or none where a
 * pixel is void. The {@linkplain org.tribuogrowth.segmentation.SegmentationClasses names of the classes} are configured at
 * the {@link org.tribuogrowth.segmentation.SegmentationFactory} and go with every mask, so that a data set has all
 * classes, in this order, whether they occur in it or not. The
 * {@link org.tribuogrowth.segmentation.SegmentationEvaluator} counts pixels in a
 * {@link org.tribuogrowth.segmentation.PixelConfusion} and makes the usual measures of it. Nothing here knows networks.
 */
package org.tribuogrowth.segmentation;
