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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The Merkle tree over the lines of a ledger, as RFC 6962, section 2.1, defines it: a leaf is the SHA-256 of a zero byte
 * and the line, a node that of a one byte and its two children, and the left child holds the largest power of two of
 * leaves that is smaller than all. Takes the lines one after the other and keeps one hash a level, and for one leaf, if
 * asked, its audit path as section 2.1.1 defines it: the hashes beside the way from the leaf up to the root.
 */
public final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /**
     * A subtree all of whose leaves are there.
     *
     * @param hash   Its root.
     * @param traced Whether the traced leaf is one of its leaves.
     */
    private record Subtree(byte[] hash, boolean traced) {}

    /** The rightmost and smallest on top. */
    private final Deque<Subtree> subtrees = new ArrayDeque<>();

    /** The hashes beside the way from the traced leaf up to the root of its subtree. */
    private final List<byte[]> path = new ArrayList<>();

    private final long traced;
    private long size;

    /** A tree without leaves. */
    public MerkleTree() {
        this(-1);
    }

    private MerkleTree(long traced) {
        this.traced = traced;
    }

    /**
     * A tree without leaves that will know the audit path of one leaf.
     *
     * @param index How many leaves come before that one.
     * @return The tree.
     */
    static MerkleTree tracing(long index) {
        return new MerkleTree(index);
    }

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
        Subtree grown = new Subtree(leaf(line), size == traced);
        // Each trailing one of the size is a whole subtree that the new leaf completes to one of twice its size.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            Subtree left = subtrees.pop();
            if (left.traced) {
                path.add(grown.hash);
            } else if (grown.traced) {
                path.add(left.hash);
            }
            grown = new Subtree(node(left.hash, grown.hash), left.traced || grown.traced);
        }
        subtrees.push(grown);
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
        for (Subtree subtree : subtrees) {
            root = root == null ? subtree.hash : node(subtree.hash, root);
        }
        return Sha256.hex(root);
    }

    /**
     * The audit path of the traced leaf in the tree over all lines so far.
     *
     * @return Hashes of 32 bytes, the one beside the leaf first.
     * @throws IllegalStateException If no leaf is traced, or it has not been added yet.
     */
    List<byte[]> path() {
        if (traced < 0 || traced >= size) {
            throw new IllegalStateException("The tree of " + size + " leaves does not trace one of them");
        }
        List<byte[]> whole = new ArrayList<>(path);
        byte[] right = null;
        boolean reached = false;
        for (Subtree subtree : subtrees) {
            if (reached) {
                whole.add(subtree.hash);
            } else if (subtree.traced) {
                reached = true;
                if (right != null) {
                    whole.add(right);
                }
            }
            right = right == null ? subtree.hash : node(subtree.hash, right);
        }
        return whole;
    }

    /**
     * How many hashes the audit path of a leaf has.
     *
     * @param index How many leaves come before it.
     * @param size  How many leaves the tree has, more than {@code index}.
     * @return At most 63.
     */
    static int pathLength(long index, long size) {
        int length = 0;
        for (long at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
            // The last node of a level that has no right sibling moves up as it is.
            if ((at & 1) == 1 || at < last) {
                length++;
            }
        }
        return length;
    }

    /**
     * The root to which an audit path leads (RFC 9162, section 2.1.3.2).
     *
     * @param leaf  The hash of the leaf.
     * @param index How many leaves come before it.
     * @param size  How many leaves the tree has, more than {@code index}.
     * @param path  The audit path, {@link #pathLength} hashes.
     * @return 64 lower-case hexadecimal digits.
     */
    static String root(byte[] leaf, long index, long size, List<byte[]> path) {
        byte[] hash = leaf;
        int next = 0;
        for (long at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
            if ((at & 1) == 1) {
                hash = node(path.get(next++), hash);
            } else if (at < last) {
                hash = node(hash, path.get(next++));
            }
        }
        return Sha256.hex(hash);
    }
}
