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

package org.tribuogrowth.examples.benchmarks.tabular;

import java.util.List;
import java.util.function.Supplier;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * A way to train, with the settings among which it is tuned.
 *
 * @param name       Its name in tables.
 * @param what       What it is, for the page.
 * @param candidates The settings; of two that do equally well, the first is taken.
 * @param <T>        The output type.
 */
record Method<T extends Output<T>>(String name, String what, List<Candidate<T>> candidates) {
    /**
     * One way to set it.
     *
     * @param settings What differs from the others, in words.
     * @param trainer  Makes a fresh trainer.
     * @param <T>      The output type.
     */
    record Candidate<T extends Output<T>>(String settings, Supplier<Trainer<T>> trainer) {}
}
