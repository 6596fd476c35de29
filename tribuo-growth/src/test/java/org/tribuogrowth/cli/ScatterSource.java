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
import java.util.Random;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Two clouds of points that overlap, one for each class. */
final class ScatterSource implements ConfigurableDataSource<Label> {
    private static final int FEATURES = 4;

    private final LabelFactory factory = new LabelFactory();

    @Config(description = "How many points.")
    private int points = 80;

    @Config(description = "What the points are drawn with.")
    private long drawing = 1;

    /** For OLCUT. */
    private ScatterSource() {}

    @Override
    public OutputFactory<Label> getOutputFactory() {
        return factory;
    }

    @Override
    public DataSourceProvenance getProvenance() {
        return new SimpleDataSourceProvenance("scatter", factory);
    }

    @Override
    public Iterator<Example<Label>> iterator() {
        Random random = new Random(drawing);
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            boolean left = i % 2 == 0;
            String[] names = new String[FEATURES];
            double[] values = new double[FEATURES];
            for (int feature = 0; feature < FEATURES; feature++) {
                names[feature] = "x" + feature;
                values[feature] = random.nextGaussian() + (left ? -0.6 : 0.6);
            }
            examples.add(new ArrayExample<>(new Label(left ? "left" : "right"), names, values));
        }
        return examples.iterator();
    }
}
