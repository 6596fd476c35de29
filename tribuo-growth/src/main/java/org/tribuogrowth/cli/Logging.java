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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/**
 * Sets up logging from {@code logging.properties} beside this class: this project's messages from INFO on, all others from
 * WARNING on, one line each. DL4J and ND4J log through slf4j, which comes to java.util.logging too.
 */
final class Logging {
    private static final String RESOURCE = "logging.properties";

    private Logging() {}

    /** Sets up logging, unless whoever started Java has done so with {@code -Djava.util.logging.config.file}. */
    static void configure() {
        boolean done = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (!done) {
            try (InputStream stream = Logging.class.getResourceAsStream(RESOURCE)) {
                LogManager.getLogManager().readConfiguration(stream);
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }
}
