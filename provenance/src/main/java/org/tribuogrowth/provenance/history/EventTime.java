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

package org.tribuogrowth.provenance.history;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/** When events happened. */
public final class EventTime {
    private EventTime() {}

    /**
     * The epoch of an event.
     *
     * @param event The event.
     * @return Its epoch, from 0, or nothing if it is one of those without.
     */
    public static OptionalInt epoch(LedgerEvent event) {
        if (event instanceof ChangeEvent change) {
            return OptionalInt.of(change.epoch());
        } else if (event instanceof IntervalEvent interval) {
            return OptionalInt.of(interval.epoch());
        } else if (event instanceof SearchEvent search) {
            return OptionalInt.of(search.epoch());
        } else if (event instanceof RestoreEvent restore) {
            return OptionalInt.of(restore.epoch());
        }
        return OptionalInt.empty();
    }

    /**
     * The step of an event.
     *
     * @param event The event.
     * @return The steps made so far, or nothing if it is one of those without.
     */
    public static OptionalLong step(LedgerEvent event) {
        if (event instanceof ChangeEvent change) {
            return OptionalLong.of(change.step());
        } else if (event instanceof IntervalEvent interval) {
            return OptionalLong.of(interval.step());
        } else if (event instanceof SearchEvent search) {
            return OptionalLong.of(search.step());
        } else if (event instanceof RestoreEvent restore) {
            return OptionalLong.of(restore.step());
        } else if (event instanceof TrainingEvent training) {
            return OptionalLong.of(training.step());
        }
        return OptionalLong.empty();
    }
}
