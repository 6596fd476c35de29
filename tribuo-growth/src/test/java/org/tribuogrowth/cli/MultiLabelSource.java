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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.OutputFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.OutputData;

/** The problem of {@link OutputData#multiLabels}. */
final class MultiLabelSource implements ConfigurableDataSource<MultiLabel> {
    private final MultiLabelFactory factory = new MultiLabelFactory();

    @Config(description = "How many examples.")
    private int points = 120;

    @Config(description = "What the examples are drawn with.")
    private long drawing = 1;

    @Config(description = "A label or dimension that the last example has besides its own, if any.")
    private String more = "";

    /** For OLCUT. */
    private MultiLabelSource() {}

    @Override
    public OutputFactory<MultiLabel> getOutputFactory() {
        return factory;
    }

    @Override
    public DataSourceProvenance getProvenance() {
        return new SimpleDataSourceProvenance("generated", factory);
    }

    @Override
    public Iterator<Example<MultiLabel>> iterator() {
        List<Example<MultiLabel>> examples = new ArrayList<>();
        OutputData.multiLabels(points, drawing).forEach(examples::add);
        if (!more.isEmpty()) {
            Example<MultiLabel> example = new ArrayExample<>(new MultiLabel(more));
            examples.get(0).forEach(example::add);
            examples.add(example);
        }
        return examples.iterator();
    }
}
