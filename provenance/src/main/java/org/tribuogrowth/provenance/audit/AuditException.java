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

package org.tribuogrowth.provenance.audit;

/** Ends a command with a message of one paragraph and an exit code. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code. */
    private final int exitCode;

    private AuditException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * The command line or a file that it names cannot be used.
     *
     * @param message What was found and what is allowed, whole sentences.
     * @return An exception with exit code 2.
     */
    public static AuditException usage(String message) {
        return new AuditException(Audit.USAGE, message);
    }

    /**
     * The command was right, but its answer is no.
     *
     * @param message What does not hold, whole sentences.
     * @return An exception with exit code 1.
     */
    public static AuditException failed(String message) {
        return new AuditException(Audit.FAILED, message);
    }

    /**
     * The exit code.
     *
     * @return {@link Audit#FAILED} or {@link Audit#USAGE}.
     */
    public int exitCode() {
        return exitCode;
    }
}
