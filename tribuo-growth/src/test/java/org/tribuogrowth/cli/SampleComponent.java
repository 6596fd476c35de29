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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A component with a field of each kind, for tests of the command line. */
final class SampleComponent implements Configurable {
    /** Kinds of sample. */
    enum Kind {
        SMALL,
        LARGE
    }

    @ConfigurableName
    private String configName;

    @Config(mandatory = true, description = "How many.")
    private int count;

    @Config(description = "Whether to talk.")
    private boolean verbose = false;

    @Config(description = "A rate above 0.")
    private double rate = 0.5;

    @Config(description = "The kind of sample.")
    private Kind kind = Kind.SMALL;

    @Config(description = "Any text.")
    private String title = "";

    @Config(description = "A file.")
    private Path file;

    @Config(description = "Widths.")
    private List<Integer> widths = new ArrayList<>();

    @Config(description = "Kinds allowed.")
    private Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    @Config(description = "A part.")
    private SamplePart part;

    @Config(description = "Parts.")
    private List<SamplePart> parts = new ArrayList<>();

    @Config(description = "Numbers by name.")
    private Map<String, Double> numbers = new HashMap<>();

    /** For OLCUT. */
    private SampleComponent() {}

    @Override
    public void postConfig() {
        if (rate <= 0) {
            throw new PropertyException("", "rate", "must be above 0, found " + rate);
        }
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, found " + count);
        }
    }

    int count() {
        return count;
    }

    List<Integer> widths() {
        return widths;
    }

    String title() {
        return title;
    }

    double rate() {
        return rate;
    }

    Map<String, Double> numbers() {
        return numbers;
    }

    List<SamplePart> parts() {
        return parts;
    }

    @Override
    public String toString() {
        return "SampleComponent(" + configName + "," + verbose + "," + kind + "," + file + "," + kinds + "," + part
                + ")";
    }
}
