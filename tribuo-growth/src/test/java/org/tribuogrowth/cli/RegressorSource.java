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
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.OutputData;

/** The problem of {@link OutputData#regressors}. */
final class RegressorSource implements ConfigurableDataSource<Regressor> {
    private final RegressionFactory factory = new RegressionFactory();

    @Config(description = "How many examples.")
    private int points = 120;

    @Config(description = "What the examples are drawn with.")
    private long drawing = 1;

    @Config(description = "Whether the last example has no number in one dimension.")
    private boolean missing = false;

    @Config(description = "Whether the dimensions have other names.")
    private boolean renamed = false;

    /** For OLCUT. */
    private RegressorSource() {}

    @Override
    public OutputFactory<Regressor> getOutputFactory() {
        return factory;
    }

    @Override
    public DataSourceProvenance getProvenance() {
        return new SimpleDataSourceProvenance("generated", factory);
    }

    @Override
    public Iterator<Example<Regressor>> iterator() {
        List<Example<Regressor>> examples = new ArrayList<>();
        for (Example<Regressor> given : OutputData.regressors(points, drawing)) {
            double[] values = given.getOutput().getValues();
            if (missing && examples.size() == points - 1) {
                values[1] = Double.NaN;
            }
            String[] names = renamed ? new String[] {"mass", "height"} : new String[] {"mass", "width"};
            Example<Regressor> example = new ArrayExample<>(new Regressor(names, values));
            given.forEach(example::add);
            examples.add(example);
        }
        return examples.iterator();
    }
}
