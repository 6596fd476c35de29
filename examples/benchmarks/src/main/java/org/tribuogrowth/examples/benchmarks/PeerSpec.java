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

package org.tribuogrowth.examples.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * An engine that takes part, and how its process is started.
 *
 * @param name        The name in results and tables.
 * @param layout      The layout of its activations.
 * @param command     The command of its worker.
 * @param environment What is set in the environment besides the number of threads.
 */
record PeerSpec(String name, String layout, List<String> command, Map<String, String> environment) {
    static final String OURS = "ours";
    static final String STOCK = "dl4j";
    static final String TUNED = "dl4j-tuned";
    static final String ONNX = "onnxruntime";
    static final String TORCH = "pytorch";

    static final String DEFAULT_LAYOUT = "default";
    static final String CHANNELS_LAST = "channels_last";
    static final String BATCH_FIRST = "batch_first";

    /** The name with the layout, for messages and log files. */
    String label() {
        return layout.equals(DEFAULT_LAYOUT) ? name : name + "-" + layout;
    }
}
