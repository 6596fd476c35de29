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

import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import java.time.DateTimeException;
import java.util.StringJoiner;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;

/** Reads the part of a model's form that Tribuo defines: name, provenance, features and outputs. */
final class StoredMetadata {
    private StoredMetadata() {}

    /**
     * Reads it.
     *
     * @param proto The metadata.
     * @return What it says.
     * @throws IllegalStateException If it is not consistent; the message says why.
     */
    static ModelDataCarrier<?> read(ModelDataProto proto) {
        if (!proto.hasProvenance() || !proto.hasFeatureDomain() || !proto.hasOutputDomain()) {
            throw new IllegalStateException("Invalid protobuf, the metadata is expected to have a provenance, a feature"
                    + " domain and an output domain, found "
                    + missing(proto));
        }
        try {
            ProvenanceBounds.check(proto.getProvenance());
            return ModelDataCarrier.deserialize(proto);
        } catch (ProvenanceException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | DateTimeException e) {
            // OLCUT and Tribuo take for granted that what they read was written by them; these come of it otherwise.
            throw new IllegalStateException("Invalid protobuf, the metadata cannot be read: " + reason(e), e);
        }
    }

    private static String missing(ModelDataProto proto) {
        StringJoiner missing = new StringJoiner(", no ", "no ", "");
        if (!proto.hasProvenance()) {
            missing.add("provenance");
        }
        if (!proto.hasFeatureDomain()) {
            missing.add("feature domain");
        }
        if (!proto.hasOutputDomain()) {
            missing.add("output domain");
        }
        return missing.toString();
    }

    /** The innermost message: those around it say only which class was being read. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }
}
