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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Events as JSON objects and back; {@code docs/ledger.md} lists the fields. */
final class EventCodec {
    private static final String EVENT = "event";

    private EventCodec() {}

    static ObjectNode encode(LedgerEvent event) {
        if (event instanceof StartEvent start) {
            return encode(start);
        } else if (event instanceof ChangeEvent change) {
            return encode(change);
        } else if (event instanceof IntervalEvent interval) {
            return encode(interval);
        } else if (event instanceof SearchEvent search) {
            return encode(search);
        } else if (event instanceof RestoreEvent restore) {
            return encode(restore);
        } else if (event instanceof TrainingEvent training) {
            return encode(training);
        } else if (event instanceof RecoveryEvent recovery) {
            return encode(recovery);
        } else if (event instanceof CompactionEvent compaction) {
            return encode(compaction);
        } else if (event instanceof SealEvent seal) {
            return encode(seal);
        }
        throw new AssertionError("Unknown event " + event.getClass().getName());
    }

    static LedgerEvent decode(String type, JsonNode event) {
        return switch (type) {
            case "start" -> Fields.read(EVENT, event, EventCodec::start);
            case "change" -> Fields.read(EVENT, event, EventCodec::change);
            case "interval" -> Fields.read(EVENT, event, EventCodec::interval);
            case "search" -> Fields.read(EVENT, event, EventCodec::search);
            case "restore" -> Fields.read(EVENT, event, EventCodec::restore);
            case "training" -> Fields.read(EVENT, event, EventCodec::training);
            case "recovery" -> Fields.read(EVENT, event, EventCodec::recovery);
            case "compaction" -> Fields.read(EVENT, event, EventCodec::compaction);
            case "seal" -> Fields.read(EVENT, event, EventCodec::seal);
            default -> throw new IllegalArgumentException(
                    "type: start, change, interval, search, restore, training, recovery, compaction or seal, found "
                            + SafeText.quote(type));
        };
    }

    private static ObjectNode encode(StartEvent start) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", start.schemaVersion());
        json.put("architecture", start.architecture());
        json.put("architectureDigest", start.architectureDigest());
        ObjectNode groups = json.putObject("groups");
        start.groups().forEach((name, group) -> {
            ObjectNode described = groups.putObject(name);
            described.put("width", group.width()).put("searchable", group.searchable());
            // Left out where there is none, so that the ledgers of networks without blocks have no such field.
            if (group.block()) {
                described.put("block", true);
            }
        });
        texts(json.putObject("activeUnits"), start.activeUnits());
        ArrayNode terms = json.putArray("costTerms");
        for (CostTermRecord term : start.costTerms()) {
            ObjectNode described = terms.addObject();
            if (!term.blocks().isEmpty()) {
                ArrayNode blocks = described.putArray("blocks");
                term.blocks().forEach(blocks::add);
            }
            described
                    .put("layer", term.layer())
                    .put("outputGroup", term.outputGroup())
                    .put("inputGroup", term.inputGroup())
                    .put("weights", term.weights())
                    .put("parameters", term.parameters())
                    .put("multiplyAdds", term.multiplyAdds());
        }
        json.set("dense", cost(start.dense()));
        json.put("method", start.method());
        json.put("seed", Long.toString(start.seed()));
        json.put("configurationDigest", start.configurationDigest());
        json.put("dataDigest", start.dataDigest());
        return json.put("structureDigest", start.structureDigest());
    }

    private static StartEvent start(Fields fields) {
        return new StartEvent(
                fields.integer("schemaVersion"),
                fields.text("architecture"),
                fields.text("architectureDigest"),
                fields.objectMap("groups", EventCodec::group),
                fields.texts("activeUnits"),
                fields.objects("costTerms", EventCodec::term),
                fields.object("dense", EventCodec::cost),
                fields.text("method"),
                fields.decimal("seed"),
                fields.text("configurationDigest"),
                fields.text("dataDigest"),
                fields.text("structureDigest"));
    }

    private static GroupRecord group(Fields fields) {
        return new GroupRecord(fields.integer("width"), fields.bool("searchable"), fields.flag("block"));
    }

    private static CostTermRecord term(Fields fields) {
        return new CostTermRecord(
                fields.text("layer"),
                fields.text("outputGroup"),
                fields.text("inputGroup"),
                fields.textsOrNone("blocks"),
                fields.count("weights"),
                fields.count("parameters"),
                fields.count("multiplyAdds"));
    }

    private static ObjectNode encode(ChangeEvent change) {
        ObjectNode json = Json.object();
        json.put("epoch", change.epoch());
        json.put("step", change.step());
        json.put("kind", change.kind());
        json.put("group", change.group());
        json.put("units", change.units());
        json.put("rule", change.rule());
        numberLists(json.putObject("evidence"), change.evidence());
        json.put("widthBefore", change.widthBefore());
        json.put("widthAfter", change.widthAfter());
        json.set("before", cost(change.before()));
        json.set("after", cost(change.after()));
        return json.put("structureDigest", change.structureDigest());
    }

    private static ChangeEvent change(Fields fields) {
        return new ChangeEvent(
                fields.integer("epoch"),
                fields.count("step"),
                fields.text("kind"),
                fields.text("group"),
                fields.text("units"),
                fields.text("rule"),
                fields.numberLists("evidence"),
                fields.integer("widthBefore"),
                fields.integer("widthAfter"),
                fields.object("before", EventCodec::cost),
                fields.object("after", EventCodec::cost),
                fields.text("structureDigest"));
    }

    private static ObjectNode encode(IntervalEvent interval) {
        ObjectNode json = Json.object();
        json.put("epoch", interval.epoch());
        json.put("step", interval.step());
        json.put("trainingLoss", interval.trainingLoss());
        json.put("measureName", interval.measureName());
        if (interval.validation().isPresent()) {
            json.put("validation", interval.validation().getAsDouble());
        } else {
            json.putNull("validation");
        }
        json.set("cost", cost(interval.cost()));
        ObjectNode observations = json.putObject("observations");
        interval.observations().forEach(observations::put);
        return json;
    }

    private static IntervalEvent interval(Fields fields) {
        return new IntervalEvent(
                fields.integer("epoch"),
                fields.count("step"),
                fields.number("trainingLoss"),
                fields.text("measureName"),
                fields.optionalNumber("validation"),
                fields.object("cost", EventCodec::cost),
                fields.numbers("observations"));
    }

    private static ObjectNode encode(SearchEvent search) {
        ObjectNode json = Json.object()
                .put("epoch", search.epoch())
                .put("step", search.step())
                .put("kind", search.kind())
                .put("subject", search.subject())
                .put("rule", search.rule());
        numberLists(json.putObject("evidence"), search.evidence());
        return json;
    }

    private static SearchEvent search(Fields fields) {
        return new SearchEvent(
                fields.integer("epoch"),
                fields.count("step"),
                fields.text("kind"),
                fields.text("subject"),
                fields.text("rule"),
                fields.numberLists("evidence"));
    }

    private static ObjectNode encode(RestoreEvent restore) {
        return Json.object()
                .put("epoch", restore.epoch())
                .put("step", restore.step())
                .put("restoredEpoch", restore.restoredEpoch())
                .put("measureName", restore.measureName())
                .put("measure", restore.measure());
    }

    private static RestoreEvent restore(Fields fields) {
        return new RestoreEvent(
                fields.integer("epoch"),
                fields.count("step"),
                fields.integer("restoredEpoch"),
                fields.text("measureName"),
                fields.number("measure"));
    }

    private static ObjectNode encode(TrainingEvent training) {
        return Json.object()
                .put("epochs", training.epochs())
                .put("step", training.step())
                .put("examples", training.examples())
                .put("multiplyAdds", Long.toString(training.multiplyAdds()));
    }

    private static TrainingEvent training(Fields fields) {
        return new TrainingEvent(
                fields.integer("epochs"),
                fields.count("step"),
                fields.count("examples"),
                fields.decimal("multiplyAdds"));
    }

    private static ObjectNode encode(RecoveryEvent recovery) {
        return Json.object()
                .put("tornIndex", recovery.tornIndex())
                .put("droppedBytes", recovery.droppedBytes())
                .put("droppedDigest", recovery.droppedDigest());
    }

    private static RecoveryEvent recovery(Fields fields) {
        return new RecoveryEvent(fields.count("tornIndex"), fields.count("droppedBytes"), fields.text("droppedDigest"));
    }

    private static ObjectNode encode(CompactionEvent compaction) {
        return Json.object()
                .put("examples", compaction.examples())
                .put("largestAbsoluteDifference", compaction.largestAbsoluteDifference())
                .put("largestRelativeDifference", compaction.largestRelativeDifference())
                .put("argMaxAgreement", compaction.argMaxAgreement());
    }

    private static CompactionEvent compaction(Fields fields) {
        return new CompactionEvent(
                fields.count("examples"),
                fields.number("largestAbsoluteDifference"),
                fields.number("largestRelativeDifference"),
                fields.number("argMaxAgreement"));
    }

    private static ObjectNode encode(SealEvent seal) {
        ObjectNode json = Json.object();
        texts(json.putObject("activeUnits"), seal.activeUnits());
        json.put("structureDigest", seal.structureDigest());
        json.put("compactArchitectureDigest", seal.compactArchitectureDigest());
        json.put("weightsDigest", seal.weightsDigest());
        json.set("cost", cost(seal.cost()));
        json.put("budgetFraction", seal.budgetFraction());
        return json.put("events", seal.events());
    }

    private static SealEvent seal(Fields fields) {
        return new SealEvent(
                fields.texts("activeUnits"),
                fields.text("structureDigest"),
                fields.text("compactArchitectureDigest"),
                fields.text("weightsDigest"),
                fields.object("cost", EventCodec::cost),
                fields.number("budgetFraction"),
                fields.count("events"));
    }

    private static ObjectNode cost(CostRecord cost) {
        return Json.object()
                .put("weights", cost.weights())
                .put("parameters", cost.parameters())
                .put("multiplyAdds", cost.multiplyAdds());
    }

    private static CostRecord cost(Fields fields) {
        return new CostRecord(fields.count("weights"), fields.count("parameters"), fields.count("multiplyAdds"));
    }

    private static void numberLists(ObjectNode json, Map<String, List<Double>> lists) {
        lists.forEach((name, numbers) -> {
            ArrayNode list = json.putArray(name);
            numbers.forEach(list::add);
        });
    }

    private static void texts(ObjectNode json, Map<String, String> texts) {
        texts.forEach(json::put);
    }
}
