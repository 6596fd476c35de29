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
 * What models make of pictures in files. {@link org.tribuogrowth.pictures.PictureExamples} makes examples of pictures,
 * {@link org.tribuogrowth.pictures.PictureSegmenter} segments pictures of any size tile by tile, and {@link
 * org.tribuogrowth.pictures.MaskPictures} draws masks: as palette PNG, over the picture, side by side.
 */
package org.tribuogrowth.pictures;
