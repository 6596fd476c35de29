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

/** A model as the bytes of a file of stock DL4J that DL4J has run. Immutable. */
public final class VerifiedDl4j {
    private final byte[] bytes;
    private final ExportVerification verification;

    VerifiedDl4j(byte[] bytes, ExportVerification verification) {
        this.bytes = bytes;
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
     * What the run with DL4J said.
     *
     * @return The comparison, which has passed.
     */
    public ExportVerification verification() {
        return verification;
    }
}
