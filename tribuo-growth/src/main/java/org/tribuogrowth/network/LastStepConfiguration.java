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

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** The DL4J configuration of taking the last real step of each sequence. */
final class LastStepConfiguration extends LayerConfiguration {
    private static final long serialVersionUID = 1L;

    LastStepConfiguration() {}

    @Override
    LastStepLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new LastStepLayer(conf, type);
    }
}
