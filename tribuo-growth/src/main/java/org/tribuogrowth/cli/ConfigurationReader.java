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

package org.tribuogrowth.cli;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.io.ConfigLoaderException;
import com.oracle.labs.mlrg.olcut.config.property.GlobalProperties;
import com.oracle.labs.mlrg.olcut.config.property.GlobalProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads configuration files: each is read into memory once, {@linkplain ConfigurationFormat checked}, and the same bytes are
 * then given to OLCUT's own loader of the format, so that what they mean is decided by nobody else.
 */
final class ConfigurationReader {
    /** How much is read, over all files, in bytes. */
    static final int MOST_BYTES = 4 << 20;
    /** The most files accepted. */
    static final int MOST_FILES = 100;

    private final Places places = new Places();
    private final Map<String, ConfigurationData> components = new HashMap<>();
    private final GlobalProperties globals = new GlobalProperties();
    private final List<String> sources = new ArrayList<>();
    private int bytesLeft = MOST_BYTES;

    private ConfigurationReader() {}

    private record Source(Path path, String askedBy) {}

    /**
     * Reads files and applies overrides.
     *
     * @param words    The names of the files, as on the command line: one each, or several joined by commas.
     * @param settings The overrides.
     * @return The configuration.
     * @throws UserError If a file cannot be read or is refused, or an override does not fit.
     */
    static Configuration read(Collection<String> words, List<CommandLine.Setting> settings) {
        ConfigurationReader reader = new ConfigurationReader();
        Queue<Source> queue = new ArrayDeque<>();
        for (String word : words) {
            for (Path path : paths(word)) {
                queue.add(new Source(path, ""));
            }
        }
        Set<Path> seen = new HashSet<>();
        while (!queue.isEmpty()) {
            Source source = queue.remove();
            if (!seen.add(source.path().toAbsolutePath().normalize())) {
                throw UserError.usage(source.askedBy() + "The configuration file " + source.path()
                        + " is asked for more than once; each file is read once.");
            }
            if (seen.size() > MOST_FILES) {
                throw UserError.usage(source.askedBy() + "The configuration consists of more than " + MOST_FILES
                        + " files, which are not read.");
            }
            queue.addAll(reader.load(source));
        }
        return reader.finish(settings);
    }

    private static List<Path> paths(String word) {
        try {
            if (Files.exists(Path.of(word))) {
                return List.of(Path.of(word));
            }
            return ConfigurationManager.parseStringList(word).stream()
                    .map(Path::of)
                    .toList();
        } catch (InvalidPathException exception) {
            throw UserError.usage(
                    "'" + word + "' is not the name of a file: " + exception.getReason() + ".", exception);
        }
    }

    private List<Source> load(Source source) {
        String name = source.path().toString();
        ConfigurationFormat format = format(source);
        byte[] content = bytes(source);
        List<Source> more = new ArrayList<>();
        for (ConfigurationFormat.Include included : format.check(name, content, places)) {
            try {
                more.add(new Source(source.path().resolveSibling(included.file()), included.place() + ": "));
            } catch (InvalidPathException exception) {
                throw Places.wrong(included.place(), Words.quote(included.file()) + " is not the name of a file.");
            }
        }
        sources.add(name);
        try {
            format.loader(components, globals).load(new ByteArrayInputStream(content));
        } catch (ConfigLoaderException exception) {
            throw UserError.usage(name + ": " + Components.sentence(Components.text(exception)), exception);
        }
        return more;
    }

    private static String begin(Source source) {
        return source.askedBy() + "The configuration file "
                + Words.unquoted(source.path().toString());
    }

    private static ConfigurationFormat format(Source source) {
        Path path = source.path();
        String fileName = path.getFileName() == null ? "" : path.getFileName().toString();
        if (Files.isDirectory(path)) {
            throw UserError.usage(begin(source) + " is a folder; a file that ends in " + ConfigurationFormat.endings()
                    + " is needed.");
        }
        if (!Files.exists(path)) {
            throw UserError.usage(begin(source) + " does not exist" + similar(path, fileName));
        }
        return ConfigurationFormat.of(fileName)
                .orElseThrow(() -> UserError.usage(begin(source)
                        + " does not say by its ending in which format it is written; allowed are "
                        + ConfigurationFormat.endings() + "."));
    }

    private byte[] bytes(Source source) {
        String begin = begin(source);
        if (!Files.isRegularFile(source.path())) {
            throw UserError.usage(begin + " is neither a file nor a link to one.");
        }
        try (InputStream stream = Files.newInputStream(source.path())) {
            byte[] content = stream.readNBytes(bytesLeft + 1);
            if (content.length > bytesLeft) {
                throw UserError.usage(begin + " is too large: at most " + MOST_BYTES + " bytes are read, over all files"
                        + " of a configuration.");
            }
            if (content.length == 0) {
                throw UserError.usage(begin + " is empty.");
            }
            bytesLeft -= content.length;
            return content;
        } catch (AccessDeniedException exception) {
            throw UserError.usage(begin + " cannot be read: permission denied.", exception);
        } catch (NoSuchFileException exception) {
            throw UserError.usage(begin + " does not exist.", exception);
        } catch (IOException exception) {
            throw UserError.usage(
                    begin + " cannot be read: " + Components.sentence(Components.text(exception)), exception);
        }
    }

    /** The files beside a missing one, if its folder exists: its name may be misspelt. */
    private static String similar(Path path, String fileName) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "." : ", nor does its folder " + folder + ".";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> ConfigurationFormat.of(name).isPresent())
                    .toList();
            return "." + Suggestions.didYouMean(fileName, names);
        } catch (IOException exception) {
            return ".";
        }
    }

    private Configuration finish(List<CommandLine.Setting> settings) {
        Overrides overrides = new Overrides(components, places);
        for (CommandLine.Setting setting : settings) {
            overrides.apply(setting);
        }
        Map<String, String> fromFiles = new TreeMap<>();
        for (Map.Entry<String, GlobalProperty> entry : globals) {
            fromFiles.put(entry.getKey(), entry.getValue().getValue());
        }
        overrides.checkGlobals(fromFiles);
        GlobalValues values = new GlobalValues(fromFiles, overrides.globals());
        List<Configuration.Component> filled = new ArrayList<>();
        places.components().forEach((name, place) -> filled.add(component(components.get(name), place, values)));
        return new Configuration(sources, ListedTypes.replace(filled));
    }

    private Configuration.Component component(ConfigurationData data, Place place, GlobalValues values) {
        Map<String, Place> known = places.properties(data.getName());
        // In the order in which they were written; what an override adds comes last.
        Set<String> names = new LinkedHashSet<>(known.keySet());
        names.addAll(new TreeSet<>(data.getProperties().keySet()));
        Map<String, Property> filled = new LinkedHashMap<>();
        for (String name : names) {
            String message = known.getOrDefault(name, place).of(data.getName(), name);
            filled.put(name, values.fill(data.getProperties().get(name), message));
        }
        return new Configuration.Component(data.getName(), data.getClassName(), place, filled, known);
    }
}
