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

package org.tribuogrowth.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DropoutMasksTest {
    private static final int ROWS = 4;
    private static final int CHANNELS = 32;

    private static float[] mask(DropoutMasks masks, long step) {
        float[] mask = new float[ROWS * CHANNELS];
        masks.setStep(step);
        masks.fill("dropout1", 0.5, mask, Stretch.whole(CHANNELS), CHANNELS);
        return mask;
    }

    @Test
    void check09_aNetworkBuiltAnewGoesOnWithTheMasksOfItsStepAndDoesNotRewindThem() {
        DropoutMasks before = new DropoutMasks(7);
        float[] first = mask(before, 0);
        float[] fourth = mask(before, 3);
        float[] fifth = mask(before, 4);

        // As after every change of structure: another plan, the same seed, the step that comes next.
        DropoutMasks after = new DropoutMasks(7);
        assertThat(mask(after, 4)).isEqualTo(fifth).isNotEqualTo(first).isNotEqualTo(fourth);
        assertThat(first).isNotEqualTo(fourth);
        assertThat(mask(new DropoutMasks(8), 4)).isNotEqualTo(fifth);
    }
}
