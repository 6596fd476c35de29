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

/** Something that the user can put right: its message is all that the console shows. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private UserError(String message, int exitCode, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * The command or the configuration is wrong.
     *
     * @param message One paragraph a mistake.
     * @return The error.
     */
    static UserError usage(String message) {
        return new UserError(message, Main.USAGE, null);
    }

    /**
     * The command or the configuration is wrong.
     *
     * @param message One paragraph a mistake.
     * @param cause   What was thrown, for {@code --debug}.
     * @return The error.
     */
    static UserError usage(String message, Throwable cause) {
        return new UserError(message, Main.USAGE, cause);
    }

    /**
     * The command was right, but what it asked for did not succeed.
     *
     * @param message One paragraph.
     * @param cause   What was thrown, for {@code --debug}; may be null.
     * @return The error.
     */
    static UserError failure(String message, Throwable cause) {
        return new UserError(message, Main.FAILED, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
