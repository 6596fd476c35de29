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

package org.tribuogrowth.architecture;

import java.util.List;

/**
 * One term of a network's cost, which is a sum of products of group widths:
 * {@code coefficient * width(outputGroup) * width(inputGroup)}, times the width, 0 or 1, of each block around the layer.
 *
 * @param layer        The layer that the term belongs to.
 * @param outputGroup  The unit group written.
 * @param inputGroup   The unit group read, or the empty string for a term that is linear in the output's width.
 * @param blocks       The blocks without any one of which the layer does not exist, sorted, often none.
 * @param weights      The coefficient for weights.
 * @param parameters   The coefficient for parameters.
 * @param multiplyAdds The coefficient for multiply-adds.
 */
public record CostTerm(
        String layer,
        String outputGroup,
        String inputGroup,
        List<String> blocks,
        long weights,
        long parameters,
        long multiplyAdds) {
    /** Copies the blocks. */
    public CostTerm {
        blocks = List.copyOf(blocks);
    }

    /**
     * A term of a layer outside all blocks.
     *
     * @param layer        The layer that the term belongs to.
     * @param outputGroup  The unit group written.
     * @param inputGroup   The unit group read, or the empty string for a term that is linear in the output's width.
     * @param weights      The coefficient for weights.
     * @param parameters   The coefficient for parameters.
     * @param multiplyAdds The coefficient for multiply-adds.
     */
    public CostTerm(
            String layer, String outputGroup, String inputGroup, long weights, long parameters, long multiplyAdds) {
        this(layer, outputGroup, inputGroup, List.of(), weights, parameters, multiplyAdds);
    }

    /** The same term of a layer inside blocks. */
    CostTerm within(List<String> around) {
        return new CostTerm(layer, outputGroup, inputGroup, around, weights, parameters, multiplyAdds);
    }
}
