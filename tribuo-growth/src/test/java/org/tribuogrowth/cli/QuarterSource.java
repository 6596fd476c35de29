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
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.random.CountedRandom;

/** Square pictures, bright in one of their quarters, with noise. */
final class QuarterSource implements ConfigurableDataSource<Label> {
    private static final int QUARTERS = 4;

    private final LabelFactory factory = new LabelFactory();

    @Config(description = "How many pictures.")
    private int pictures = 24;

    @Config(description = "Their height and width.")
    private int extent = 8;

    @Config(description = "What the noise is drawn with.")
    private long drawing = 1;

    /** For OLCUT. */
    private QuarterSource() {}

    @Override
    public OutputFactory<Label> getOutputFactory() {
        return factory;
    }

    @Override
    public DataSourceProvenance getProvenance() {
        return new SimpleDataSourceProvenance("quarters", factory);
    }

    @Override
    public Iterator<Example<Label>> iterator() {
        CountedRandom random = CountedRandom.of(drawing, "pictures");
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            int quarter = i % QUARTERS;
            float[] pixels = new float[extent * extent];
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                boolean below = pixel / extent >= extent / 2;
                boolean right = pixel % extent >= extent / 2;
                boolean bright = quarter == (below ? 2 : 0) + (right ? 1 : 0);
                pixels[pixel] = (float) ((bright ? 1.0 : 0.0) + 0.3 * random.nextGaussian());
            }
            examples.add(DenseExample.ofFloats(
                    new Label("quarter" + quarter), FeatureNames.pixels("", pixels.length), pixels));
        }
        return examples.iterator();
    }
}
