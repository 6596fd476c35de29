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

import org.tribuogrowth.export.ExportVerification;

/** A model as the bytes of an ONNX file that ONNX Runtime has run. Immutable. */
public final class VerifiedOnnx {
    private final byte[] bytes;
    private final long denseBytes;
    private final ExportVerification verification;

    VerifiedOnnx(byte[] bytes, long denseBytes, ExportVerification verification) {
        this.bytes = bytes;
        this.denseBytes = denseBytes;
        this.verification = verification;
    }

    /**
     * The file.
     *
     * @return A copy of its bytes.
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * How large the file would be with all arrays stored dense.
     *
     * @return The number of bytes; that of {@link #bytes()} unless sparse arrays were asked for and found.
     */
    public long denseBytes() {
        return denseBytes;
    }

    /**
     * What the run in ONNX Runtime said.
     *
     * @return The comparison, which has passed.
     */
    public ExportVerification verification() {
        return verification;
    }
}
