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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;

/** A family of networks, configured by a few readable fields. */
public interface NetworkFamily extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * The family's dense reference.
     *
     * @param input            The shape of one example.
     * @param outputs          The number of outputs.
     * @param outputActivation What turns the outputs' values into scores.
     * @return The architecture at full width.
     * @throws IllegalArgumentException If the input does not suit the family; the message says what does.
     */
    Architecture architecture(Shape input, int outputs, Activation outputActivation);
}
