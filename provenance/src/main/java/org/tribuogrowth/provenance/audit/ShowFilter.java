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

package org.tribuogrowth.provenance.audit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine.Option;

/** Which events are wanted. */
final class ShowFilter {
    private static final List<String> KINDS = Stream.of(
                    List.of("start", "grow", "reattach", "detach", "prune", "interval"),
                    SearchEvent.KINDS,
                    List.of("restore", "training", "recovery", "compaction", "seal"))
            .flatMap(List::stream)
            .toList();

    private static final Pattern EPOCHS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only events of this kind: grow, reattach, detach, prune; mask, reset, round, guard, score,"
                    + " source; or start, interval, restore, training, recovery, compaction, seal")
    private String kind;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "only changes of this unit group, or what else is said about it or a layer of that name")
    private String group;

    @Option(names = "--epoch", paramLabel = "A[-B]", description = "only events of this epoch, or of epochs A to B")
    private String epochs;

    private int firstEpoch = -1;
    private int lastEpoch = -1;

    private ShowFilter() {}

    /**
     * Checks the options.
     *
     * @throws AuditException If one has a value that it cannot have.
     */
    void check() throws AuditException {
        if (kind != null && !KINDS.contains(kind)) {
            throw AuditException.usage("The option --kind is one of " + String.join(", ", KINDS) + ", found "
                    + SafeText.quote(kind) + ".");
        }
        if (epochs != null) {
            Matcher matcher = EPOCHS.matcher(epochs);
            boolean valid = matcher.matches();
            if (valid) {
                firstEpoch = Integer.parseInt(matcher.group(1));
                lastEpoch = matcher.group(2) == null ? firstEpoch : Integer.parseInt(matcher.group(2));
            }
            if (!valid || lastEpoch < firstEpoch) {
                throw AuditException.usage(
                        "The option --epoch is an epoch or a range such as 3-7, found " + SafeText.quote(epochs) + ".");
            }
        }
    }

    /**
     * The unit group.
     *
     * @return The group, null for all events.
     */
    String group() {
        return group;
    }

    /**
     * Whether a row is wanted.
     *
     * @param row The row.
     * @return True if no option excludes it.
     */
    boolean wants(ShowRow row) {
        return (kind == null || kind.equals(row.kind()))
                && (group == null || group.equals(row.group()))
                && (firstEpoch < 0 || (row.epoch() >= firstEpoch && row.epoch() <= lastEpoch));
    }
}
