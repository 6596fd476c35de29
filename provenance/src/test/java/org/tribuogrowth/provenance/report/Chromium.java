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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The machine's Chromium without a window, driven through its DevTools protocol. It keeps what a page writes to the console,
 * what the browser objects to, and which addresses the page asks for.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path profile;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private WebSocket socket;
    private int number;

    private Chromium(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** The program, if the machine has it. */
    public static Optional<Path> find() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start(Path program) throws IOException {
        Path profile = Files.createTempDirectory("chromium");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        // The pages are made by the tests, and in containers there is often no sandbox.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Chromium chromium = new Chromium(process, profile);
        try {
            chromium.connect();
        } catch (IOException | RuntimeException e) {
            chromium.close();
            throw e;
        }
        return chromium;
    }

    private void connect() throws IOException {
        // Chromium writes its port there once it listens.
        Path port = profile.resolve("DevToolsActivePort");
        for (int i = 0; !Files.exists(port) || Files.size(port) == 0; i++) {
            if (!process.isAlive() || i == 10 * PATIENCE) {
                throw new IOException("Chromium does not start");
            }
            pause();
        }
        URI page = page(Files.readAllLines(port).get(0));
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Messages())
                .join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", JSON.createObjectNode());
        }
    }

    /** The page that is open at the start. */
    private static URI page(String port) throws IOException {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        for (JsonNode target : JSON.readTree(list.toURL())) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("Chromium has no page");
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    take(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    complaints.add("message: " + e.getMessage());
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            JsonNode parameters = message.path("params");
            switch (message.path("method").asText()) {
                case "Runtime.consoleAPICalled" -> complaints.add(
                        "console: " + parameters.path("args").toString());
                case "Runtime.exceptionThrown" -> complaints.add(
                        "exception: " + parameters.path("exceptionDetails").toString());
                case "Log.entryAdded" -> complaints.add(
                        "log: " + parameters.path("entry").path("text").asText());
                case "Network.requestWillBeSent" -> requests.add(
                        parameters.path("request").path("url").asText());
                default -> {
                    CompletableFuture<JsonNode> answer =
                            answers.remove(message.path("id").asInt(-1));
                    if (answer != null) {
                        answer.complete(message);
                    }
                }
            }
        }
    }

    private synchronized JsonNode call(String method, ObjectNode parameters) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(++number, answer);
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode found = answer.get(PATIENCE, TimeUnit.SECONDS);
            if (found.has("error")) {
                throw new IllegalStateException(method + ": " + found.get("error"));
            }
            return found.path("result");
        } catch (TimeoutException e) {
            throw new IllegalStateException("Chromium does not answer " + method, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens a page of the report and waits until it has put itself together. */
    public void open(Path page, int width, boolean dark) {
        size(width, 900, 1);
        media(dark ? "dark" : "light", "");
        complaints.clear();
        requests.clear();
        call("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
        String ready = "document.readyState === 'complete' && document.documentElement.dataset.ready === 'yes'";
        for (int i = 0; i < 10 * PATIENCE; i++) {
            if (evaluate(ready).asBoolean()) {
                return;
            }
            pause();
        }
        throw new IllegalStateException("The page did not get ready: " + complaints);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void media(String scheme, String medium) {
        ObjectNode media = JSON.createObjectNode().put("media", medium);
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", media);
    }

    private void size(int width, int height, int scale) {
        call(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", scale)
                        .put("mobile", false));
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) {
        JsonNode result = call(
                "Runtime.evaluate",
                JSON.createObjectNode()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Presses a key on whatever has the focus. */
    public void press(String key, String text) {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event = JSON.createObjectNode().put("type", type).put("key", key);
            event.put("code", key)
                    .put("windowsVirtualKeyCode", key.equals("Tab") ? 9 : key.equals("Enter") ? 13 : text.charAt(0));
            if (type.equals("keyDown") && !text.isEmpty()) {
                event.put("text", text);
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** What the page wrote to the console and what the browser objected to since the page was opened. */
    public List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    /** The addresses asked for since the page was opened, the page's own among them. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** A picture of a part of the page, from the top of one element to the bottom of another. */
    public byte[] picture(String first, String last, int width) {
        int height = evaluate("document.documentElement.scrollHeight").asInt();
        size(width, height, 1);
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        JsonNode top = evaluate("document.querySelector('" + first + "').getBoundingClientRect().top + window.scrollY");
        JsonNode end =
                evaluate("document.querySelector('" + last + "').getBoundingClientRect().bottom + window.scrollY");
        ObjectNode clip = JSON.createObjectNode()
                .put("x", 0)
                .put("y", top.asDouble())
                .put("width", width)
                .put("height", end.asDouble() - top.asDouble() + 12)
                .put("scale", 1);
        ObjectNode parameters = JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true);
        parameters.set("clip", clip);
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", parameters).path("data").asText());
    }

    /** The page as it prints. */
    public byte[] pdf() {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", JSON.createObjectNode().put("printBackground", false))
                        .path("data")
                        .asText());
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
        process.destroy();
        try {
            process.waitFor(PATIENCE, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
