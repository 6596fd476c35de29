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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The one place where logging is set up: this project's messages from INFO on, all others from WARNING on, one line each.
 * DL4J and ND4J log through slf4j, which comes to java.util.logging too. Who starts Java with
 * {@code -Djava.util.logging.config.file} has set it up already, and nothing is changed.
 */
final class Logging {
    private static final String OURS = "org.tribuogrowth";
    /** Loggers are forgotten with their levels if nobody holds them. */
    private static final List<Logger> HELD = new ArrayList<>();

    private Logging() {}

    /**
     * Sets up logging.
     *
     * @param err Where messages go.
     */
    static synchronized void configure(PrintStream err) {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new LineHandler(err));
        Logger ours = Logger.getLogger(OURS);
        ours.setLevel(Level.INFO);
        HELD.clear();
        HELD.add(ours);
    }

    /** Writes to a stream that it does not close. */
    private static final class LineHandler extends Handler {
        private final PrintStream stream;

        LineHandler(PrintStream stream) {
            this.stream = stream;
            setFormatter(new LineFormatter());
        }

        @Override
        public void publish(LogRecord message) {
            if (isLoggable(message)) {
                stream.println(getFormatter().format(message));
            }
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** Our messages as they are, others with the name of who says it; exceptions as one line. */
    private static final class LineFormatter extends Formatter {
        @Override
        public String format(LogRecord message) {
            StringBuilder line = new StringBuilder();
            if (message.getLevel().intValue() >= Level.WARNING.intValue()) {
                line.append(message.getLevel() == Level.SEVERE ? "error: " : "warning: ");
            }
            String name = String.valueOf(message.getLoggerName());
            if (!name.startsWith(OURS)) {
                line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
            }
            line.append(formatMessage(message));
            if (message.getThrown() != null) {
                line.append(" (").append(message.getThrown()).append(')');
            }
            return line.toString().strip().replaceAll("\\s*\\R\\s*", " ");
        }
    }
}
