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

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemoryPlanTest {
    @Provide
    Arbitrary<List<MemoryPlan.Block>> blocks() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 5_000),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 10))
                .as((bytes, first, length) -> new MemoryPlan.Block(bytes, first, first + length))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void blocksThatLiveTogetherDoNotOverlap(@ForAll("blocks") List<MemoryPlan.Block> blocks) {
        MemoryPlan plan = new MemoryPlan(blocks);
        for (int i = 0; i < blocks.size(); i++) {
            MemoryPlan.Block block = blocks.get(i);
            assertThat(plan.offset(i) % MemoryPlan.ALIGNMENT).isZero();
            assertThat(plan.offset(i) + block.bytes()).isLessThanOrEqualTo(plan.bytes());
            for (int j = 0; j < i; j++) {
                MemoryPlan.Block other = blocks.get(j);
                boolean together = block.first() <= other.last() && other.first() <= block.last();
                boolean apart = plan.offset(i) + block.bytes() <= plan.offset(j)
                        || plan.offset(j) + other.bytes() <= plan.offset(i);
                assertThat(!together || apart).as("%s and %s", block, other).isTrue();
            }
        }
    }

    @Property(tries = 100)
    void thePlanIsNoLargerThanAllBlocksTogether(@ForAll("blocks") List<MemoryPlan.Block> blocks) {
        long sum = 0;
        for (MemoryPlan.Block block : blocks) {
            sum += (block.bytes() + MemoryPlan.ALIGNMENT - 1) / MemoryPlan.ALIGNMENT * MemoryPlan.ALIGNMENT;
        }
        assertThat(new MemoryPlan(blocks).bytes()).isLessThanOrEqualTo(sum);
    }

    @Example
    void memoryIsUsedAgain() {
        MemoryPlan plan = new MemoryPlan(List.of(
                new MemoryPlan.Block(6_400, 0, 1),
                new MemoryPlan.Block(6_400, 1, 2),
                new MemoryPlan.Block(6_400, 2, 3),
                new MemoryPlan.Block(64, 0, 3)));
        assertThat(plan.bytes()).isEqualTo(2 * 6_400 + 64);
        assertThat(plan.offset(0)).isEqualTo(plan.offset(2));
    }
}
