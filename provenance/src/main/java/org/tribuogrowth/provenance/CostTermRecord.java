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

package org.tribuogrowth.provenance;

import java.util.List;
import java.util.TreeSet;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * A term of the cost: each coefficient is multiplied by the active width of the output group and, if there is an input
 * group, by its active width too, and by the active width, 0 or 1, of each block around the layer.
 *
 * @param layer        The layer.
 * @param outputGroup  The group that the layer writes.
 * @param inputGroup   The group that it reads, empty if the term does not depend on one.
 * @param blocks       The blocks without any one of which the layer does not exist, ascending, often none.
 * @param weights      The coefficient of the number of weights.
 * @param parameters   The coefficient of the number of parameters.
 * @param multiplyAdds The coefficient of the number of multiply-adds.
 */
public record CostTermRecord(
        String layer,
        String outputGroup,
        String inputGroup,
        List<String> blocks,
        long weights,
        long parameters,
        long multiplyAdds) {
    /** Checks each field by itself. */
    public CostTermRecord {
        Values.name("layer", layer);
        Values.name("outputGroup", outputGroup);
        Values.present("inputGroup", inputGroup);
        if (!inputGroup.isEmpty()) {
            Values.name("inputGroup", inputGroup);
        }
        blocks = List.copyOf(blocks);
        blocks.forEach(name -> Values.name("blocks", name));
        if (!List.copyOf(new TreeSet<>(blocks)).equals(blocks)) {
            throw new IllegalArgumentException(
                    "blocks: names in ascending order, each once, found " + SafeText.quote(blocks.toString()));
        }
        Values.count("weights", weights);
        Values.count("parameters", parameters);
        Values.count("multiplyAdds", multiplyAdds);
    }

    /**
     * A term of a layer outside all blocks.
     *
     * @param layer        The layer.
     * @param outputGroup  The group that the layer writes.
     * @param inputGroup   The group that it reads, empty if the term does not depend on one.
     * @param weights      The coefficient of the number of weights.
     * @param parameters   The coefficient of the number of parameters.
     * @param multiplyAdds The coefficient of the number of multiply-adds.
     */
    public CostTermRecord(
            String layer, String outputGroup, String inputGroup, long weights, long parameters, long multiplyAdds) {
        this(layer, outputGroup, inputGroup, List.of(), weights, parameters, multiplyAdds);
    }
}
