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

package org.tribuogrowth.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuogrowth.provenance.encoding.Sha256;

class MerkleTreeTest {
    /** The leaves of the test of Certificate Transparency's reference implementation. */
    static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @Test
    void withoutLinesItIsTheHashOfNothing() {
        assertThat(new MerkleTree().root())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void rootsAreThoseOfTheReferenceImplementation(int size, String root) {
        MerkleTree tree = new MerkleTree();
        LEAVES.subList(0, size).forEach(leaf -> tree.add(HexFormat.of().parseHex(leaf)));
        assertThat(tree.root()).isEqualTo(root);
        assertThat(tree.size()).isEqualTo(size);
    }

    @Property(tries = 200)
    void theRootIsTheOneOfTheRecursiveDefinition(@ForAll @IntRange(min = 1, max = 300) int size) {
        MerkleTree tree = new MerkleTree();
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] line = ("line " + i).getBytes(StandardCharsets.UTF_8);
            lines.add(line);
            tree.add(line);
        }
        assertThat(tree.root()).isEqualTo(Sha256.hex(root(lines)));
    }

    private static byte[] root(List<byte[]> lines) {
        if (lines.size() == 1) {
            return MerkleTree.leaf(lines.get(0));
        }
        int left = Integer.highestOneBit(lines.size() - 1);
        return MerkleTree.node(root(lines.subList(0, left)), root(lines.subList(left, lines.size())));
    }
}
