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

package org.tribuogrowth.cli;

import com.oracle.labs.mlrg.olcut.OLCUT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.Tribuo;
import org.tribuogrowth.training.GrowthListener;

/** What was seen beside a run and is not reproducible: the machine, the versions, the times. None of it is in the ledger. */
final class Observations {
    /** The key of what computed: kernels, their version and instruction set, threads. */
    static final String ENGINE = "engine";

    /** The key of the version of Java. */
    static final String JAVA = "java";

    /** The key of the kind of the processor. */
    static final String PROCESSOR = "processor";

    /** The key of the version of this project. */
    static final String VERSION = "tribuoGrowth";

    /** The key of the version of Tribuo. */
    static final String TRIBUO_VERSION = "tribuo";

    /** The key of the version of OLCUT. */
    static final String OLCUT_VERSION = "olcut";

    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /**
     * The content of {@value RunFolder#OBSERVATIONS}.
     *
     * @param outcome {@code good}, or why the run failed.
     * @param run     What the training said.
     * @return A JSON object.
     */
    Map<String, Object> json(String outcome, RunRecord run) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outcome", outcome);
        object.put("started", started.toString());
        object.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        object.put("seconds", run.summary().map(GrowthListener.Summary::seconds).orElse(null));
        object.put(
                "restructuringSeconds",
                run.summary().map(GrowthListener.Summary::restructuringSeconds).orElse(null));
        object.put(
                "inputWaitSeconds",
                run.summary().map(GrowthListener.Summary::inputWaitSeconds).orElse(null));
        object.putAll(platform(run.plan().map(GrowthListener.Plan::engine).orElse(null)));
        return object;
    }

    /**
     * What computes in this process.
     *
     * @param engine What the training says that it computes with, null if it did not begin.
     * @return Names and values, of which some are null.
     */
    static Map<String, Object> platform(String engine) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(ENGINE, engine);
        object.put("processors", Runtime.getRuntime().availableProcessors());
        object.put("ompNumThreads", System.getenv("OMP_NUM_THREADS"));
        object.put("mostHeapBytes", Runtime.getRuntime().maxMemory());
        object.put(JAVA, System.getProperty("java.version"));
        object.put("virtualMachine", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        object.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        object.put(PROCESSOR, System.getProperty("os.arch"));
        object.put(VERSION, Main.version());
        object.put(TRIBUO_VERSION, Tribuo.VERSION);
        object.put(OLCUT_VERSION, OLCUT.VERSION);
        return object;
    }
}
