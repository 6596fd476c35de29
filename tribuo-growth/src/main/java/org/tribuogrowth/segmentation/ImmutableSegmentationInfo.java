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
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.tribuo.ImmutableOutputInfo;
import org.tribuogrowth.segmentation.protos.SegmentationInfoProto;

/** What a model knows of the masks that it was trained on. A class's id is its number. */
public final class ImmutableSegmentationInfo extends SegmentationInfo implements ImmutableOutputInfo<SegmentationMask> {
    private static final long serialVersionUID = 1L;

    ImmutableSegmentationInfo(PixelCounts counts) {
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
    public static ImmutableSegmentationInfo deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        SegmentationCodec.checkVersion(version, CURRENT_VERSION);
        return new ImmutableSegmentationInfo(SegmentationCodec.decode(message.unpack(SegmentationInfoProto.class)));
    }

    /**
     * The class of a mask of one pixel.
     *
     * @param output The mask.
     * @return The number of the class, or -1 if the mask is no single pixel of one of these classes.
     */
    @Override
    public int getID(SegmentationMask output) {
        return output.size() == 1 && output.classes().equals(classes()) ? output.classOf(0) : -1;
    }

    /**
     * A class as a mask of one pixel.
     *
     * @param id The number of the class.
     * @return The mask, or null if there is no such class.
     */
    @Override
    public SegmentationMask getOutput(int id) {
        return id < 0 || id >= size() ? null : SegmentationMask.ofClass(classes(), id);
    }

    /** The number of masks. */
    @Override
    public long getTotalObservations() {
        return masks();
    }

    @Override
    public boolean domainAndIDEquals(ImmutableOutputInfo<SegmentationMask> other) {
        return other instanceof ImmutableSegmentationInfo that && classes().equals(that.classes());
    }

    @Override
    public ImmutableSegmentationInfo copy() {
        return new ImmutableSegmentationInfo(counts().copy());
    }

    @Override
    public Iterator<Pair<Integer, SegmentationMask>> iterator() {
        return IntStream.range(0, size())
                .mapToObj(id -> new Pair<>(id, getOutput(id)))
                .iterator();
    }
}
