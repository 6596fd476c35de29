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

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What to say about a file that cannot be read or written. */
public final class FileTrouble {
    private FileTrouble() {}

    /**
     * Describes a trouble; Java's own message is often the file's name alone.
     *
     * @param exception The trouble.
     * @return One sentence without a full stop.
     */
    public static String of(IOException exception) {
        if (!(exception instanceof FileSystemException trouble) || trouble.getFile() == null) {
            return exception.getMessage() == null ? exception.toString() : exception.getMessage();
        }
        String file = trouble.getFile();
        if (trouble instanceof NoSuchFileException) {
            return "there is no " + file;
        }
        if (trouble instanceof AccessDeniedException) {
            return file + " must not be read or written by this user";
        }
        if (trouble instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return file + " exists and is no folder";
        }
        return file + ": " + trouble.getReason();
    }
}
