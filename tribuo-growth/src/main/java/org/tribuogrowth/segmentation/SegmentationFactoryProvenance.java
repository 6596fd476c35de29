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

package org.tribuogrowth.segmentation;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.SkeletalConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.HashMap;
import java.util.Map;
import org.tribuo.provenance.OutputFactoryProvenance;

/** What a {@link SegmentationFactory} was configured with: the names of its classes. */
public final class SegmentationFactoryProvenance extends SkeletalConfiguredObjectProvenance
        implements OutputFactoryProvenance {
    private static final long serialVersionUID = 1L;

    /**
     * Takes the provenance of a factory.
     *
     * @param host The factory.
     */
    SegmentationFactoryProvenance(SegmentationFactory host) {
        super(host, "OutputFactory");
    }

    /**
     * Deserialization constructor.
     *
     * @param map The provenances.
     */
    public SegmentationFactoryProvenance(Map<String, Provenance> map) {
        super(extractProvenanceInfo(map));
    }

    private static ExtractedInfo extractProvenanceInfo(Map<String, Provenance> map) {
        String me = SegmentationFactoryProvenance.class.getSimpleName();
        Map<String, Provenance> configured = new HashMap<>(map);
        String className = ObjectProvenance.checkAndExtractProvenance(
                        configured, CLASS_NAME, StringProvenance.class, me)
                .getValue();
        String host = ObjectProvenance.checkAndExtractProvenance(
                        configured, HOST_SHORT_NAME, StringProvenance.class, me)
                .getValue();
        return new ExtractedInfo(className, host, configured, new HashMap<>());
    }

    @Override
    public Map<String, Provenance> getConfiguredParameters() {
        // Both parents have one; the configured fields are what an output factory has to tell.
        return super.getConfiguredParameters();
    }
}
