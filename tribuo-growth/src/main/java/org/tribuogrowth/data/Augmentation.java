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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

/**
 * Changes training images at random, anew in every epoch. One that moves pixels is a {@link MaskAugmentation}. Implementations keep no state between calls; they are called on
 * a thread that prepares batches ahead, not on the one that trains. What they throw ends the training.
 */
public interface Augmentation extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Changes an image in place. The values are not normalised yet.
     *
     * @param image  The array that holds the image, height, width, channels.
     * @param offset Where the image begins.
     * @param shape  Its size.
     * @param random The only source of chance; it depends on the run's seed, the epoch and the example, not on the
     *               batch.
     */
    void apply(float[] image, int offset, Shape.Image shape, CountedRandom random);
}
