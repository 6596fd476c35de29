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
 * One entry of the ledger. Events are values: they hold only what a second run of the same configuration on the same
 * platform would record again, so no wall time, host or thread count; only a {@link RecoveryEvent} tells of a crash. All
 * numbers are finite, negative zero becomes zero.
 */
public sealed interface LedgerEvent
        permits StartEvent,
                ChangeEvent,
                IntervalEvent,
                SearchEvent,
                RestoreEvent,
                TrainingEvent,
                RecoveryEvent,
                CompactionEvent,
                SealEvent {
    /**
     * The name of this kind of event in the ledger.
     *
     * @return One of {@code start}, {@code change}, {@code interval}, {@code search}, {@code restore}, {@code training},
     *     {@code recovery}, {@code compaction}, {@code seal}.
     */
    String type();
}
