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

package org.tribuogrowth.onednn;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Scratch memory that is needed only during a call: reordered weights and oneDNN's own scratchpads. Kernels borrow it,
 * so a process that trains on one thread holds one block of the largest size instead of one for every layer. The blocks
 * are freed when no kernel is open.
 */
public final class OneDnnScratch {
    private final Deque<OneDnnBuffer> idle = new ArrayDeque<>();
    private int openKernels;

    /** Counts a kernel in. */
    public synchronized void kernelOpened() {
        openKernels++;
    }

    /** Counts a kernel out. */
    public synchronized void kernelClosed() {
        openKernels--;
        if (openKernels == 0) {
            idle.forEach(OneDnnBuffer::close);
            idle.clear();
        }
    }

    /**
     * Borrows a block for this thread.
     *
     * @param bytes The least size.
     * @return The block, to be given back.
     */
    public synchronized OneDnnBuffer borrow(long bytes) {
        OneDnnBuffer buffer = idle.poll();
        if (buffer != null && buffer.bytes() >= bytes) {
            return buffer;
        }
        if (buffer != null) {
            buffer.close();
        }
        return new OneDnnBuffer(Math.max(bytes, 1));
    }

    /**
     * Takes a block back.
     *
     * @param buffer The block.
     */
    public synchronized void giveBack(OneDnnBuffer buffer) {
        idle.push(buffer);
    }
}
