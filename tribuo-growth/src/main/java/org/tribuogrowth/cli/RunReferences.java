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

import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuogrowth.search.ReadsRun;

/** Finds, without building them, the components of a training that start from what another run found. */
final class RunReferences {
    private RunReferences() {}

    /**
     * The components that read another run.
     *
     * @param configuration The configuration, checked.
     * @param trainer       The component that trains.
     * @return For each such component that the trainer reaches, the method that it names.
     */
    static Map<String, String> of(Configuration configuration, String trainer) {
        Map<String, String> references = new LinkedHashMap<>();
        for (String name : new Components(configuration).buildOrder(trainer)) {
            Configuration.Component component = configuration.component(name).orElseThrow();
            Property run = component.properties().get(ReadsRun.RUN_PROPERTY);
            if (run instanceof SimpleProperty simple && !simple.getValue().isEmpty() && readsRun(component)) {
                references.put(name, simple.getValue());
            }
        }
        return references;
    }

    private static boolean readsRun(Configuration.Component component) {
        try {
            return ReadsRun.class.isAssignableFrom(
                    ComponentClass.load(component.className()).type());
        } catch (ComponentClass.UnusableException exception) {
            throw new IllegalStateException("A checked configuration has usable classes", exception);
        }
    }
}
