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
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.tribuogrowth.GrownModel;

/** A form in which {@code export} writes a model for other programs. */
interface ExportForm {
    /**
     * The option that asks for the form; its value is the file to write.
     *
     * @return An option with a value.
     */
    CommandLine.Option option();

    /**
     * Options about how the form is written, which are refused where the form is not asked for.
     *
     * @return The options besides {@link #option()}.
     */
    default List<CommandLine.Option> details() {
        return List.of();
    }

    /**
     * Whether the form reads a configuration, of which overrides change properties.
     *
     * @return True if overrides have a meaning for it.
     */
    default boolean readsConfiguration() {
        return false;
    }

    /**
     * Makes sure, before anything is written, that the options can be served.
     *
     * @param source What is exported.
     * @param line   The command line.
     * @throws UserError If they cannot.
     */
    default void check(ModelFile source, CommandLine line) {}

    /**
     * Writes the model. What is thrown leaves no file behind.
     *
     * @param source What is exported.
     * @param model  The model in it, which stays open.
     * @param line   The command line.
     * @param file   A file that does not exist, of another name than the one in the end.
     * @param out    Where to say what was written, besides the file's name.
     * @throws IOException If writing fails.
     * @throws UserError   If the model cannot have this form, or a check of what was written fails.
     */
    void write(ModelFile source, GrownModel model, CommandLine line, Path file, PrintStream out) throws IOException;
}
