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

package org.tribuogrowth.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code and the commands of a page of the documentation, by the language of their fences. */
final class PageCode {
    private static final Pattern FENCE = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final String text;

    private PageCode(String text) {
        this.text = text;
    }

    static PageCode of(String page) throws IOException {
        return new PageCode(Files.readString(CommandLineRun.ROOT.resolve(page)));
    }

    /** The blocks of a language, in the order of the page. */
    private List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = FENCE.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    /** All Java blocks as one class: their imports first, everything else in its main method. */
    String program(String className) {
        Set<String> imports = new TreeSet<>();
        StringBuilder body = new StringBuilder();
        for (String block : blocks("java")) {
            block.lines().forEach(line -> {
                if (line.startsWith("import ")) {
                    imports.add(line);
                } else {
                    body.append(line).append('\n');
                }
            });
        }
        return String.join("\n", imports) + "\npublic final class " + className
                + " {\npublic static void main(String[] words) throws Exception {\n" + body + "}\n}\n";
    }

    /** The words of each command, without the first, which is {@code ./grow}. */
    List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        for (String block : blocks("sh")) {
            for (String line : block.lines().toList()) {
                List<String> words = List.of(line.split(" "));
                if (!words.get(0).equals("./grow")) {
                    throw new IllegalArgumentException("Expected a command of ./grow, found: " + line);
                }
                commands.add(words.subList(1, words.size()));
            }
        }
        return commands;
    }

    /** The lines that the page says are printed. */
    List<String> printed() {
        return blocks("text").stream().flatMap(String::lines).toList();
    }

    /** The links to files, without places in them. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text);
        while (matcher.find()) {
            links.add(matcher.group(1));
        }
        return links;
    }
}
