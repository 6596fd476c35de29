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

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * The compiled primitives of the process, by operation and geometry. Networks are rebuilt after every structure change,
 * and most of their shapes stay; compiling one takes milliseconds. Those in use stay; of those that no kernel uses
 * any more the {@value #IDLE_LIMIT} most recently used are kept.
 */
public final class OneDnnPrimitives {
    /** How many unused primitives are kept. */
    public static final int IDLE_LIMIT = 512;

    /**
     * What a primitive computes.
     *
     * @param operation The operation's name.
     * @param variant   A variant of it, for instance whether there is a bias.
     * @param geometry  The shape.
     */
    public record Key(String operation, boolean variant, Record geometry) {}

    private static final class Entry {
        private final OneDnnPrimitive primitive;
        private int users;

        private Entry(OneDnnPrimitive primitive) {
            this.primitive = primitive;
        }
    }

    private final Map<Key, Entry> used = new HashMap<>();
    private final Map<Key, Entry> idle = new LinkedHashMap<>();

    /**
     * Finds or compiles a primitive and counts a user in.
     *
     * @param key      What it computes.
     * @param compiler Compiles it.
     * @return The primitive, to be released with the same key.
     */
    public synchronized OneDnnPrimitive acquire(Key key, Supplier<OneDnnPrimitive> compiler) {
        Entry entry = used.get(key);
        if (entry == null) {
            entry = idle.remove(key);
            if (entry == null) {
                entry = new Entry(compile(compiler));
            }
            used.put(key, entry);
        }
        entry.users++;
        return entry.primitive;
    }

    /**
     * Counts a user out.
     *
     * @param key The key of an acquired primitive.
     */
    public synchronized void release(Key key) {
        Entry entry = used.get(key);
        entry.users--;
        if (entry.users > 0) {
            return;
        }
        used.remove(key);
        idle.put(key, entry);
        if (idle.size() > IDLE_LIMIT) {
            Iterator<Entry> oldest = idle.values().iterator();
            OneDnnPrimitive evicted = oldest.next().primitive;
            oldest.remove();
            evicted.destroy();
        }
    }

    /** Compiles, and frees the descriptors that were made for it at once instead of when the collector finds them. */
    @SuppressWarnings("unchecked") // PointerScope's parameter is a generic array; it is empty here.
    private static OneDnnPrimitive compile(Supplier<OneDnnPrimitive> compiler) {
        PointerScope scope = new PointerScope();
        try {
            return compiler.get();
        } finally {
            scope.close();
        }
    }

    /**
     * How many primitives no kernel uses.
     *
     * @return The count.
     */
    public synchronized int idleCount() {
        return idle.size();
    }

    /**
     * How many primitives some kernel uses.
     *
     * @return The count.
     */
    public synchronized int usedCount() {
        return used.size();
    }
}
