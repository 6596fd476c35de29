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

import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes log messages as one line each: this project's as they are, others with the name of who says it. Public since
 * {@code logging.properties} names it.
 */
public final class LineFormatter extends Formatter {
    private static final String OURS = "org.tribuogrowth";

    /** Made by java.util.logging. */
    public LineFormatter() {}

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
        return line.toString().strip().replaceAll("\\s*\\R\\s*", " ") + System.lineSeparator();
    }
}
