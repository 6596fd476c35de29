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

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import org.tribuogrowth.training.GrowthListener;

/** Shows how a training goes on. Closed whether the training ends well or not. */
interface Progress extends GrowthListener, AutoCloseable {
    @Override
    default void close() {}

    /**
     * The progress that suits where the output goes.
     *
     * @param out      The output.
     * @param terminal Whether it is a terminal.
     * @return A line that is drawn again and again, or one line an epoch.
     */
    static Progress to(PrintStream out, boolean terminal) {
        return terminal ? TerminalProgress.on(out) : new PlainProgress(out);
    }

    /**
     * Whether a person watches: standard input and output are a terminal that can move its cursor.
     *
     * @return True if so.
     */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, and it says itself whether it is a terminal.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException exception) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException exception) {
            return false;
        }
    }
}
