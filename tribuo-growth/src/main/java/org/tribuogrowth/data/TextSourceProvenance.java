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
import org.tribuo.provenance.DataSourceProvenance;

/**
 * Where a text came from: the configuration of its source, the time and SHA-256 of its file, and the SHA-256 of the
 * vocabulary. The file's hash is that of the unpacked bytes, so that it does not depend on whether, or by which program,
 * the file was compressed.
 */
public final class TextSourceProvenance extends SkeletalConfiguredObjectProvenance implements DataSourceProvenance {
    private static final long serialVersionUID = 1L;

    /** The key of the SHA-256 of the vocabulary: its tokens in their order, each followed by a line feed, in UTF-8. */
    public static final String VOCABULARY_HASH = "vocabulary-hash";

    private final DateTimeProvenance creationTime;
    private final DateTimeProvenance modifiedTime;
    private final HashProvenance hash;
    private final HashProvenance vocabularyHash;

    /**
     * Takes the provenance of a source.
     *
     * @param host       The source.
     * @param file       The file of the text.
     * @param vocabulary The vocabulary.
     */
    TextSourceProvenance(TextDataSource host, ImageSourceProvenance.Origin file, Vocabulary vocabulary) {
        super(host, "DataSource");
        this.creationTime = new DateTimeProvenance(DATASOURCE_CREATION_TIME, OffsetDateTime.now());
        this.modifiedTime = new DateTimeProvenance(FILE_MODIFIED_TIME, file.modified());
        this.hash = new HashProvenance(HashType.SHA256, RESOURCE_HASH, file.sha256());
        this.vocabularyHash = new HashProvenance(HashType.SHA256, VOCABULARY_HASH, vocabulary.digest());
    }

    /**
     * Deserialization constructor.
     *
     * @param map The provenances.
     */
    public TextSourceProvenance(Map<String, Provenance> map) {
        this(extractProvenanceInfo(map));
    }

    private TextSourceProvenance(ExtractedInfo info) {
        super(info);
        this.creationTime = (DateTimeProvenance) info.instanceValues.get(DATASOURCE_CREATION_TIME);
        this.modifiedTime = (DateTimeProvenance) info.instanceValues.get(FILE_MODIFIED_TIME);
        this.hash = (HashProvenance) info.instanceValues.get(RESOURCE_HASH);
        this.vocabularyHash = (HashProvenance) info.instanceValues.get(VOCABULARY_HASH);
    }

    /**
     * Separates out the configured and non-configured provenance values.
     *
     * @param map The provenances to separate.
     * @return The extracted provenance information.
     */
    protected static ExtractedInfo extractProvenanceInfo(Map<String, Provenance> map) {
        String me = TextSourceProvenance.class.getSimpleName();
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
        for (String key : new String[] {RESOURCE_HASH, VOCABULARY_HASH}) {
            instance.put(key, ObjectProvenance.checkAndExtractProvenance(configured, key, HashProvenance.class, me));
        }
        return new ExtractedInfo(className, host, configured, instance);
    }

    @Override
    public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
        Map<String, PrimitiveProvenance<?>> map = super.getInstanceValues();
        map.put(creationTime.getKey(), creationTime);
        map.put(modifiedTime.getKey(), modifiedTime);
        map.put(hash.getKey(), hash);
        map.put(vocabularyHash.getKey(), vocabularyHash);
        return map;
    }
}
