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

package org.tribuogrowth.compliance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.provenance.LedgerVerifier;

/** The main classes of this project that are on the class path, from folders or jars, tests left out. */
final class ProjectClasses {
    private ProjectClasses() {}

    /** Where the classes of the two modules are. */
    static List<Path> locations() {
        return List.of(location(GrowthTrainer.class), location(LedgerVerifier.class));
    }

    private static Path location(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toPath();
    }

    /** All classes that are subtypes of one, abstract ones left out. */
    static List<Class<?>> subtypes(Class<?> wanted) {
        List<Class<?>> found = new ArrayList<>();
        for (String name : names()) {
            try {
                Class<?> type = Class.forName(name, false, ProjectClasses.class.getClassLoader());
                if (wanted.isAssignableFrom(type) && !java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
                    found.add(type);
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Path location : locations()) {
            for (String entry : entries(location)) {
                if (entry.endsWith(".class") && entry.startsWith("org/tribuogrowth") && !entry.contains("/protos/")) {
                    names.add(entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'));
                }
            }
        }
        names.removeIf(name -> name.endsWith("package-info"));
        return names;
    }

    /** The files in a folder or jar, with slashes. */
    static List<String> entries(Path location) {
        try {
            if (!Files.isDirectory(location)) {
                try (JarFile jar = new JarFile(location.toFile())) {
                    return jar.stream().map(entry -> entry.getName()).toList();
                }
            }
            try (Stream<Path> files = Files.walk(location)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> location.relativize(file).toString().replace(File.separatorChar, '/'))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
