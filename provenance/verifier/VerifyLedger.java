/*
 * Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * Checks a ledger with nothing but a JDK of version 17 or later: java VerifyLedger.java LEDGER|RUNFOLDER [HEAD]
 * Checked: each line's index and the hash of the line before it, the Merkle root in the seal, that the seal comes last,
 * the HEAD; of a run folder also the manifest's head, number of lines and SHA-256 of every file it lists.
 * NOT checked: the events, so whether they are well formed, follow from each other ('audit verify' says), are true;
 * signatures; without a HEAD from elsewhere, whether all was rewritten. Exit codes: 0 holds, 1 not, 2 cannot be read.
 */
import static java.nio.charset.StandardCharsets.ISO_8859_1; // with it, a character of a string is a byte

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;

public final class VerifyLedger {
    public static void main(String[] arguments) {
        try {
            verify(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        } catch (Exception e) {
            boolean failed = e instanceof IllegalStateException;
            System.out.println(failed ? "FAILED  " + e.getMessage() : "Give LEDGER|RUNFOLDER [HEAD]. Found: " + e);
            System.exit(failed ? 1 : 2);
        }
    }

    static void verify(Path run, List<String> givenHead) throws Exception {
        Path ledger = Files.isDirectory(run) ? run.resolve("ledger.jsonl") : run;
        ArrayDeque<String> subtrees = new ArrayDeque<>();
        String head = "0".repeat(64);
        boolean sealed = false;
        long lines = 0;
        try (InputStream input = new BufferedInputStream(Files.newInputStream(ledger))) {
            for (String line; !(line = line(input)).isEmpty(); lines++) {
                require(!sealed && line.endsWith("\n"), "line " + (lines + 1) + ": it is torn, or it follows the seal");
                sealed = lines > 0 && line.endsWith("\",\"type\":\"seal\"}\n");
                String node = sealed ? subtrees.pop() : sha256("\0" + line.substring(0, line.length() - 1));
                for (long rest = lines; sealed ? !subtrees.isEmpty() : (rest & 1) == 1; rest >>= 1) {
                    node = sha256("\1" + subtrees.pop() + node);
                }
                subtrees.push(node);
                // Keys are sorted, so this ends the line; in a text of the event a backslash precedes quotation marks.
                String root = HexFormat.of().formatHex(node.getBytes(ISO_8859_1));
                String end = "},\"index\":" + lines + (sealed ? ",\"merkleRoot\":\"" + root + '"' : "")
                        + ",\"previous\":\"" + head + "\",\"type\":\"";
                boolean ends = line.replaceFirst("[a-z]+\"}\n\\z", "").endsWith(end) && line.startsWith("{\"event\":{");
                require(ends, "line " + (lines + 1) + ": it or the one before was changed, it has to end with " + end);
                head = HexFormat.of().formatHex(sha256(line.substring(0, line.length() - 1)).getBytes(ISO_8859_1));
            }
        }
        require(sealed, "line " + (lines + 1) + ": it is missing, the ledger ends without a seal");
        require(givenHead.isEmpty() || givenHead.equals(List.of(head)), "head: the ledger's is " + head);
        String files = ledger == run ? "" : manifest(run, lines, head);
        System.out.println("ok      chain of " + lines + " lines, Merkle root, seal" + files + "\nhead    " + head
                + (givenHead.isEmpty() ? ", to be compared" : ", the one given"));
    }

    static String line(InputStream input) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int next = 0; next != '\n' && line.length() <= 16 << 20 && (next = input.read()) >= 0; ) {
            line.append((char) next);
        }
        return line.toString();
    }

    static String manifest(Path run, long lines, String head) throws Exception {
        String text = Files.readString(run.resolve("manifest.json"), ISO_8859_1);
        String end = "},\"ledgerEvents\":" + lines + ",\"ledgerHead\":\"" + head + "\",\"schemaVersion\":1}\n";
        boolean whole = text.startsWith("{\"files\":{") && text.endsWith(end) && text.contains("\"ledger.jsonl\":");
        require(whole, "manifest.json: it has to list ledger.jsonl and to end with " + end.strip());
        for (String entry : text.substring(10, text.length() - end.length()).split(",", -1)) {
            require(entry.matches("\"[A-Za-z0-9][A-Za-z0-9._-]{0,199}\":\"[0-9a-f]{64}\""), "manifest.json: bad entry");
            Path file = run.resolve(entry.substring(1, entry.length() - 68));
            require(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), file + ": there is no such regular file");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream input = Files.newInputStream(file)) {
                for (byte[] part; (part = input.readNBytes(1 << 16)).length > 0; ) {
                    digest.update(part);
                }
            }
            require(entry.endsWith(HexFormat.of().formatHex(digest.digest()) + '"'), file + ": it was changed");
        }
        return ", manifest and its files";
    }

    static String sha256(String bytes) throws Exception {
        return new String(MessageDigest.getInstance("SHA-256").digest(bytes.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
