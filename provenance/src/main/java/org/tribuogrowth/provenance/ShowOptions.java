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

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code audit show} was asked for.
 *
 * @param run        The run folder or ledger.
 * @param kind       The kind of event or change, null for all.
 * @param group      The unit group, null for all events.
 * @param firstEpoch The first epoch, or -1 if there is no limit by epoch.
 * @param lastEpoch  The last epoch.
 */
record ShowOptions(Path run, String kind, String group, int firstEpoch, int lastEpoch) {
    private static final List<String> KINDS = Stream.of(
                    List.of("start", "grow", "reattach", "detach", "prune", "interval"),
                    SearchEvent.KINDS,
                    List.of("restore", "training", "compaction", "seal"))
            .flatMap(List::stream)
            .toList();

    private static final Pattern EPOCHS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    static ShowOptions parse(List<String> arguments) throws AuditCommand.UsageException {
        String run = null;
        String kind = null;
        String group = null;
        int first = -1;
        int last = -1;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-")) {
                if (run != null) {
                    throw new AuditCommand.UsageException("audit show takes one run, found " + Values.quote(run)
                            + " and " + Values.quote(argument) + ".");
                }
                run = argument;
                continue;
            }
            if (!List.of("--kind", "--group", "--epoch").contains(argument)) {
                throw new AuditCommand.UsageException("Unknown option " + Values.quote(argument)
                        + " of audit show: the options are --kind, --group and --epoch.");
            }
            i++;
            if (i == arguments.size()) {
                throw new AuditCommand.UsageException("The option " + argument + " needs a value.");
            }
            String value = arguments.get(i);
            switch (argument) {
                case "--kind" -> kind = kind(value);
                case "--group" -> group = value;
                default -> {
                    Matcher epochs = EPOCHS.matcher(value);
                    if (!epochs.matches()) {
                        throw epochs(value);
                    }
                    first = Integer.parseInt(epochs.group(1));
                    last = epochs.group(2) == null ? first : Integer.parseInt(epochs.group(2));
                    if (last < first) {
                        throw epochs(value);
                    }
                }
            }
        }
        if (run == null) {
            throw new AuditCommand.UsageException("audit show needs a run folder or a ledger file.");
        }
        return new ShowOptions(Path.of(run), kind, group, first, last);
    }

    private static String kind(String value) throws AuditCommand.UsageException {
        if (!KINDS.contains(value)) {
            throw new AuditCommand.UsageException(
                    "The option --kind is one of " + String.join(", ", KINDS) + ", found " + Values.quote(value) + ".");
        }
        return value;
    }

    private static AuditCommand.UsageException epochs(String value) {
        return new AuditCommand.UsageException(
                "The option --epoch is an epoch or a range such as 3-7, found " + Values.quote(value) + ".");
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
