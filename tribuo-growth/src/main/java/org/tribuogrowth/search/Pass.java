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

package org.tribuogrowth.search;

import java.util.Objects;

/**
 * One pass of the training over a part of the training examples: an epoch, if the part is all of them.
 *
 * @param data     The examples, each of which is seen once; what does not fill a minibatch is left out of the pass.
 * @param learning What is learnt.
 */
public record Pass(DataPart data, Learning learning) {
    /** The ordinary epoch. */
    public static final Pass EPOCH = new Pass(DataPart.ALL, Learning.WEIGHTS_AND_GATES);

    /** Refuses null. */
    public Pass {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(learning, "learning");
    }
}
