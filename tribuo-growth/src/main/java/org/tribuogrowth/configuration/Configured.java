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

package org.tribuogrowth.configuration;

/**
 * Refuses the use of half-configured components. OLCUT keeps an object whose {@code postConfig} failed and hands it out at
 * the next look-up, so a component cannot take for granted that its checks passed.
 */
public final class Configured {
    private Configured() {}

    /**
     * Refuses a component that was not configured.
     *
     * @param configured Whether its checks passed.
     * @param component  The component.
     * @throws IllegalStateException If they did not.
     */
    public static void require(boolean configured, Object component) {
        if (!configured) {
            throw new IllegalStateException("This " + component.getClass().getSimpleName()
                    + " was refused when it was configured, so it cannot be used");
        }
    }
}
