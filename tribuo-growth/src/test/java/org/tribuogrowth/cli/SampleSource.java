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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** One example a label, each with one feature. */
final class SampleSource implements ConfigurableDataSource<Label> {
    private final LabelFactory factory = new LabelFactory();

    @Config(description = "The labels.")
    private List<String> labels = new ArrayList<>();

    @Config(description = "The feature's name.")
    private String feature = "x";

    @Config(description = "A file that must exist.")
    private Path file;

    /** For OLCUT. */
    private SampleSource() {}

    @Override
    public void postConfig() throws NoSuchFileException {
        if (file != null && !Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }

    @Override
    public OutputFactory<Label> getOutputFactory() {
        return factory;
    }

    @Override
    public DataSourceProvenance getProvenance() {
        return new SimpleDataSourceProvenance("sample", factory);
    }

    @Override
    public Iterator<Example<Label>> iterator() {
        List<Example<Label>> examples = new ArrayList<>();
        for (String label : labels) {
            examples.add(new ArrayExample<>(new Label(label), new String[] {feature}, new double[] {1.0}));
        }
        return examples.iterator();
    }
}
