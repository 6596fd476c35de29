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

package org.tribuogrowth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuogrowth.search.FixedStructure;

/** Equal configurations have equal digests, different ones do not. */
class ConfigurationDigestTest {
    private static String digest(GrowthTrainer<Label> trainer) {
        return ConfigurationDigest.of(trainer.getProvenance());
    }

    @Test
    void everyValueCounts() {
        String digest = digest(TestTrainers.scs());
        assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(digest(TestTrainers.scs()));
        assertThat(digest(TestTrainers.fixed())).isNotEqualTo(digest);
        assertThat(digest(TestTrainers.builder(TestTrainers.growing()).seed(8).build()))
                .isNotEqualTo(digest);
        assertThat(digest(
                        TestTrainers.builder(TestTrainers.growing()).epochs(11).build()))
                .isNotEqualTo(digest);
        assertThat(digest(TestTrainers.builder(FixedStructure.uniform(0.5)).build()))
                .isNotEqualTo(
                        digest(TestTrainers.builder(FixedStructure.uniform(0.6)).build()));
    }
}
