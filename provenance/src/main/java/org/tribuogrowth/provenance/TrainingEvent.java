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

package org.tribuogrowth.provenance;

/**
 * The training is over; what follows changes the network no more than the search's last decisions do.
 *
 * @param epochs       The passes over training examples, of which a method may make more or shorter ones than epochs.
 * @param step         The steps made.
 * @param examples     The examples learnt from, each as often as it was.
 * @param multiplyAdds The multiply-adds of one forward pass of each of these examples through the network of its time,
 *                     over all phases of the training. At most 2<sup>63</sup> - 1.
 */
public record TrainingEvent(int epochs, long step, long examples, long multiplyAdds) implements LedgerEvent {
    /** Checks each field. */
    public TrainingEvent {
        Values.atLeast("epochs", epochs, 1);
        Values.count("step", step);
        Values.count("examples", examples);
        if (multiplyAdds < 0) {
            throw new IllegalArgumentException("multiplyAdds: at least 0, found " + multiplyAdds);
        }
    }

    @Override
    public String type() {
        return "training";
    }
}
