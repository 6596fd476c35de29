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
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the pictures of docs/images that show the report: {@code dev/report-screenshots} runs it. */
public final class ReportScreenshots {
    private static final int WIDE = 1200;
    private static final int NARROW = 360;

    private ReportScreenshots() {}

    /**
     * Takes the pictures.
     *
     * @param arguments The page and the folder of the pictures.
     */
    public static void main(String[] arguments) throws IOException {
        Path page = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Path.of(arguments[1]);
        Path program = Chromium.find()
                .orElseThrow(() ->
                        new IllegalStateException("There is no Chromium on the path: install the package chromium"));
        try (Chromium chromium = Chromium.start(program)) {
            chromium.open(page, WIDE, false);
            save(folder, "report-light.png", chromium.picture("header", "#cost", WIDE));
            save(folder, "report-search.png", chromium.picture("#search", "#search", WIDE));
            chromium.evaluate("document.querySelector('#filter-group').value = 'conv2';"
                    + "document.querySelector('#filter-group').dispatchEvent(new Event('change'));"
                    + "document.querySelectorAll('#changes tbody tr').forEach((row, i) => { row.hidden = i > 9; });"
                    + "document.querySelectorAll('#compact tbody tr').forEach((row, i) => { row.hidden = i > 7; })");
            chromium.evaluate("document.querySelectorAll('#compact button[data-unit]')[2].click()");
            save(folder, "report-changes.png", chromium.picture("#changes", "#integrity", WIDE));
            chromium.open(page, WIDE, true);
            save(folder, "report-dark.png", chromium.picture("header", "#cost", WIDE));
            chromium.open(page, NARROW, false);
            save(folder, "report-narrow.png", chromium.picture("header", "#costs", NARROW));
        }
    }

    private static void save(Path folder, String name, byte[] picture) throws IOException {
        Files.write(folder.resolve(name), picture);
    }
}
