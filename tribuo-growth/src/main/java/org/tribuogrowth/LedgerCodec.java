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

import com.google.protobuf.ByteString;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.tribuogrowth.protos.CompressedBytesProto;
import org.tribuogrowth.protos.GrowthModelProto;

/**
 * Between a ledger and its place in the protobuf form of a model. It is compressed where that takes fewer bytes.
 *
 * <p>A few compressed bytes can stand for very many, so a reader accepts {@value #FREE_BYTES} bytes of ledger and
 * {@value #GROWTH} for each byte that is stored; a ledger that shrinks more than that is stored as it is. The lines of real
 * ledgers carry hashes, which do not shrink, and so stay far below.
 */
final class LedgerCodec {
    private static final long FREE_BYTES = 1L << 26;
    private static final long GROWTH = 64;

    private LedgerCodec() {}

    static void encode(byte[] ledger, GrowthModelProto.Builder proto) {
        ByteString content = compress(ledger);
        CompressedBytesProto compressed = CompressedBytesProto.newBuilder()
                .setLength(ledger.length)
                .setContent(content)
                .build();
        if (compressed.getSerializedSize() < ledger.length && isAllowed(ledger.length, content.size())) {
            proto.setCompressedLedger(compressed);
        } else {
            proto.setLedger(ByteString.copyFrom(ledger));
        }
    }

    private static boolean isAllowed(long length, long stored) {
        return length <= FREE_BYTES + GROWTH * stored;
    }

    private static ByteString compress(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteString.Output output = ByteString.newOutput();
            byte[] piece = new byte[1 << 14];
            while (!deflater.finished()) {
                output.write(piece, 0, deflater.deflate(piece));
            }
            return output.toByteString();
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads a ledger. Its size is checked before anything is allocated.
     *
     * @param proto   The form of a model.
     * @param version The version of the form, which has been checked.
     * @return The ledger's bytes.
     * @throws IllegalArgumentException If it is in no form of that version, or compressed and damaged.
     */
    static byte[] decode(GrowthModelProto proto, int version) {
        if (!proto.hasCompressedLedger()) {
            return proto.getLedger().toByteArray();
        }
        if (version < GrowthModel.FIRST_VERSION_WITH_COMPRESSED_LEDGER) {
            throw new IllegalArgumentException(
                    "expected the ledger as it is in version " + version + ", found it compressed");
        }
        if (!proto.getLedger().isEmpty()) {
            throw new IllegalArgumentException("expected one ledger, found one compressed and one that is not");
        }
        CompressedBytesProto compressed = proto.getCompressedLedger();
        long length = compressed.getLength();
        int stored = compressed.getContent().size();
        if (length < 0 || length > Integer.MAX_VALUE - 8 || !isAllowed(length, stored)) {
            throw new IllegalArgumentException("the ledger is said to have " + length + " bytes, but " + stored
                    + " compressed bytes may stand for " + (FREE_BYTES + GROWTH * stored) + " at most");
        }
        return decompress(compressed.getContent(), (int) length);
    }

    private static byte[] decompress(ByteString content, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content.asReadOnlyByteBuffer());
            byte[] bytes = new byte[length];
            int count = 0;
            for (int more = -1; count < length && more != 0; count += more) {
                more = inflater.inflate(bytes, count, length - count);
            }
            // The end is noticed only by whoever asks for more.
            int beyond = inflater.inflate(new byte[1]);
            if (count < length || beyond > 0 || !inflater.finished() || inflater.getRemaining() > 0) {
                throw new IllegalArgumentException(
                        "the compressed ledger is not one of " + length + " bytes, as it is said to be");
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the compressed ledger is damaged", e);
        } finally {
            inflater.end();
        }
    }
}
