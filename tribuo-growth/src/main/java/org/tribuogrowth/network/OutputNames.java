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

package org.tribuogrowth.network;

import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;

/** The names of parameters in DL4J's tables: ours, except in the output layer, which is DL4J's own. */
final class OutputNames {
    private OutputNames() {}

    static String parameterName(Architecture architecture, ParameterSpec spec) {
        if (!spec.layer().equals(architecture.output().name())) {
            return spec.role().text();
        }
        return spec.role() == ParameterRole.WEIGHT
                ? DefaultParamInitializer.WEIGHT_KEY
                : DefaultParamInitializer.BIAS_KEY;
    }
}
