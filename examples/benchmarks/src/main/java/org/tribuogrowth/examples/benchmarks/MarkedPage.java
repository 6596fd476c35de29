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

/** A page of which parts between two comments are written by a program. */
final class MarkedPage {
    private MarkedPage() {}

    /**
     * Puts a text in the place of what is between the comments of a name.
     *
     * @param page    The page's text.
     * @param name    The name in the comments.
     * @param content What goes between them.
     * @return The page's new text.
     * @throws IllegalArgumentException If a comment is missing or there twice.
     */
    static String replace(String page, String name, String content) {
        String begin = "<!-- " + name + " -->";
        String end = "<!-- end of " + name + " -->";
        int from = only(page, begin);
        int to = only(page, end);
        if (from > to) {
            throw new IllegalArgumentException("The page has " + end + " before " + begin);
        }
        return page.substring(0, from + begin.length()) + "\n" + content.strip() + "\n" + page.substring(to);
    }

    private static int only(String page, String comment) {
        int index = page.indexOf(comment);
        if (index < 0 || page.indexOf(comment, index + 1) >= 0) {
            throw new IllegalArgumentException("The page must have the comment " + comment + " exactly once");
        }
        return index;
    }
}
