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

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.SequenceModelProto;

/**
 * A model in a Java object stream: its protobuf form and nothing else. Only Tribuo 4.3's own tools write such streams;
 * this class goes with them.
 */
final class SerializedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] proto;

    SerializedModel(byte[] proto) {
        this.proto = proto;
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            ModelProto model = ModelProto.parseFrom(proto);
            return GrowthModel.deserializeFromProto(
                    model.getVersion(), model.getClassName(), model.getSerializedData());
        } catch (InvalidProtocolBufferException | IllegalStateException e) {
            throw invalid(e);
        }
    }

    private static InvalidObjectException invalid(Exception cause) {
        InvalidObjectException failure = new InvalidObjectException("Invalid model: " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** The same of a model of sequences. */
    static final class OfSequences implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] proto;

        OfSequences(byte[] proto) {
            this.proto = proto;
        }

        private Object readResolve() throws ObjectStreamException {
            try {
                SequenceModelProto model = SequenceModelProto.parseFrom(proto);
                return GrowthSequenceModel.deserializeFromProto(
                        model.getVersion(), model.getClassName(), model.getSerializedData());
            } catch (InvalidProtocolBufferException | IllegalStateException e) {
                throw invalid(e);
            }
        }
    }
}
