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

package org.tribuogrowth.segmentation;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import org.tribuo.MutableOutputInfo;
import org.tribuogrowth.segmentation.protos.SegmentationInfoProto;

/** What a growing data set knows of its masks. Like all such infos it must not be changed by several threads at once. */
public final class MutableSegmentationInfo extends SegmentationInfo implements MutableOutputInfo<SegmentationMask> {
    private static final long serialVersionUID = 1L;

    MutableSegmentationInfo(PixelCounts counts) {
        super(counts);
    }

    /**
     * Deserialization factory.
     *
     * @param version   The serialized object version.
     * @param className The class name.
     * @param message   The serialized data.
     * @return The info.
     * @throws InvalidProtocolBufferException If the message is not an info of masks.
     * @throws IllegalArgumentException       If the version is unknown or the message contradicts itself.
     */
    public static MutableSegmentationInfo deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        SegmentationCodec.checkVersion(version, CURRENT_VERSION);
        return new MutableSegmentationInfo(SegmentationCodec.decode(message.unpack(SegmentationInfoProto.class)));
    }

    /**
     * Counts the pixels of a mask.
     *
     * @param output The mask.
     * @throws IllegalArgumentException If it has other classes.
     */
    @Override
    public void observe(SegmentationMask output) {
        counts().observe(output);
    }

    @Override
    public void clear() {
        counts().clear();
    }

    @Override
    public MutableSegmentationInfo copy() {
        return new MutableSegmentationInfo(counts().copy());
    }
}
