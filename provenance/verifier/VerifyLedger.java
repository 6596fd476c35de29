/*
 * Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * Checks a ledger with nothing but a JDK of version 17 or later: java VerifyLedger.java LEDGER|RUNFOLDER [HEAD]
 * Checked: each line's index and the hash of the line before it, the Merkle root in the seal, that the seal is the last
 * line, and the HEAD; of a run folder also the manifest's head, number of lines and SHA-256 of every file it lists.
 * NOT checked: the events, so whether they are well formed, follow from each other ('audit verify' does that) and are
 * true; signatures; and, without a HEAD from elsewhere, whether everything was rewritten together.
 * Exit codes: 0 all of this holds, 1 something does not, 2 wrong usage or a file that cannot be read.
 */
import static java.nio.charset.StandardCharsets.ISO_8859_1; // with it, a character of a string is a byte

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Scanner;

public final class VerifyLedger {
    static final HexFormat HEX = HexFormat.of();

    public static void main(String[] arguments) throws Exception {
        try {
            verify(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        } catch (IllegalStateException e) {
            System.out.println("FAILED  " + e.getMessage());
            System.exit(1);
        } catch (IOException | RuntimeException e) {
            System.err.println("Usage: java VerifyLedger.java LEDGER|RUNFOLDER [HEAD]. Not possible: " + e);
            System.exit(2);
        }
    }

    static void verify(Path run, List<String> givenHead) throws Exception {
        Path ledger = Files.isDirectory(run) ? run.resolve("ledger.jsonl") : run;
        ArrayDeque<String> subtrees = new ArrayDeque<>();
        String head = "0".repeat(64);
        boolean sealed = false;
        long lines = 0;
        try (Scanner input = new Scanner(ledger, ISO_8859_1)) {
            for (String line; (line = input.findWithinHorizon("[^\n]*+\n", (16 << 20) + 1)) != null; lines++) {
                require(!sealed, "line " + (lines + 1) + ": it follows the seal");
                sealed = lines > 0 && line.endsWith("\",\"type\":\"seal\"}\n");
                String node = sealed ? subtrees.pop() : sha256("\0" + line.substring(0, line.length() - 1));
                for (long rest = lines; sealed ? !subtrees.isEmpty() : (rest & 1) == 1; rest >>= 1) {
                    node = sha256("\1" + subtrees.pop() + node);
                }
                subtrees.push(node);
                // Keys are sorted, so this ends the line; in a text of the event a backslash precedes quotation marks.
                String root = sealed ? ",\"merkleRoot\":\"" + HEX.formatHex(node.getBytes(ISO_8859_1)) + '"' : "";
                String end = "},\"index\":" + lines + root + ",\"previous\":\"" + head + "\",\"type\":\"";
                boolean ends = line.replaceFirst("[a-z]+\"}\n\\z", "").endsWith(end) && line.startsWith("{\"event\":{");
                require(ends, "line " + (lines + 1) + ": it or the one before was changed, it has to end with " + end);
                head = HEX.formatHex(sha256(line.substring(0, line.length() - 1)).getBytes(ISO_8859_1));
            }
            require(input.findWithinHorizon("(?s).", 1) == null, "line " + (lines + 1) + ": torn, or above 16 MiB");
        }
        require(sealed, "line " + (lines + 1) + ": it is missing, the ledger ends without a seal");
        String files = ledger == run ? "" : ", manifest with " + manifest(run, lines, head) + " files";
        require(givenHead.isEmpty() || givenHead.equals(List.of(head)), "head: the ledger's is " + head);
        System.out.println("ok      chain of " + lines + " lines, Merkle root, seal" + files);
        System.out.println("ok      head " + head + (givenHead.isEmpty() ? ", to be compared" : ", the one given"));
    }

    static int manifest(Path run, long lines, String head) throws Exception {
        String text = Files.readString(run.resolve("manifest.json"), ISO_8859_1);
        String end = "},\"ledgerEvents\":" + lines + ",\"ledgerHead\":\"" + head + "\",\"schemaVersion\":1}\n";
        boolean whole = text.startsWith("{\"files\":{") && text.endsWith(end) && text.contains("\"ledger.jsonl\":");
        require(whole, "manifest.json: it has to list ledger.jsonl and to end with " + end.strip());
        String[] entries = text.substring(10, text.length() - end.length()).split(",", -1);
        for (String entry : entries) {
            boolean plain = entry.matches("\"[A-Za-z0-9][A-Za-z0-9._-]{0,199}\":\"[0-9a-f]{64}\"");
            require(plain, "manifest.json: an entry is not a plain file name with a SHA-256");
            Path file = run.resolve(entry.substring(1, entry.length() - 68));
            require(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), file + ": there is no such regular file");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream input = Files.newInputStream(file)) {
                for (byte[] part; (part = input.readNBytes(1 << 16)).length > 0; ) {
                    digest.update(part);
                }
            }
            require(entry.endsWith(HEX.formatHex(digest.digest()) + '"'), file + ": it was changed");
        }
        return entries.length;
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
