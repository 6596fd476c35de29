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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkedPageTest {
    @Test
    void whatIsBetweenTheCommentsIsReplaced() {
        String page = "a\n<!-- t -->\nold\n<!-- end of t -->\nb\n";
        String changed = MarkedPage.replace(page, "t", "new\n");
        assertThat(changed).isEqualTo("a\n<!-- t -->\nnew\n<!-- end of t -->\nb\n");
        assertThat(MarkedPage.replace(changed, "t", "new")).isEqualTo(changed);
    }

    @Test
    void commentsMustBeThereOnce() {
        assertThatThrownBy(() -> MarkedPage.replace("<!-- t -->", "t", "")).hasMessageContaining("end of t");
        assertThatThrownBy(() -> MarkedPage.replace("<!-- t --><!-- t --><!-- end of t -->", "t", ""))
                .hasMessageContaining("exactly once");
        assertThatThrownBy(() -> MarkedPage.replace("<!-- end of t --><!-- t -->", "t", ""))
                .hasMessageContaining("before");
    }

    @Test
    void thePerformancePageHasAPlaceForEveryTable() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "performance.md"));
        for (String name : new ResultTables(List.of(), Map.of()).all().keySet()) {
            page = MarkedPage.replace(page, name, "");
        }
        assertThat(page).doesNotContain("Not measured yet.");
    }
}
