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

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.OutputFactory;
import org.tribuo.evaluation.Evaluator;
import org.tribuo.protos.core.OutputFactoryProto;
import org.tribuo.provenance.OutputFactoryProvenance;
import org.tribuogrowth.segmentation.protos.SegmentationFactoryProto;

/** Makes masks of some classes, and what goes with them. The names of the classes come from the configuration. */
public final class SegmentationFactory implements OutputFactory<SegmentationMask> {
    private static final long serialVersionUID = 1L;

    /** Protobuf serialization version. */
    public static final int CURRENT_VERSION = 0;

    private static final SegmentationEvaluator EVALUATOR = new SegmentationEvaluator();

    @Config(
            mandatory = true,
            description = "The names of the classes of pixels, that of class 0 first; 1 to 255 different names.")
    private List<String> classNames = new ArrayList<>();

    @ConfigurableName
    private String configName;

    /** Null until the configuration was found good. */
    private SegmentationClasses classes;

    private SegmentationMask unknown;

    /** For OLCUT. */
    private SegmentationFactory() {}

    /**
     * Makes a factory.
     *
     * @param classNames The names of the classes, that of class 0 first.
     * @throws PropertyException If there are none or too many, or if a name is blank, too long or there twice.
     */
    public SegmentationFactory(List<String> classNames) {
        this.classNames = new ArrayList<>(classNames);
        postConfig();
    }

    /**
     * Used by the OLCUT configuration system, and should not be called by external code.
     *
     * @throws PropertyException If the names are not as they must be.
     */
    @Override
    public void postConfig() {
        classes = null;
        try {
            SegmentationClasses checked = new SegmentationClasses(classNames);
            unknown = SegmentationMask.unknown(checked);
            classes = checked;
        } catch (IllegalArgumentException e) {
            // The message is all of it; as a cause it would be told twice.
            throw new PropertyException(configName == null ? "" : configName, "classNames", e.getMessage());
        }
    }

    /**
     * Deserialization factory.
     *
     * @param version   The serialized object version.
     * @param className The class name.
     * @param message   The serialized data.
     * @return The factory.
     * @throws InvalidProtocolBufferException If the message is not a factory of masks.
     * @throws IllegalArgumentException       If the version is unknown or the names are not as they must be.
     */
    public static SegmentationFactory deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        SegmentationCodec.checkVersion(version, CURRENT_VERSION);
        SegmentationFactoryProto proto = message.unpack(SegmentationFactoryProto.class);
        return new SegmentationFactory(
                SegmentationCodec.classes(proto.getClassNameList()).names());
    }

    @Override
    public OutputFactoryProto serialize() {
        return OutputFactoryProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(SegmentationFactory.class.getName())
                .setSerializedData(Any.pack(SegmentationFactoryProto.newBuilder()
                        .addAllClassName(classes().names())
                        .build()))
                .build();
    }

    /**
     * The names of the classes.
     *
     * @return The names.
     * @throws IllegalStateException If this factory's configuration was refused.
     */
    public SegmentationClasses classes() {
        if (classes == null) {
            throw new IllegalStateException("This factory's configuration was refused, it cannot be used");
        }
        return classes;
    }

    /**
     * Takes a mask as it is and reads anything else as text in the form of {@link SegmentationMask#getSerializableForm}.
     *
     * @param label The mask or text.
     * @param <V>   Its type.
     * @return The mask.
     * @throws IllegalArgumentException If it is a mask of other classes or a text of another form.
     */
    @Override
    public <V> SegmentationMask generateOutput(V label) {
        if (label instanceof SegmentationMask mask) {
            if (!mask.classes().equals(classes())) {
                throw new IllegalArgumentException(
                        "A mask has the classes " + mask.classes() + ", but those of the factory are " + classes());
            }
            return mask;
        }
        return MaskText.parse(label.toString(), classes());
    }

    @Override
    public SegmentationMask getUnknownOutput() {
        classes();
        return unknown;
    }

    @Override
    public MutableSegmentationInfo generateInfo() {
        return new MutableSegmentationInfo(new PixelCounts(classes()));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the mapping is not from each class, as a mask of one pixel, to its number.
     */
    @Override
    public ImmutableOutputInfo<SegmentationMask> constructInfoForExternalModel(Map<SegmentationMask, Integer> mapping) {
        OutputFactory.validateMapping(mapping);
        MutableSegmentationInfo info = generateInfo();
        for (Map.Entry<SegmentationMask, Integer> entry : mapping.entrySet()) {
            int number = info.generateImmutableOutputInfo().getID(entry.getKey());
            if (number != entry.getValue()) {
                throw new IllegalArgumentException(
                        "A class has the id that is its number, a mask of one pixel of it stands" + " for it; found "
                                + entry.getKey() + " with the id " + entry.getValue());
            }
            info.observe(entry.getKey());
        }
        if (mapping.size() != classes().size()) {
            throw new IllegalArgumentException("The mapping has " + mapping.size() + " classes, but the factory has "
                    + classes().size());
        }
        return info.generateImmutableOutputInfo();
    }

    @Override
    public Evaluator<SegmentationMask, SegmentationEvaluation> getEvaluator() {
        return EVALUATOR;
    }

    @Override
    public Class<SegmentationMask> getTypeWitness() {
        return SegmentationMask.class;
    }

    @Override
    public OutputFactoryProvenance getProvenance() {
        return new SegmentationFactoryProvenance(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SegmentationFactory that && classNames.equals(that.classNames));
    }

    @Override
    public int hashCode() {
        return classNames.hashCode();
    }

    @Override
    public String toString() {
        return "SegmentationFactory(classNames=" + classNames + ")";
    }
}
