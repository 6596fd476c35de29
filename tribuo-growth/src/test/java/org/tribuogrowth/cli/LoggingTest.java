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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our messages are readable, the noise of others is not shown. */
class LoggingTest {
    @AfterEach
    void restore() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void othersAreHeardFromWarningsOn() {
        Logging.configure();

        assertThat(Logger.getLogger("org.tribuogrowth.training.Loop").isLoggable(Level.INFO))
                .isTrue();
        assertThat(Logger.getLogger("org.nd4j.linalg.factory.Nd4jBackend").isLoggable(Level.INFO))
                .isFalse();
        assertThat(Logger.getLogger("org.nd4j.linalg.factory.Nd4jBackend").isLoggable(Level.WARNING))
                .isTrue();
        assertThat(Logger.getLogger("").getHandlers()).singleElement().satisfies(handler -> {
            assertThat(handler).isInstanceOf(ConsoleHandler.class);
            assertThat(handler.getFormatter()).isInstanceOf(LineFormatter.class);
        });
    }

    @Test
    void messagesAreOneLine() {
        LogRecord ours = new LogRecord(Level.INFO, "grew {0}\nunits");
        ours.setLoggerName("org.tribuogrowth.training.Loop");
        ours.setParameters(new Object[] {4});
        LogRecord theirs = new LogRecord(Level.WARNING, "odd");
        theirs.setLoggerName("org.nd4j.Backend");
        theirs.setThrown(new IOException("why"));

        LineFormatter formatter = new LineFormatter();

        assertThat(formatter.format(ours)).isEqualToNormalizingNewlines("grew 4 units\n");
        assertThat(formatter.format(theirs))
                .isEqualToNormalizingNewlines("warning: Backend: odd (java.io.IOException: why)\n");
    }
}
