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

import java.util.Locale;

/** What a cell of the benchmark measures. */
enum Mode {
    /** One training step: forward, backward, optimiser. */
    TRAIN,
    /** One forward pass in inference mode. */
    INFER;

    /** The name in files and on the command line. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Mode of(String text) {
        for (Mode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("There is no mode '" + text + "'; allowed are train and infer");
    }
}
