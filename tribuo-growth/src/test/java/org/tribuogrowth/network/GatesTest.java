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

package org.tribuogrowth.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Gates that would lead to denormal numbers are closed. */
class GatesTest {
    @Test
    void fadedGatesAreClosedAndOthersKept() {
        assertThat(Gates.effective(1e-38)).isZero();
        assertThat(Gates.effective(3.5e-66)).isZero();
        assertThat(Gates.effective(2e-12)).isEqualTo(2e-12f);
        assertThat(Gates.effective(0.25)).isEqualTo(0.25f);
        assertThat(Gates.effective(1.0)).isEqualTo(1.0f);
    }
}
