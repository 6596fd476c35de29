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

package org.tribuogrowth.export;

/** An exported model that cannot be run, or that does not compute what it was exported from. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells what is wrong.
     *
     * @param message One paragraph.
     */
    public ExportException(String message) {
        super(message);
    }

    /**
     * Tells what is wrong.
     *
     * @param message One paragraph.
     * @param cause   What was thrown.
     */
    public ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
