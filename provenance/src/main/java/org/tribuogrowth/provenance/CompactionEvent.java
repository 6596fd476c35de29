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
 * The compact network was compared with the gated one that it came from. Nothing but the seal follows.
 *
 * @param examples                  How many examples were compared, at least 1.
 * @param largestAbsoluteDifference The largest difference between two outputs, at least 0.
 * @param largestRelativeDifference That difference relative to the size of the outputs, at least 0.
 * @param argMaxAgreement           The part of the examples whose largest output is the same, 0 to 1.
 */
public record CompactionEvent(
        long examples, double largestAbsoluteDifference, double largestRelativeDifference, double argMaxAgreement)
        implements LedgerEvent {
    /** Checks each field. */
    public CompactionEvent {
        if (Values.count("examples", examples) < 1) {
            throw new IllegalArgumentException("examples: at least 1 example is compared, found " + examples);
        }
        largestAbsoluteDifference =
                Values.between("largestAbsoluteDifference", largestAbsoluteDifference, 0.0, Double.MAX_VALUE);
        largestRelativeDifference =
                Values.between("largestRelativeDifference", largestRelativeDifference, 0.0, Double.MAX_VALUE);
        argMaxAgreement = Values.between("argMaxAgreement", argMaxAgreement, 0.0, 1.0);
    }

    @Override
    public String type() {
        return "compaction";
    }
}
