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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.ParameterSpec;

/**
 * The parameters of a compact network: one array for each of its architecture's {@link Architecture#parameters()}, in the
 * layout described there. Immutable.
 */
public final class NetworkParameters {
    private static final int DIGEST_PIECE = 1 << 14;

    private final Architecture architecture;
    private final Map<String, float[]> values;

    /**
     * Checks and copies.
     *
     * @param architecture The compact architecture, of which every unit is active.
     * @param values       An array for each parameter, by {@link ParameterSpec#name()}.
     * @throws IllegalArgumentException If an array is missing, unknown or of the wrong length, or a value is not finite.
     */
    public NetworkParameters(Architecture architecture, Map<String, float[]> values) {
        this.architecture = architecture;
        ActiveUnits all = ActiveUnits.all(architecture);
        Map<String, float[]> copy = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array = values.get(spec.name());
            if (array == null || array.length != spec.length(all)) {
                throw new IllegalArgumentException("Parameter " + spec.name() + " has " + spec.length(all)
                        + " values, found " + (array == null ? "none" : Integer.toString(array.length)));
            }
            for (float value : array) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("Parameter " + spec.name() + " has a value that is not finite");
                }
            }
            copy.put(spec.name(), array.clone());
        }
        if (values.size() != copy.size()) {
            throw new IllegalArgumentException(
                    "The architecture has " + copy.size() + " parameter arrays, found " + values.size());
        }
        this.values = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads parameters from bytes.
     *
     * @param architecture The compact architecture.
     * @param bytes        All values in the order of {@link Architecture#parameters()}, little-endian float32.
     * @return The parameters.
     * @throws IllegalArgumentException If the number of bytes does not fit the architecture, or a value is not finite.
     */
    public static NetworkParameters fromBytes(Architecture architecture, ByteBuffer bytes) {
        ActiveUnits all = ActiveUnits.all(architecture);
        long expected = 0;
        for (ParameterSpec spec : architecture.parameters()) {
            expected += (long) Float.BYTES * spec.length(all);
        }
        // Checked before anything is allocated, since the bytes may come from an untrusted file.
        if (expected != bytes.remaining()) {
            throw new IllegalArgumentException(
                    "The architecture's parameters take " + expected + " bytes, found " + bytes.remaining());
        }
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array = new float[spec.length(all)];
            for (int i = 0; i < array.length; i++) {
                array[i] = source.getFloat();
            }
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }

    /**
     * The architecture of which these are the parameters.
     *
     * @return The compact architecture.
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * The values of one parameter.
     *
     * @param spec One of the architecture's parameters.
     * @return A copy.
     */
    public float[] values(ParameterSpec spec) {
        return values.get(spec.name()).clone();
    }

    float[] direct(ParameterSpec spec) {
        return values.get(spec.name());
    }

    /**
     * All values as bytes.
     *
     * @return In the order of {@link Architecture#parameters()}, little-endian float32.
     */
    public byte[] toBytes() {
        long length = values.values().stream().mapToLong(array -> array.length).sum();
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.toIntExact(Float.BYTES * length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] array : values.values()) {
            for (float value : array) {
                buffer.putFloat(value);
            }
        }
        return buffer.array();
    }

    /**
     * The SHA-256 of {@link #toBytes()}.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String digest() {
        MessageDigest digest = Digests.newSha256();
        // Piece by piece, since all bytes at once would take as much memory as the parameters themselves.
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * DIGEST_PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] array : values.values()) {
            for (int from = 0; from < array.length; from += DIGEST_PIECE) {
                buffer.clear();
                buffer.asFloatBuffer().put(array, from, Math.min(DIGEST_PIECE, array.length - from));
                digest.update(buffer.limit(Float.BYTES * Math.min(DIGEST_PIECE, array.length - from)));
            }
        }
        return Digests.hex(digest.digest());
    }
}
