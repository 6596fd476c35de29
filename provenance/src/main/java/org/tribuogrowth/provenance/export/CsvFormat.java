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

package org.tribuogrowth.provenance.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.encoding.Json;

/**
 * The events as comma-separated values after RFC 4180, one record an event, the columns' names in the first record.
 * Texts that a spreadsheet would run as a formula get an apostrophe in front. The columns are described in
 * {@code docs/audit/explore.md}.
 */
final class CsvFormat implements ExportFormat {
    /** The columns, in their order. */
    enum Column {
        LINE,
        TYPE,
        KIND,
        EPOCH,
        STEP,
        SUBJECT,
        UNITS,
        UNIT_COUNT,
        RULE,
        WIDTH_BEFORE,
        WIDTH_AFTER,
        PARAMETERS_BEFORE,
        PARAMETERS_AFTER,
        MULTIPLY_ADDS_BEFORE,
        MULTIPLY_ADDS_AFTER,
        MULTIPLY_ADDS_OF_DENSE,
        TRAINING_LOSS,
        MEASURE_NAME,
        MEASURE,
        STRUCTURE_DIGEST,
        HASH,
        EVIDENCE,
        DETAILS;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What stands in columns of its own, or is too long for a cell and not about what happened. */
    private static final Set<String> NOT_DETAILS = Set.of(
            "epoch",
            "step",
            "kind",
            "group",
            "subject",
            "units",
            "rule",
            "widthBefore",
            "widthAfter",
            "before",
            "after",
            "cost",
            "trainingLoss",
            "measureName",
            "measure",
            "validation",
            "structureDigest",
            "evidence",
            "observations",
            "architecture",
            "costTerms",
            "groups");

    /** What a spreadsheet takes for the beginning of a formula, in the narrow and the wide form. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "the events as a table (RFC 4180) for spreadsheets and data frames";
    }

    @Override
    public boolean needsSeal() {
        return false;
    }

    @Override
    public void write(ExportSource source, Writer out) throws IOException {
        List<String> titles = new ArrayList<>();
        for (Column column : Column.values()) {
            titles.add(column.title());
        }
        out.write(String.join(",", titles));
        out.write("\r\n");
        source.ledger().read(new Rows(out)::add);
    }

    /** Writes the record of each line; knows the cost and structure after the line before. */
    private static final class Rows {
        private final Writer out;
        private CostRecord dense;
        private CostRecord cost;
        private String structureDigest;

        Rows(Writer out) {
            this.out = out;
        }

        void add(LedgerLine line, LedgerReader reader) throws IOException {
            LedgerEvent event = line.event();
            CostRecord before = cost;
            if (event instanceof StartEvent start) {
                LedgerState state = reader.state().orElseThrow();
                dense = state.dense();
                cost = state.cost();
                before = cost;
                structureDigest = start.structureDigest();
            } else if (event instanceof ChangeEvent change) {
                cost = change.after();
                structureDigest = change.structureDigest();
            }
            Map<Column, String> cells = new EnumMap<>(Column.class);
            cells.put(Column.LINE, Long.toString(line.index() + 1));
            cells.put(Column.TYPE, text(event.type()));
            cells.put(Column.PARAMETERS_BEFORE, Long.toString(before.parameters()));
            cells.put(Column.PARAMETERS_AFTER, Long.toString(cost.parameters()));
            cells.put(Column.MULTIPLY_ADDS_BEFORE, Long.toString(before.multiplyAdds()));
            cells.put(Column.MULTIPLY_ADDS_AFTER, Long.toString(cost.multiplyAdds()));
            cells.put(Column.MULTIPLY_ADDS_OF_DENSE, Double.toString(cost.multiplyAddsOf(dense)));
            cells.put(Column.STRUCTURE_DIGEST, structureDigest);
            cells.put(Column.HASH, line.hash());
            fields(line.eventJson(), cells);
            if (event instanceof ChangeEvent change) {
                cells.put(Column.UNIT_COUNT, Integer.toString(change.unitNumbers().length));
            } else if (event instanceof IntervalEvent interval) {
                interval.validation().ifPresent(value -> cells.put(Column.MEASURE, Double.toString(value)));
            } else if (event instanceof RestoreEvent restore) {
                cells.put(Column.MEASURE, Double.toString(restore.measure()));
            }
            write(cells);
        }

        private static void fields(ObjectNode event, Map<Column, String> cells) {
            ObjectNode details = Json.object();
            event.properties().forEach(field -> {
                JsonNode value = field.getValue();
                switch (field.getKey()) {
                    case "epoch" -> cells.put(Column.EPOCH, value.asText());
                    case "step" -> cells.put(Column.STEP, value.asText());
                    case "kind" -> cells.put(Column.KIND, text(value.asText()));
                    case "group", "subject" -> cells.put(Column.SUBJECT, text(value.asText()));
                    case "units" -> cells.put(Column.UNITS, text(value.asText()));
                    case "rule" -> cells.put(Column.RULE, text(value.asText()));
                    case "widthBefore" -> cells.put(Column.WIDTH_BEFORE, value.asText());
                    case "widthAfter" -> cells.put(Column.WIDTH_AFTER, value.asText());
                    case "trainingLoss" -> cells.put(Column.TRAINING_LOSS, value.asText());
                    case "measureName" -> cells.put(Column.MEASURE_NAME, text(value.asText()));
                    case "evidence", "observations" -> cells.put(Column.EVIDENCE, json((ObjectNode) value));
                    default -> {
                        if (!NOT_DETAILS.contains(field.getKey())) {
                            details.set(field.getKey(), value);
                        }
                    }
                }
            });
            if (!details.isEmpty()) {
                cells.put(Column.DETAILS, json(details));
            }
        }

        private static String json(ObjectNode object) {
            return object.isEmpty() ? "" : text(new String(Json.write(object), StandardCharsets.UTF_8));
        }

        private void write(Map<Column, String> cells) throws IOException {
            String separator = "";
            for (Column column : Column.values()) {
                out.write(separator);
                out.write(cells.getOrDefault(column, ""));
                separator = ",";
            }
            out.write("\r\n");
        }
    }

    /** A text as a cell: no formula, in quotation marks where it needs them. */
    static String text(String text) {
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
