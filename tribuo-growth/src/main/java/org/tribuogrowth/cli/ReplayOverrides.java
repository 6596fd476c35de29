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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes overrides ({@code --@component.property VALUE}) out of the words of {@code replay} before picocli sees them, which
 * takes options only that it knows beforehand.
 */
final class ReplayOverrides implements IParameterPreprocessor {
    /** For picocli. */
    private ReplayOverrides() {}

    @Override
    public boolean preprocess(
            Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> information) {
        // The next word is on top.
        List<String> next = new ArrayList<>(words);
        Collections.reverse(next);
        List<String> rest = new ArrayList<>();
        List<CommandLine.Setting> settings = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            String word = next.get(i);
            if (!word.startsWith(CommandLine.OVERRIDE)) {
                rest.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            boolean joined = equals > 0;
            String value = joined ? word.substring(equals + 1) : i + 1 < next.size() ? next.get(i + 1) : null;
            try {
                settings.add(CommandLine.override(
                        ReplayCommand.NAME, joined ? word.substring(0, equals) : word, value, joined));
            } catch (UserError error) {
                throw new picocli.CommandLine.ParameterException(command.commandLine(), error.getMessage(), error);
            }
            i += joined ? 0 : 1;
        }
        Collections.reverse(rest);
        words.clear();
        words.addAll(rest);
        ((ReplayCommand) command.userObject()).setOverrides(settings);
        return false;
    }
}
