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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * Joins the page: its parts are resources beside this class, the library of charts is that of the dependency, the data is
 * JSON. The page's security policy lets exactly these scripts and this style sheet be used, and nothing be loaded.
 */
final class ReportPage {
    private static final List<String> SCRIPTS = List.of(
            "basics.js", "charts.js", "pictures.js", "search.js", "events.js", "lineage.js", "details.js", "page.js");
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/%s/echarts.common.min.js";
    private static final String LIBRARY_PROPERTIES = "/META-INF/maven/org.webjars/echarts/pom.properties";

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param report The report.
     * @return HTML in UTF-8.
     */
    static byte[] of(RunReport report) {
        String style = resource("report.css");
        String version = libraryVersion();
        String library = resource(LIBRARY.formatted(version)).strip();
        StringBuilder script = new StringBuilder("'use strict';\n");
        SCRIPTS.forEach(name -> script.append(resource(name)));
        String policy = "default-src 'none'; script-src " + source(library) + " " + source(script.toString())
                + "; style-src-elem " + source(style)
                + "; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'";
        // Put in one after the other, never twice, so that no text of the run is taken for a place.
        StringBuilder page = new StringBuilder();
        String rest = resource("report.html");
        for (Part part : List.of(
                new Part("policy", policy),
                new Part("style", style),
                new Part("version", version),
                new Part("data", PageData.of(report)),
                new Part("library", library),
                new Part("script", script.toString()))) {
            String place = "{{" + part.name() + "}}";
            int at = rest.indexOf(place);
            if (at < 0) {
                throw new IllegalStateException("The page has no place " + place);
            }
            page.append(rest, 0, at).append(part.text());
            rest = rest.substring(at + place.length());
        }
        return page.append(rest).toString().getBytes(StandardCharsets.UTF_8);
    }

    private record Part(String name, String text) {}

    /** The library's version, which is in the name of its folder. */
    static String libraryVersion() {
        Properties properties = new Properties();
        try (InputStream input = open(LIBRARY_PROPERTIES)) {
            properties.load(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String source(String content) {
        MessageDigest digest = Sha256.start();
        byte[] hash = digest.digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    private static String resource(String name) {
        try (InputStream input = open(name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream input = ReportPage.class.getResourceAsStream(name);
        if (input == null) {
            throw new IllegalStateException("The resource " + name + " is missing from the class path");
        }
        return input;
    }
}
