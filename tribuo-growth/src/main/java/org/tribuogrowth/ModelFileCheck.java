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
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.GrowthSequenceModelProto;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Compares {@code model.tribuo} with the ledger of its run: structure, weights, cost, the ledger in it and its provenance.
 * The file may be anyone's. It is read by this project's own code and protobuf's, bounded before anything is built; no class
 * that it names is loaded, and it is no Java object stream.
 */
public final class ModelFileCheck implements RunFileCheck {
    /** For the service loader. */
    public ModelFileCheck() {}

    @Override
    public String file() {
        return "model.tribuo";
    }

    @Override
    public String check(Path file, SealedRun run) throws IOException {
        ByteString bytes = BoundedMessage.read(file);
        try {
            check(bytes, run);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "it is not a model, or a damaged one: " + SafeText.clean(e.getMessage(), 200), e);
        } catch (IllegalStateException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "it holds no network that could be: " + SafeText.clean(String.valueOf(e.getMessage()), 200), e);
        }
        return "structure, weights, cost, ledger and architecture history are those of the run's ledger";
    }

    private static void check(ByteString bytes, SealedRun run) throws IOException {
        Parsed parsed = parse(bytes);
        CompactNetwork network = network(parsed, run);
        requireLedger(network.ledger(), run);
        StoredHistory history = new StoredHistory(parsed.metadata().getProvenance());
        history.requireEqual(ArchitectureHistoryProvenance.of(network.ledger(), history.listedChanges()));
    }

    /**
     * Reads the network of a model's file and compares it with the ledger.
     *
     * @param file The file.
     * @param run  What the verified ledger says.
     * @return The network, whose structure and weights are the ledger's, and whether its examples are sequences.
     * @throws IllegalArgumentException If the file is damaged or differs from the ledger.
     * @throws IllegalStateException    If it holds no network that could be.
     * @throws IOException              If it cannot be read.
     */
    static StoredNetwork network(Path file, SealedRun run) throws IOException {
        Parsed parsed = parse(BoundedMessage.read(file));
        return new StoredNetwork(network(parsed, run), parsed.sequences());
    }

    /**
     * The network of a model's file.
     *
     * @param network   The network.
     * @param sequences Whether the model's examples are sequences.
     */
    record StoredNetwork(CompactNetwork network, boolean sequences) {}

    /** What a model's message holds of a network, the version of that form, what Tribuo defines, and which model it is. */
    private record Parsed(GrowthModelProto proto, int version, ModelDataProto metadata, boolean sequences) {}

    private static Parsed parse(ByteString bytes) throws IOException {
        // Tribuo's message for models of sequences has the same fields.
        ModelProto outer = BoundedMessage.parse(bytes, ModelProto.getDescriptor(), ModelProto.parser());
        if (outer.getClassName().equals(GrowthSequenceModel.class.getName())
                && outer.getSerializedData().is(GrowthSequenceModelProto.class)) {
            return parseSequenceModel(outer);
        }
        if (!outer.getClassName().equals(GrowthModel.class.getName())
                || !outer.getSerializedData().is(GrowthModelProto.class)) {
            throw new IllegalArgumentException("it is no model of this project: it names the class "
                    + SafeText.quote(outer.getClassName()) + " and data of the type "
                    + SafeText.quote(outer.getSerializedData().getTypeUrl()));
        }
        requireVersion(outer, GrowthModel.CURRENT_VERSION);
        GrowthModelProto proto = BoundedMessage.parse(
                outer.getSerializedData().getValue(), GrowthModelProto.getDescriptor(), GrowthModelProto.parser());
        return new Parsed(proto, outer.getVersion(), proto.getMetadata(), false);
    }

    private static Parsed parseSequenceModel(ModelProto outer) throws IOException {
        requireVersion(outer, GrowthSequenceModel.CURRENT_VERSION);
        GrowthSequenceModelProto proto = BoundedMessage.parse(
                outer.getSerializedData().getValue(),
                GrowthSequenceModelProto.getDescriptor(),
                GrowthSequenceModelProto.parser());
        return new Parsed(proto.getNetwork(), GrowthModel.CURRENT_VERSION, proto.getMetadata(), true);
    }

    private static void requireVersion(ModelProto outer, int newest) {
        if (outer.getVersion() < 0 || outer.getVersion() > newest) {
            throw new IllegalArgumentException("it is of version " + outer.getVersion() + ", known are 0 to " + newest
                    + "; a newer tribuo-growth may read it");
        }
    }

    private static CompactNetwork network(Parsed parsed, SealedRun run) {
        GrowthModelProto proto = parsed.proto();
        SealEvent seal = run.seal();
        // The texts first: whatever is then built from them is what the verified ledger has too.
        requireEqual(
                "digest of the dense reference",
                run.start().architectureDigest(),
                Digests.sha256(proto.getDenseArchitecture()));
        requireEqual("active units", seal.activeUnits().toString(), units(proto));
        CompactNetwork network = GrowthModelCodec.decode(proto, parsed.version());
        OutputKind.decode(proto);
        requireEqual(
                "digest of the compact architecture",
                seal.compactArchitectureDigest(),
                network.parameters().architecture().digest());
        Cost cost = network.parameters().architecture().denseCost();
        requireEqual("cost", seal.cost(), new CostRecord(cost.weights(), cost.parameters(), cost.multiplyAdds()));
        requireEqual(
                "digest of the weights",
                seal.weightsDigest(),
                network.parameters().digest());
        return network;
    }

    private static String units(GrowthModelProto proto) {
        return new TreeMap<>(proto.getActiveUnitsMap()).toString();
    }

    private static void requireLedger(byte[] ledger, SealedRun run) throws IOException {
        LedgerVerification verification =
                LedgerVerifier.verify(new ByteArrayInputStream(ledger), run.ledgerHead(), run.ledgerEvents());
        if (!verification.ok()) {
            throw new IllegalArgumentException("the ledger in the model is not the run's: line "
                    + verification.badLine().orElseThrow() + " " + SafeText.clean(verification.reason(), 300));
        }
    }

    private static void requireEqual(String what, Object recorded, Object found) {
        if (!recorded.equals(found)) {
            throw new IllegalArgumentException("the " + what + " is " + SafeText.clean(recorded.toString(), 200)
                    + " by the ledger, found " + SafeText.clean(found.toString(), 200));
        }
    }
}
