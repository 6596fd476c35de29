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

package org.nd4j.nativeblas;

/**
 * Stands where DL4J M2.1's oneDNN helpers look for the CPU backend's class, which has moved to another package: without
 * it they stay off even when they are asked for. Only for the benchmark's "tuned" stock DL4J, to give it its best.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** The part of the moved class that the helpers call by reflection. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /**
         * The one instance.
         *
         * @return The instance.
         */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /**
         * Whether oneDNN is to be used.
         *
         * @return True: whether it is there is decided by the natives that the process loads.
         */
        public boolean isUseMKLDNN() {
            return true;
        }
    }
}
