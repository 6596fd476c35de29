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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Compares a run's files with its ledger by the {@linkplain RunFileCheck checks} on the class path. */
final class RunFiles {
    /** The files of a run that hold a model: each is either compared with the ledger or said not to be. */
    private static final List<String> MODELS = List.of("model.tribuo", "compact.onnx", "compact-dl4j.zip");

    private static final int REASON = 1000;

    private RunFiles() {}

    /**
     * Compares the files that the manifest lists.
     *
     * @param folder   The run folder.
     * @param manifest Its manifest.
     * @param run      What the ledger says, or null if it does not hold; then nothing is compared.
     * @param report   Where the findings go.
     */
    static void check(Path folder, Manifest manifest, SealedRun run, VerificationReport report) {
        List<RunFileCheck> checks = load(report).stream()
                .filter(check -> manifest.files().containsKey(check.file()))
                .toList();
        TreeSet<String> known = checks.stream().map(RunFileCheck::file).collect(Collectors.toCollection(TreeSet::new));
        if (run == null) {
            notCompared(known, "the ledger does not hold", report);
        } else {
            checks.forEach(check -> compare(folder.resolve(check.file()), check, run, report));
        }
        TreeSet<String> unknown = new TreeSet<>(MODELS);
        unknown.retainAll(manifest.files().keySet());
        unknown.removeAll(known);
        notCompared(unknown, "nothing on the class path can read it", report);
    }

    private static List<RunFileCheck> load(VerificationReport report) {
        List<RunFileCheck> checks = new ArrayList<>();
        try {
            Iterator<RunFileCheck> found = ServiceLoader.load(RunFileCheck.class, RunFileCheck.class.getClassLoader())
                    .iterator();
            while (found.hasNext()) {
                checks.add(found.next());
            }
        } catch (ServiceConfigurationError e) {
            report.failed(
                    "files", "a check on the class path cannot be used: " + SafeText.clean(e.getMessage(), REASON));
        }
        return checks;
    }

    private static void notCompared(Collection<String> names, String reason, VerificationReport report) {
        names.forEach(name -> report.note("not compared", name + " with the ledger: " + reason));
    }

    private static void compare(Path file, RunFileCheck check, SealedRun run, VerificationReport report) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // The manifest's own check has failed for it.
            notCompared(List.of(check.file()), "it is not there", report);
            return;
        }
        try {
            report.ok(check.file(), SafeText.clean(check.check(file, run), REASON));
        } catch (IllegalArgumentException | IOException e) {
            report.failed(check.file(), SafeText.clean(String.valueOf(e.getMessage()), REASON));
        }
    }
}
