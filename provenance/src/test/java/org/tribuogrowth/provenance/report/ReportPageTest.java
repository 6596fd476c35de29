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

package org.tribuogrowth.provenance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SimulatedSearch;

/** The page holds all it shows, asks for nothing, and takes no text of a run for markup. */
class ReportPageTest {
    /** What would run or load something if it were taken for markup. */
    static final String HOSTILE =
            "</script><script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\"><!--";

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void write() throws IOException {
        run = ReportFixture.folder(folder.resolve("run {{data}} & <b>"), SimulatedSearch.run(3, 10));
    }

    /** Puts the text wherever a run folder can have a text. */
    static void hostile(Path run) throws IOException {
        Files.writeString(run.resolve("config.xml"), "<config>" + HOSTILE + "{{script}}\u202e\u2028</config>");
        String json = HOSTILE.replace("\"", "\\\"");
        Files.writeString(
                run.resolve("evaluation.json"),
                "{\"test\":{\"" + json + "\":1,\"accuracy\":1e999,\"classes\":[{\"name\":\"" + json
                        + "\",\"f1\":1}]}}");
        Files.writeString(
                run.resolve("observations.json"), "{\"system\":\"" + json + "\",\"huge\":123456789012345678901}");
        Files.writeString(run.resolve("timing.json"), "[".repeat(50));
    }

    @Test
    void nothingIsAskedForAndNothingElseMayRun() throws Exception {
        String page = Files.readString(ReportFixture.page(run));
        List<String> scripts = all(SCRIPT, page);
        List<String> styles = all(STYLE, page);
        assertThat(scripts).hasSize(2);
        assertThat(styles).hasSize(1);
        assertThat(page)
                .contains("default-src 'none'; script-src " + hash(scripts.get(0)) + " " + hash(scripts.get(1))
                        + "; style-src-elem " + hash(styles.get(0)) + ";");
        String markup = page.replace(scripts.get(0), "").replace(scripts.get(1), "");
        assertThat(markup).doesNotContain("http:", "https:", "src=", "@import", "url(", "javascript:");
        assertThat(Pattern.compile("<[^>]*\\son[a-z]+\\s*=").matcher(markup).find())
                .isFalse();
        assertThat(all(Pattern.compile("<(?:a|link)[^>]*href=\"([^\"]*)\""), markup))
                .allMatch(href -> href.startsWith("#"));
        assertThat(page).contains("Apache ECharts " + ReportPage.libraryVersion() + ", Apache License 2.0");
    }

    @Test
    void textsOfTheRunAreDataAndNothingElse() throws IOException {
        hostile(run);
        String page = Files.readString(ReportFixture.page(run));
        assertThat(page).doesNotContain("<script>window.hacked", "<img src=x", "run {{data}} & <b>", "\u202e");
        assertThat(all(Pattern.compile("(</script>)"), page)).hasSize(3);
        JsonNode data = ReportFixture.data(run.resolve(RunReport.FILE_NAME));
        assertThat(data.at("/run/name").asText()).isEqualTo("run {{data}} & <b>");
        assertThat(data.at("/files/configuration").asText()).isEqualTo("<config>" + HOSTILE + "{{script}}??</config>");
        assertThat(data.at("/files/figures/observations.json/system").asText()).isEqualTo(HOSTILE);
        assertThat(data.at("/files/figures/observations.json/huge").asText()).isEqualTo("123456789012345678901");
        assertThat(data.at("/files/figures").has("timing.json")).isFalse();
        assertThat(data.at("/files/notes/0").asText()).startsWith("timing.json is left out");
    }

    @Test
    void filesOutsideTheFolderAndLongOnesAreNotShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{\"secret\":\"told\"}");
        Files.createSymbolicLink(run.resolve("observations.json"), secret);
        Files.createSymbolicLink(run.resolve("config.xml"), secret);
        Files.write(run.resolve("evaluation.json"), new byte[(1 << 20) + 1]);
        String page = Files.readString(ReportFixture.page(run));
        assertThat(page).doesNotContain("told").contains("evaluation.json is left out: it is longer than");
    }

    @Test
    void namesOfFilesAndDigestsAreThoseOfTheManifest() throws IOException {
        String digest = SimulatedSearch.sha256(Files.readAllBytes(run.resolve("ledger.jsonl")));
        Manifest.of(run, List.of("ledger.jsonl"), "0".repeat(64), 1).write(run);
        JsonNode list = ReportFixture.data(ReportFixture.page(run)).at("/files/list");
        Map<String, String> digests = new TreeMap<>();
        list.forEach(file ->
                digests.put(file.get("name").asText(), file.path("sha256").asText()));
        assertThat(digests).isEqualTo(Map.of("ledger.jsonl", digest, "manifest.json", ""));
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String hash(String content) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }
}
