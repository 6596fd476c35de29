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

package org.tribuogrowth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTimesTest {
    private static final String CONVOLUTION =
            "_verbose,exec,cpu,convolution,brgconv:avx512_core,forward_training,src_f32::blocked:acdb:f0,,"
                    + "alg:convolution_direct,mb8_ic3oc16_ih32oh32kh3,";

    @Test
    void timesAreSummedByKindAndDirection() {
        Map<String, Double> seconds = OperationTimes.secondsByKind(List.of(
                "onednn_verbose,info,oneDNN v2.5.2",
                "onednn" + CONVOLUTION + "1.5",
                "dnnl" + CONVOLUTION + "0.5",
                "something that another library printed",
                "onednn_verbose,exec,cpu,reorder,jit:blk,undef,src_f32 dst_f32,attr-scratchpad:user ,,16x3x3x3,0.25"));
        assertThat(seconds).containsOnlyKeys("convolution forward_training", "reorder");
        assertThat(seconds.get("convolution forward_training")).isCloseTo(0.002, within(1e-12));
        assertThat(seconds.get("reorder")).isCloseTo(0.00025, within(1e-12));
    }

    @Test
    void unreadableLinesAndNoLinesAreErrors() {
        assertThatThrownBy(() -> OperationTimes.secondsByKind(List.of("onednn_verbose,exec,cpu,reorder,1.0")))
                .hasMessageContaining("too few fields");
        assertThatThrownBy(() -> OperationTimes.secondsByKind(List.of("onednn" + CONVOLUTION + "soon")))
                .hasMessageContaining("no time");
        assertThatThrownBy(() -> OperationTimes.secondsByKind(List.of("nothing of oneDNN")))
                .hasMessageContaining("no times");
    }
}
