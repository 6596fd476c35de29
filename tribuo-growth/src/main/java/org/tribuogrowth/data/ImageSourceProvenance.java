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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.HashType;
import com.oracle.labs.mlrg.olcut.provenance.impl.SkeletalConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.provenance.DataSourceProvenance;

/**
 * Where images came from: the configuration of their source, and the time and SHA-256 of their files. The hash is that
 * of the unpacked bytes, so that it does not depend on whether, or by which program, a file was compressed.
 */
public final class ImageSourceProvenance extends SkeletalConfiguredObjectProvenance implements DataSourceProvenance {
    private static final long serialVersionUID = 1L;

    /** The key of the SHA-256 of separate files of labels or masks. */
    public static final String LABELS_RESOURCE_HASH = "labels-resource-hash";

    /** The key of the time at which separate files of labels or masks were changed last. */
    public static final String LABELS_FILE_MODIFIED_TIME = "labels-file-modified-time";

    private final DateTimeProvenance creationTime;
    private final DateTimeProvenance modifiedTime;
    private final HashProvenance hash;

    /** Null if the labels have no file of their own. */
    private final DateTimeProvenance labelsModifiedTime;

    /** Null if the labels have no file of their own. */
    private final HashProvenance labelsHash;

    /**
     * Takes the provenance of a source.
     *
     * @param host   The source.
     * @param files  The files of images.
     * @param labels The files of labels or masks, or null if there are none.
     */
    ImageSourceProvenance(ConfigurableDataSource<?> host, Origin files, Origin labels) {
        super(host, "DataSource");
        this.creationTime = new DateTimeProvenance(DATASOURCE_CREATION_TIME, OffsetDateTime.now());
        this.modifiedTime = new DateTimeProvenance(FILE_MODIFIED_TIME, files.modified());
        this.hash = new HashProvenance(HashType.SHA256, RESOURCE_HASH, files.sha256());
        this.labelsModifiedTime =
                labels == null ? null : new DateTimeProvenance(LABELS_FILE_MODIFIED_TIME, labels.modified());
        this.labelsHash =
                labels == null ? null : new HashProvenance(HashType.SHA256, LABELS_RESOURCE_HASH, labels.sha256());
    }

    /**
     * Deserialization constructor.
     *
     * @param map The provenances.
     */
    public ImageSourceProvenance(Map<String, Provenance> map) {
        this(extractProvenanceInfo(map));
    }

    private ImageSourceProvenance(ExtractedInfo info) {
        super(info);
        this.creationTime = (DateTimeProvenance) info.instanceValues.get(DATASOURCE_CREATION_TIME);
        this.modifiedTime = (DateTimeProvenance) info.instanceValues.get(FILE_MODIFIED_TIME);
        this.hash = (HashProvenance) info.instanceValues.get(RESOURCE_HASH);
        this.labelsModifiedTime = (DateTimeProvenance) info.instanceValues.get(LABELS_FILE_MODIFIED_TIME);
        this.labelsHash = (HashProvenance) info.instanceValues.get(LABELS_RESOURCE_HASH);
    }

    /**
     * Separates out the configured and non-configured provenance values.
     *
     * @param map The provenances to separate.
     * @return The extracted provenance information.
     */
    protected static ExtractedInfo extractProvenanceInfo(Map<String, Provenance> map) {
        String me = ImageSourceProvenance.class.getSimpleName();
        Map<String, Provenance> configured = new HashMap<>(map);
        String className = ObjectProvenance.checkAndExtractProvenance(
                        configured, CLASS_NAME, StringProvenance.class, me)
                .getValue();
        String host = ObjectProvenance.checkAndExtractProvenance(
                        configured, HOST_SHORT_NAME, StringProvenance.class, me)
                .getValue();
        Map<String, PrimitiveProvenance<?>> instance = new HashMap<>();
        for (String key : new String[] {DATASOURCE_CREATION_TIME, FILE_MODIFIED_TIME}) {
            instance.put(
                    key, ObjectProvenance.checkAndExtractProvenance(configured, key, DateTimeProvenance.class, me));
        }
        instance.put(
                RESOURCE_HASH,
                ObjectProvenance.checkAndExtractProvenance(configured, RESOURCE_HASH, HashProvenance.class, me));
        Optional<DateTimeProvenance> labelsTime = ObjectProvenance.maybeExtractProvenance(
                configured, LABELS_FILE_MODIFIED_TIME, DateTimeProvenance.class, me);
        labelsTime.ifPresent(time -> instance.put(LABELS_FILE_MODIFIED_TIME, time));
        Optional<HashProvenance> labelsHash =
                ObjectProvenance.maybeExtractProvenance(configured, LABELS_RESOURCE_HASH, HashProvenance.class, me);
        labelsHash.ifPresent(hash -> instance.put(LABELS_RESOURCE_HASH, hash));
        return new ExtractedInfo(className, host, configured, instance);
    }

    @Override
    public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
        Map<String, PrimitiveProvenance<?>> map = super.getInstanceValues();
        map.put(creationTime.getKey(), creationTime);
        map.put(modifiedTime.getKey(), modifiedTime);
        map.put(hash.getKey(), hash);
        if (labelsModifiedTime != null) {
            map.put(labelsModifiedTime.getKey(), labelsModifiedTime);
        }
        if (labelsHash != null) {
            map.put(labelsHash.getKey(), labelsHash);
        }
        return map;
    }

    /**
     * What is known of a file, or of several as one.
     *
     * @param sha256   The SHA-256 of the unpacked bytes, 64 lower-case hexadecimal digits.
     * @param modified When it was changed last; the latest of several.
     */
    record Origin(String sha256, OffsetDateTime modified) {}
}
