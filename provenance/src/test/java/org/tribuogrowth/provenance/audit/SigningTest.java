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

package org.tribuogrowth.provenance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.ExampleLedger;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.signing.Envelope;
import org.tribuogrowth.provenance.signing.ExampleRun;
import org.tribuogrowth.provenance.signing.RunStatement;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.SigningKey;
import org.tribuogrowth.provenance.signing.StoredKey;

/** {@code audit keygen}, {@code audit sign} and {@code audit verify --key}. */
class SigningTest {
    private static final String FIRST = ExampleRun.resource("first").toString();
    private static final String SECOND = ExampleRun.resource("second").toString();

    @TempDir
    private Path folder;

    private Path run;
    private Path signature;
    private Path passphrase;
    private String out;
    private String err;

    @BeforeEach
    void write() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        signature = run.resolve("manifest.json.sig");
        passphrase = Files.writeString(folder.resolve("passphrase"), "not a secret\n");
        ExampleRun.write(run, ExampleLedger.events(), "notes");
    }

    private int audit(String... arguments) {
        AuditRun result = AuditRun.of(arguments);
        out = result.out();
        err = result.err();
        return result.code();
    }

    private void sign() {
        assertThat(audit("sign", run.toString(), "--key", FIRST + ".key"))
                .as(out + err)
                .isZero();
    }

    private int signBySecond() {
        return audit("sign", run.toString(), "--key", SECOND + ".key", "--passphrase-file", passphrase.toString());
    }

    private void assertGood(String... options) {
        assertThat(verify(options)).as(out + err).isZero();
        assertThat(out).doesNotContain("FAILED").endsWith("Verdict: good, everything checked holds\n");
    }

    private int verify(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "verify";
        arguments[1] = run.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return audit(arguments);
    }

    private void assertNo(String reason) {
        assertThat(verify("--key", FIRST + ".pub")).isEqualTo(1);
        assertThat(out).contains("FAILED  signature: " + reason).endsWith("see the lines marked FAILED\n");
        assertThat(err).isEmpty();
    }

    private static String id(String name) throws IOException {
        return SimulatedSearch.sha256(Base64.getMimeDecoder()
                .decode(Files.readString(Path.of(name + ".pub")).split("-----")[2]));
    }

    @Test
    void aKeyIsMadeAndUsed() throws IOException {
        String name = folder.resolve("alice").toString();
        assertThat(audit("keygen", "-o", name)).isZero();
        assertThat(out).contains("key id  " + id(name), name + ".key, not encrypted", name + ".pub");
        assertThat(audit("sign", run.toString(), "--key", name + ".key")).isZero();
        assertThat(out).contains("Signed 3 files", "key id  " + id(name)).doesNotContain("others may read");
        assertGood("--key", name + ".pub");
        assertThat(out)
                .contains("ok      signature: the key " + id(name) + " signed this manifest, the hashes of the 2 files")
                .contains("note    not checked: when it was signed")
                .doesNotContain("rewritten together", "not in the manifest");
        assertThat(audit("keygen", "-o", name)).isEqualTo(2);
        assertThat(err).contains("already; nothing is overwritten");
    }

    @Test
    void aKeyUnderAPassphraseIsMadeAndUsed() throws IOException {
        String name = folder.resolve("alice").toString();
        assertThat(audit("keygen", "-o", name, "--passphrase-file", passphrase.toString()))
                .isZero();
        assertThat(out).contains("encrypted: keep it secret").doesNotContain("not encrypted");
        String[] sign = {"sign", run.toString(), "--key", name + ".key", "--passphrase-file", passphrase.toString()};
        Files.writeString(passphrase, "another secret");
        assertThat(audit(sign)).isEqualTo(2);
        assertThat(err).contains("alice.key: the passphrase");
        assertThat(signature).doesNotExist();
        Files.writeString(passphrase, "not a secret\r\n");
        assertThat(audit(sign)).isZero();
        assertGood("--key", name + ".pub");
    }

    @Test
    void anUnsignedOrUncheckedSignatureIsReportedAsSuch() {
        assertGood();
        assertThat(out)
                .doesNotContain("signature:")
                .contains("not checked: whether ledger, files and manifest were rewritten together");
        assertNo("there is no regular file manifest.json.sig: the run is not signed");
        sign();
        assertGood();
        assertThat(out)
                .contains("note    signature: there is a file manifest.json.sig, not checked: give --key")
                .contains("not checked: whether ledger, files and manifest were rewritten together")
                .doesNotContain("ok      signature", "not in the manifest");
    }

    @Test
    void allGivenKeysMustHaveSigned() throws IOException {
        sign();
        String[] both = {"--key", FIRST + ".pub", "--key", SECOND + ".pub"};
        assertThat(verify(both)).isEqualTo(1);
        assertThat(out)
                .contains("FAILED  signature: there is no signature with the key id " + id(SECOND) + ", only with "
                        + id(FIRST));
        byte[] manifest = Files.readAllBytes(run.resolve("manifest.json"));
        assertThat(signBySecond()).isZero();
        assertThat(out).contains("1 signature(s) were there before");
        assertGood(both);
        assertThat(out)
                .contains(
                        id(FIRST) + " signed this manifest, the hashes of the 2 files",
                        id(SECOND) + " signed this manifest, the hashes of the 2 files");
        assertGood("--key", SECOND + ".pub");
        assertThat(out).contains("note    signature: not checked without their keys: " + id(FIRST));
        assertThat(run.resolve("manifest.json")).hasBinaryContent(manifest);
        byte[] envelope = Files.readAllBytes(signature);
        assertThat(signBySecond()).isZero();
        assertThat(out).contains("signed this run before; nothing was changed");
        assertThat(signature).hasBinaryContent(envelope);
    }

    @Test
    void aRunThatDoesNotVerifyIsNotSigned() throws IOException {
        Files.writeString(run.resolve(ExampleRun.NOTES), "other notes");
        assertThat(audit("sign", run.toString(), "--key", FIRST + ".key")).isEqualTo(1);
        assertThat(out).contains("the file notes.txt was changed").endsWith("Not signed.\n");
        Files.delete(run.resolve("manifest.json"));
        assertThat(audit("sign", run.toString(), "--key", FIRST + ".key")).isEqualTo(1);
        assertThat(signature).doesNotExist();
    }

    @Test
    void nothingElseIsSignedThanWhatWasSignedFirst() throws IOException {
        sign();
        byte[] first = Files.readAllBytes(signature);
        ExampleRun.write(run, ExampleLedger.events(), "other notes");
        assertThat(signBySecond()).isEqualTo(1);
        assertThat(err).contains("Not signed", "is about something else: subject: the file manifest.json has");
        Files.writeString(signature, "{}");
        assertThat(signBySecond()).isEqualTo(1);
        assertThat(err).contains("manifest.json.sig is not a DSSE envelope", "Take the file away");
        Files.write(signature, first);
        ExampleRun.write(run, ExampleLedger.events(), "notes");
        Files.writeString(signature, Files.readString(signature).replace("\"sig\":\"", "\"sig\":\"AAAA"));
        assertThat(audit("sign", run.toString(), "--key", FIRST + ".key")).isEqualTo(1);
        assertThat(err).contains("does not hold");
        Files.delete(signature);
        Files.createDirectory(signature);
        assertThat(signBySecond()).isEqualTo(1);
        assertThat(err).contains("is not a regular file");
    }

    @Test
    void aLinkInTheFolderDoesNotChooseWhatIsOverwritten() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Files.createSymbolicLink(run.resolve("manifest.json.sig.tmp"), mine);
        sign();
        assertThat(mine).hasContent("mine");
        assertGood("--key", FIRST + ".pub");
        Files.move(signature, folder.resolve("elsewhere"));
        Files.createSymbolicLink(signature, folder.resolve("elsewhere"));
        assertNo("there is no regular file manifest.json.sig");
    }

    @Test
    void changesAfterSigningAreFound() throws IOException {
        sign();
        Files.writeString(run.resolve(ExampleRun.NOTES), "other notes");
        assertThat(verify("--key", FIRST + ".pub")).isEqualTo(1);
        assertThat(out).contains("FAILED  manifest: the file notes.txt was changed");
        ExampleRun.writeManifest(run);
        assertGood();
        assertNo("subject: the file notes.txt has the SHA-256 " + SimulatedSearch.sha256("other notes") + ", signed is "
                + SimulatedSearch.sha256("notes"));
        Files.writeString(run.resolve("manifest.json"), "{}");
        assertNo("what was signed cannot be compared");
        Files.delete(run.resolve("manifest.json"));
        assertNo("what was signed cannot be compared");
        Files.delete(run.resolve("ledger.jsonl"));
        Files.writeString(run.resolve("manifest.json"), "{}");
        assertNo("what was signed cannot be compared");
    }

    @Test
    void damagedEnvelopesFail() throws IOException {
        sign();
        String good = Files.readString(signature);
        Files.writeString(signature, "");
        assertNo("manifest.json.sig is not a DSSE envelope: ");
        Files.writeString(signature, good.replace("\"signatures\"", "\"payloadType\":\"x\",\"signatures\""));
        assertNo("manifest.json.sig is not a DSSE envelope: not acceptable as JSON: Duplicate field 'payloadType'");
        Files.writeString(signature, good.replace("==\"}", "\"}"));
        assertNo("manifest.json.sig is not a DSSE envelope: sig is not canonical Base64");
        Files.writeString(signature, good + " ".repeat(Envelope.MAX_BYTES));
        assertNo("manifest.json.sig is not a DSSE envelope: longer than");
        Files.writeString(signature, good.replace("in-toto+json", "in-toto+xml"));
        assertNo("the payload's type is application/vnd.in-toto+json, found 'application/vnd.in-toto+xml'");
        Files.writeString(signature, good.replace(id(FIRST), id(SECOND)));
        assertNo("there is no signature with the key id " + id(FIRST) + ", only with " + id(SECOND));
        Files.writeString(signature, good.replace("\"keyid\"", "\"id\""));
        assertNo("there is no signature with the key id " + id(FIRST) + ", only with no key id");
        Files.writeString(
                signature,
                good.replace("\"signatures\":[{", "\"signatures\":[{\"keyid\":\"\\u001b[2J\",\"sig\":\"\"},{"));
        assertGood("--key", FIRST + ".pub");
        assertThat(out).contains("not checked without their keys: ?[2J");
        String entry = good.substring(good.indexOf("[{") + 1, good.indexOf("}]") + 1);
        Files.writeString(signature, good.replace(entry, entry + "," + entry));
        assertNo("there are 2 signatures with the key id");
    }

    /** The holder of a good key signs something that the run does not say. */
    private void assertLieFound(Consumer<ObjectNode> lie, String reason) throws IOException {
        ObjectNode statement = Json.read(RunStatement.of(run).payload());
        lie.accept(statement);
        assertLieFound(Json.write(statement), reason);
    }

    private void assertLieFound(byte[] payload, String reason) throws IOException {
        SigningKey key = StoredKey.read(ExampleRun.resource("first.key")).key();
        SignatureFile.write(run, Envelope.of(RunStatement.PAYLOAD_TYPE, payload).signedBy(key));
        assertNo(reason);
    }

    private static ArrayNode subjects(ObjectNode statement) {
        return statement.withArray("subject");
    }

    private static ObjectNode predicate(ObjectNode statement) {
        return (ObjectNode) statement.get("predicate");
    }

    @Test
    void aSignedStatementThatIsNotTheRunsFails() throws IOException {
        assertLieFound(s -> s.put("_type", "https://in-toto.io/Statement/v0.1"), "_type: this run gives");
        assertLieFound(s -> s.put("predicateType", "https://example.com"), "predicateType: this run gives");
        assertLieFound(s -> s.put("more", 1), "more: this run gives nothing, signed is 1");
        assertLieFound(s -> s.remove("predicate"), "predicate: a JSON object follows");
        assertLieFound(s -> s.put("predicate", "{}"), "predicate: a JSON object follows");
        assertLieFound(s -> s.remove("subject"), "subject: a JSON array of files follows");
        assertLieFound(s -> subjects(s).remove(0), "subject: the file ledger.jsonl was not signed");
        assertLieFound(s -> subjects(s).remove(1), "subject: the file manifest.json was not signed");
        assertLieFound(s -> subjects(s).add(subjects(s).get(0).deepCopy()), "subject: 'ledger.jsonl' is signed twice");
        assertLieFound(
                s -> ((ObjectNode) subjects(s).get(0)).put("name", "../x"),
                "subject: '../x' was signed, and the manifest does not list it");
        assertLieFound(s -> ((ObjectNode) subjects(s).get(0)).put("uri", "x"), "subject: a name and one sha256 digest");
        assertLieFound(
                s -> ((ObjectNode) subjects(s).get(0)).putObject("digest").put("sha512", "0"),
                "subject: a name and one sha256 digest");
        assertLieFound(s -> subjects(s).add(1), "subject: a name and one sha256 digest");
        assertLieFound(s -> subjects(s).insert(0, subjects(s).remove(1)), "what was signed says the same, but is not");
        for (String name : List.of(
                "compactArchitectureDigest",
                "configurationDigest",
                "dataDigest",
                "ledgerEvents",
                "ledgerHead",
                "merkleRoot",
                "method",
                "seed",
                "structureDigest",
                "weightsDigest")) {
            assertLieFound(s -> predicate(s).put(name, "other"), "predicate." + name + ": this run gives ");
            assertLieFound(s -> predicate(s).remove(name), "predicate." + name + ": this run gives ");
        }
        assertLieFound(s -> predicate(s).put("more", true), "predicate.more: this run gives nothing, signed is true");
        assertLieFound(
                s -> {
                    for (int i = 0; i < 900; i++) {
                        predicate(s).put("x" + i, i);
                    }
                },
                "and 880 more differences");
        byte[] payload = RunStatement.of(run).payload();
        assertLieFound(new byte[0], "what was signed is not");
        assertLieFound("[]".getBytes(StandardCharsets.UTF_8), "what was signed is not a JSON object");
        assertLieFound(
                (new String(payload, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8),
                "what was signed says the same");
        SigningKey key = StoredKey.read(ExampleRun.resource("first.key")).key();
        SignatureFile.write(run, Envelope.of(RunStatement.PAYLOAD_TYPE, payload).signedBy(key));
        assertGood("--key", FIRST + ".pub");
    }

    private void assertUsage(String reason, String... arguments) {
        assertThat(audit(arguments)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.strip()).contains(reason).doesNotContain("\n");
    }

    @Test
    void wrongUsageIsExplained() throws IOException {
        String folderName = run.toString();
        String ledger = run.resolve("ledger.jsonl").toString();
        String pass = passphrase.toString();
        assertUsage("--key", "sign", folderName);
        assertUsage("RUN", "sign", "--key", FIRST + ".key");
        assertUsage("A run folder can be signed", "sign", ledger, "--key", FIRST + ".key");
        assertUsage(
                "There is no file",
                "sign",
                folderName,
                "--key",
                folder.resolve("none").toString());
        assertUsage("a public key, which cannot sign", "sign", folderName, "--key", FIRST + ".pub");
        assertUsage("not a PEM file", "sign", folderName, "--key", ledger);
        assertUsage("is not encrypted", "sign", folderName, "--key", FIRST + ".key", "--passphrase-file", pass);
        assertUsage("no file", "sign", folderName, "--key", SECOND + ".key", "--passphrase-file", pass + "s");
        assertUsage("a private key, which is for signing alone", "verify", folderName, "--key", FIRST + ".key");
        assertUsage(
                "There is no file",
                "verify",
                folderName,
                "--key",
                folder.resolve("none").toString());
        assertUsage("--key checks the signatures of a run folder", "verify", ledger, "--key", FIRST + ".pub");
        assertUsage(
                "the same key is given twice", "verify", folderName, "--key", FIRST + ".pub", "--key", FIRST + ".pub");
        String name = folder.resolve("new").toString();
        assertUsage("-o", "keygen");
        assertUsage("-o needs the name of a key", "keygen", "-o", "/");
        assertUsage("mutually exclusive", "keygen", "-o", name, "--passphrase", "--passphrase-file", pass);
        Files.writeString(passphrase, "short");
        assertUsage("8 to 1000 characters", "keygen", "-o", name, "--passphrase-file", pass);
        Files.writeString(passphrase, "two lines are\ntoo many");
        assertUsage("a passphrase is one line", "keygen", "-o", name, "--passphrase-file", pass);
        Files.writeString(passphrase, "x".repeat(5000));
        assertUsage("at most 4096", "keygen", "-o", name, "--passphrase-file", pass);
        assertThat(folder.resolve("new.key")).doesNotExist();
    }
}
