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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.protos.CompressedBytesProto;
import org.tribuogrowth.protos.GrowthModelProto;

/** Ledgers in model files: they come back byte by byte, and a file cannot ask for more memory than it pays for. */
class LedgerCodecTest {
    private static final int VERSION = GrowthModel.CURRENT_VERSION;

    private static GrowthModelProto encode(byte[] ledger) {
        GrowthModelProto.Builder proto = GrowthModelProto.newBuilder();
        LedgerCodec.encode(ledger, proto);
        return proto.build();
    }

    private static void assertRefused(long length, ByteString content, String message) {
        GrowthModelProto proto = GrowthModelProto.newBuilder()
                .setCompressedLedger(
                        CompressedBytesProto.newBuilder().setLength(length).setContent(content))
                .build();
        assertThatThrownBy(() -> LedgerCodec.decode(proto, VERSION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Property(tries = 100)
    void everyLedgerComesBack(@ForAll byte[] bytes, @ForAll @IntRange(max = 20_000) int repetitions) {
        byte[] ledger = new byte[bytes.length == 0 ? 0 : repetitions];
        for (int i = 0; i < ledger.length; i++) {
            ledger[i] = bytes[i % bytes.length];
        }
        assertThat(LedgerCodec.decode(encode(ledger), VERSION)).isEqualTo(ledger);
    }

    @Test
    void itIsCompressedWhereThatTakesFewerBytes() {
        byte[] repeated = new byte[1000];
        assertThat(encode(repeated).getLedger().isEmpty()).isTrue();
        assertThat(encode(repeated).getCompressedLedger().getSerializedSize()).isLessThan(50);
        byte[] few = {1, 2, 3};
        assertThat(encode(few).hasCompressedLedger()).isFalse();
        assertThat(encode(few).getLedger().toByteArray()).isEqualTo(few);
        assertThat(encode(new byte[0])).isEqualTo(GrowthModelProto.getDefaultInstance());
    }

    @Test
    void whatShrinksTooFarToBeReadIsStoredAsItIs() {
        byte[] zeros = new byte[90 << 20];
        GrowthModelProto proto = encode(zeros);
        assertThat(proto.hasCompressedLedger()).isFalse();
        assertThat(LedgerCodec.decode(proto, VERSION)).hasSize(zeros.length);
    }

    @Test
    void aFewBytesCannotAskForMuchMemory() {
        ByteString content = encode(new byte[1000]).getCompressedLedger().getContent();
        long most = (64L << 20) + 64 * content.size();
        for (long length : new long[] {most + 1, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
            assertRefused(length, content, "the ledger is said to have " + length + " bytes, but " + content.size());
        }
    }

    @Test
    void damagedFormsAreRefused() {
        byte[] ledger = new byte[1000];
        for (int i = 0; i < ledger.length; i++) {
            ledger[i] = (byte) (i * i);
        }
        ByteString content = encode(ledger).getCompressedLedger().getContent();
        String another = "the compressed ledger is not one of ";
        assertRefused(999, content, another + 999);
        assertRefused(1001, content, another + 1001);
        assertRefused(1000, content.substring(0, content.size() - 1), another + 1000);
        assertRefused(1000, content.concat(content), another + 1000);
        assertRefused(1000, ByteString.EMPTY, another + 1000);
        assertRefused(1000, ByteString.copyFromUtf8("no zlib"), "the compressed ledger is damaged");
        byte[] changed = content.toByteArray();
        changed[changed.length - 1] ^= 1;
        assertRefused(1000, ByteString.copyFrom(changed), "the compressed ledger is damaged");
        // A preset dictionary, which nobody here has.
        assertRefused(1000, ByteString.copyFrom(new byte[] {0x78, (byte) 0xf9, 0, 0, 0, 1}), another + 1000);
        GrowthModelProto both = encode(ledger).toBuilder()
                .setLedger(ByteString.copyFrom(ledger))
                .build();
        assertThatThrownBy(() -> LedgerCodec.decode(both, VERSION)).hasMessageContaining("expected one ledger");
        assertThatThrownBy(() -> LedgerCodec.decode(encode(ledger), 1))
                .hasMessageContaining("expected the ledger as it is in version 1, found it compressed");
    }
}
