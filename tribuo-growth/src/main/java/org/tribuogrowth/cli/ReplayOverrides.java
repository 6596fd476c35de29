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
        List<String> overrides = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            String word = next.get(i);
            if (!word.startsWith(CommandLine.OVERRIDE)) {
                rest.add(word);
                continue;
            }
            overrides.add(word);
            if (word.indexOf('=') < 0 && i + 1 < next.size()) {
                i++;
                overrides.add(next.get(i));
            }
        }
        Collections.reverse(rest);
        words.clear();
        words.addAll(rest);
        ((ReplayCommand) command.userObject()).setOverrides(overrides);
        return false;
    }
}
