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

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The Merkle tree over the lines of a ledger, as RFC 6962, section 2.1, defines it: a leaf is the SHA-256 of a zero byte
 * and the line, a node that of a one byte and its two children, and the left child holds the largest power of two of
 * leaves that is smaller than all. Takes the lines one after the other and keeps one hash a level.
 */
public final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** The roots of whole subtrees, the rightmost and smallest on top. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long size;

    /** A tree without leaves. */
    public MerkleTree() {}

    /**
     * The hash of a leaf.
     *
     * @param line A line without its line feed.
     * @return 32 bytes.
     */
    public static byte[] leaf(byte[] line) {
        MessageDigest digest = Sha256.start();
        digest.update(LEAF);
        return digest.digest(line);
    }

    /**
     * The hash of a node.
     *
     * @param left  The left child, 32 bytes.
     * @param right The right child, 32 bytes.
     * @return 32 bytes.
     */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = Sha256.start();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /**
     * Adds a line at the end.
     *
     * @param line The line without its line feed.
     */
    public void add(byte[] line) {
        byte[] hash = leaf(line);
        // Each trailing one of the size is a whole subtree that the new leaf completes to one of twice its size.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = node(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    /**
     * How many lines were added.
     *
     * @return A number of leaves.
     */
    public long size() {
        return size;
    }

    /**
     * The root over all lines so far.
     *
     * @return 64 lower-case hexadecimal digits; without lines the hash of nothing.
     */
    public String root() {
        if (subtrees.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        byte[] root = null;
        for (byte[] subtree : subtrees) {
            root = root == null ? subtree : node(subtree, root);
        }
        return Sha256.hex(root);
    }
}
