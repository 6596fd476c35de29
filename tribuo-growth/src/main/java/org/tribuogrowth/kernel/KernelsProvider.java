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

package org.tribuogrowth.kernel;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.nd4j.linalg.api.buffer.DataType;

/** Chooses the kernels for a configuration and this machine. */
public final class KernelsProvider {
    private static final Logger LOGGER = Logger.getLogger(KernelsProvider.class.getName());

    private KernelsProvider() {}

    /**
     * The kernels for a choice. An automatic choice that falls back to ND4J logs a warning with the reason.
     *
     * @param choice The choice.
     * @param type   The data type to compute in.
     * @return The kernels, the same object for the same answer.
     * @throws IllegalArgumentException If the chosen kernels do not compute in the data type.
     * @throws IllegalStateException    If oneDNN is chosen and cannot be used here.
     */
    public static Kernels of(KernelChoice choice, DataType type) {
        return of(choice, type, OneDnnKernels::obstacle);
    }

    /**
     * Makes an automatic choice, so that its warning is logged once and not by every layer.
     *
     * @param choice The choice.
     * @param type   The data type to compute in.
     * @return {@link KernelChoice#ONEDNN} or {@link KernelChoice#ND4J}.
     * @throws IllegalArgumentException As {@link #of(KernelChoice, DataType)}.
     * @throws IllegalStateException    As {@link #of(KernelChoice, DataType)}.
     */
    public static KernelChoice resolve(KernelChoice choice, DataType type) {
        return of(choice, type) == Nd4jKernels.instance() ? KernelChoice.ND4J : KernelChoice.ONEDNN;
    }

    /** The choice, given what is in the way of oneDNN. */
    static Kernels of(KernelChoice choice, DataType type, Supplier<Optional<String>> oneDnnObstacle) {
        Objects.requireNonNull(choice, "choice");
        if (!Nd4jKernels.instance().supports(type)) {
            throw new IllegalArgumentException(
                    "No kernels compute in " + type + "; allowed are FLOAT and, by the ND4J kernels, DOUBLE");
        }
        return switch (choice) {
            case AUTOMATIC -> automatic(type, oneDnnObstacle);
            case ONEDNN -> oneDnn(type, oneDnnObstacle);
            case ND4J -> Nd4jKernels.instance();
        };
    }

    private static Kernels automatic(DataType type, Supplier<Optional<String>> oneDnnObstacle) {
        Optional<String> obstacle = type == DataType.FLOAT
                ? oneDnnObstacle.get()
                : Optional.of("it computes in FLOAT only and the data type is " + type);
        if (obstacle.isEmpty()) {
            return OneDnnKernels.instance();
        }
        LOGGER.warning("The oneDNN kernels cannot be used: " + obstacle.get()
                + ". Using ND4J's own operations instead, which on the CPU make training several times slower.");
        return Nd4jKernels.instance();
    }

    private static Kernels oneDnn(DataType type, Supplier<Optional<String>> oneDnnObstacle) {
        if (type != DataType.FLOAT) {
            throw new IllegalArgumentException("The kernels " + KernelChoice.ONEDNN + " compute in FLOAT only, found "
                    + type + "; choose " + KernelChoice.ND4J + " or " + KernelChoice.AUTOMATIC);
        }
        Optional<String> obstacle = oneDnnObstacle.get();
        if (obstacle.isPresent()) {
            throw new IllegalStateException("The kernels " + KernelChoice.ONEDNN + " were chosen, but oneDNN cannot be"
                    + " used: " + obstacle.get() + "; choose " + KernelChoice.ND4J + " or " + KernelChoice.AUTOMATIC);
        }
        return OneDnnKernels.instance();
    }
}
