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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.Locale;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.SequenceLayout;
import org.tribuogrowth.data.TokenLayout;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.ImageLayoutProto;
import org.tribuogrowth.protos.SequenceLayoutProto;
import org.tribuogrowth.protos.TokenLayoutProto;
import org.tribuogrowth.protos.VectorLayoutProto;

/** Between a feature layout and its part of a model's protobuf form. */
final class LayoutCodec {
    private LayoutCodec() {}

    /**
     * Writes a layout.
     *
     * @param layout The layout.
     * @param proto  Receives its kind and settings.
     * @throws IllegalStateException If it is none of this project's.
     */
    static void encode(FeatureLayout layout, GrowthModelProto.Builder proto) {
        if (layout instanceof ImageLayout image) {
            proto.setImageLayout(ImageLayoutProto.newBuilder()
                    .setHeight(image.height())
                    .setWidth(image.width())
                    .setChannels(image.channels())
                    .setFeaturePrefix(image.featurePrefix()));
        } else if (layout instanceof VectorLayout) {
            proto.setVectorLayout(VectorLayoutProto.getDefaultInstance());
        } else if (layout instanceof SequenceLayout sequence) {
            proto.setSequenceLayout(SequenceLayoutProto.newBuilder()
                    .setSteps(sequence.steps())
                    .setUnits(sequence.units())
                    .setFeaturePrefix(sequence.featurePrefix()));
        } else if (layout instanceof TokenLayout tokens) {
            proto.setTokenLayout(TokenLayoutProto.newBuilder().setUnknownToken(tokens.unknownToken()));
        } else {
            throw new IllegalStateException("A model cannot be stored with a feature layout of "
                    + layout.getClass().getName()
                    + "; known are ImageLayout, SequenceLayout, TokenLayout and VectorLayout");
        }
    }

    /**
     * Reads a layout.
     *
     * @param proto The model.
     * @return The layout.
     * @throws IllegalArgumentException If there is none, or its settings are refused.
     */
    static FeatureLayout decode(GrowthModelProto proto) {
        try {
            return switch (proto.getLayoutCase()) {
                case VECTOR_LAYOUT -> new VectorLayout();
                case IMAGE_LAYOUT -> image(proto.getImageLayout());
                case SEQUENCE_LAYOUT -> sequence(proto.getSequenceLayout());
                case TOKEN_LAYOUT -> new TokenLayout(proto.getTokenLayout().getUnknownToken());
                case LAYOUT_NOT_SET -> throw new IllegalArgumentException("expected a feature layout, found none");
            };
        } catch (PropertyException e) {
            String kind = proto.getLayoutCase().name().split("_")[0].toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("the " + kind + " layout is refused: " + e.getMessage(), e);
        }
    }

    private static ImageLayout image(ImageLayoutProto proto) {
        return new ImageLayout(proto.getHeight(), proto.getWidth(), proto.getChannels(), proto.getFeaturePrefix());
    }

    private static SequenceLayout sequence(SequenceLayoutProto proto) {
        return new SequenceLayout(proto.getSteps(), proto.getUnits(), proto.getFeaturePrefix());
    }
}
