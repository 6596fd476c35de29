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

/**
 * What a network costs. Each count is 0 to 2<sup>53</sup> - 1, so that it is exact as a JSON number.
 *
 * @param weights      The weights, without biases and normalisation parameters.
 * @param parameters   All trained parameters.
 * @param multiplyAdds The multiply-adds of one example's forward pass.
 */
public record CostRecord(long weights, long parameters, long multiplyAdds) {
    /** Checks the counts. */
    public CostRecord {
        Values.count("weights", weights);
        Values.count("parameters", parameters);
        Values.count("multiplyAdds", multiplyAdds);
    }

    /**
     * The part of another cost's multiply-adds that this one has.
     *
     * @param dense The dense reference's cost.
     * @return The fraction.
     */
    public double multiplyAddsOf(CostRecord dense) {
        return (double) multiplyAdds / dense.multiplyAdds;
    }

    /**
     * The part of another cost's parameters that this one has.
     *
     * @param dense The dense reference's cost.
     * @return The fraction.
     */
    public double parametersOf(CostRecord dense) {
        return (double) parameters / dense.parameters;
    }
}
