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

package org.tribuogrowth.architecture.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tribuo.test.Helpers.testConfigurableRoundtrip;
import static org.tribuo.test.Helpers.testProvenanceMarshalling;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.VggFamily.Variant;

/** Families and layer components as configured by OLCUT, and as recorded in provenance. */
final class FamilyConfigurationTest {
    private static final Shape IMAGE = new Shape.Image(32, 32, 3);
    private static final String PACKAGE = "org.tribuogrowth.architecture.family.";

    @TempDir
    Path folder;

    private ConfigurationManager load(String components) throws IOException {
        Path file = folder.resolve("config.xml");
        Files.writeString(file, "<config>" + components.replace("type=\"", "type=\"" + PACKAGE) + "</config>");
        return new ConfigurationManager(file.toString());
    }

    private static String component(String name, String type, String properties) {
        return "<component name='" + name + "' type=\"" + type + "\">" + properties + "</component>";
    }

    private static String property(String name, String value) {
        return "<property name='" + name + "' value='" + value + "'/>";
    }

    private static String list(String name, String... items) {
        StringBuilder text = new StringBuilder("<propertylist name='" + name + "'>");
        Stream.of(items).forEach(item -> text.append("<item>").append(item).append("</item>"));
        return text.append("</propertylist>").toString();
    }

    @Test
    void configuredFamiliesAreTheConstructedOnes() throws IOException {
        ConfigurationManager manager = load(component("mlp", "MlpFamily", "")
                + component(
                        "mlp2",
                        "MlpFamily",
                        list("hiddenUnits", "7", "5")
                                + property("activation", "TANH")
                                + property("batchNormalisation", "true")
                                + property("dropout", "0.5"))
                + component("lenet", "LeNetFamily", "")
                + component(
                        "lenet2",
                        "LeNetFamily",
                        property("firstFilters", "2") + property("secondFilters", "3") + property("hiddenUnits", "4"))
                + component("vgg", "VggFamily", "")
                + component("vgg2", "VggFamily", property("variant", "SMALL") + property("widthMultiplier", "0.5"))
                + component("resnet", "ResNetFamily", "")
                + component("resnet2", "ResNetFamily", property("depth", "14") + property("baseWidth", "5"))
                + component("resnet3", "ResNetFamily", property("depth", "14") + property("searchableBlocks", "true"))
                + component("resnet4", "ResNetFamily", property("depth", "14") + property("searchableStreams", "false"))
                + component("vgg3", "VggFamily", property("searchableBlocks", "true"))
                + component("wide3", "WideResNetFamily", property("searchableBlocks", "true"))
                + component("wide", "WideResNetFamily", "")
                + component(
                        "wide2",
                        "WideResNetFamily",
                        property("depth", "10") + property("wideningFactor", "2") + property("dropout", "0.3"))
                + component("mobile", "MobileNetFamily", "")
                + component(
                        "mobile2", "MobileNetFamily", property("widthMultiplier", "0.25") + property("stemStride", "2"))
                + component("unet", "EncoderDecoderFamily", "")
                + component(
                        "unet2",
                        "EncoderDecoderFamily",
                        property("depth", "2")
                                + property("baseWidth", "3")
                                + property("convolutions", "1")
                                + property("batchNormalisation", "false")
                                + property("upsampling", "NEAREST")
                                + property("dropout", "0.5"))
                + component("deeplab", "DeepLabFamily", "")
                + component(
                        "deeplab2",
                        "DeepLabFamily",
                        property("block", "BASIC")
                                + list("blocks", "1", "2", "1", "1")
                                + property("baseWidth", "3")
                                + property("outputStride", "8")
                                + list("rates", "2", "5")
                                + property("branchWidth", "7")
                                + property("imagePooling", "false")
                                + property("decoder", "true")
                                + property("lowWidth", "4")
                                + property("dropout", "0"))
                + component("imagenet", "ImageNetResNetFamily", "")
                + component(
                        "imagenet2",
                        "ImageNetResNetFamily",
                        property("block", "BASIC") + list("blocks", "1", "2", "1", "1") + property("baseWidth", "5")));
        expectSame(manager, "mlp", new MlpFamily(List.of(300, 100)));
        expectSame(manager, "mlp2", new MlpFamily(List.of(7, 5), Activation.TANH, true, 0.5));
        expectSame(manager, "lenet", new LeNetFamily(20, 50, 500));
        expectSame(manager, "lenet2", new LeNetFamily(2, 3, 4));
        expectSame(manager, "vgg", new VggFamily(Variant.VGG_16, 1.0));
        expectSame(manager, "vgg2", new VggFamily(Variant.SMALL, 0.5));
        expectSame(manager, "resnet", new ResNetFamily(20, 16));
        expectSame(manager, "resnet2", new ResNetFamily(14, 5));
        expectSame(manager, "resnet3", new ResNetFamily(14, 16, true));
        expectSame(manager, "resnet4", new ResNetFamily(14, 16, false, false));
        expectSame(manager, "vgg3", new VggFamily(Variant.VGG_16, 1.0, true));
        expectSame(manager, "wide3", new WideResNetFamily(16, 4, 0.0, true));
        expectSame(manager, "wide", new WideResNetFamily(16, 4));
        expectSame(manager, "wide2", new WideResNetFamily(10, 2, 0.3));
        expectSame(manager, "mobile", new MobileNetFamily(1.0));
        expectSame(manager, "mobile2", new MobileNetFamily(0.25, 2));
        expectSame(manager, "unet", new EncoderDecoderFamily(4, 64));
        expectSame(manager, "unet2", new EncoderDecoderFamily(2, 3, 1, false, ResizeKind.NEAREST, 0.5));
        expectSame(manager, "deeplab", new DeepLabFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64, 16, 256, false));
        expectSame(
                manager,
                "deeplab2",
                new DeepLabFamily(Block.BASIC, List.of(1, 2, 1, 1), 3, 8, List.of(2, 5), 7, false, true, 4, 0.0));
        expectSame(manager, "imagenet", new ImageNetResNetFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64));
        expectSame(manager, "imagenet2", new ImageNetResNetFamily(Block.BASIC, List.of(1, 2, 1, 1), 5));
    }

    @Test
    void configuredLayersAreTheConstructedOnes() throws IOException {
        ConfigurationManager manager = load(component("conv", "ConvolutionLayer", property("filters", "4"))
                + component(
                        "conv2",
                        "ConvolutionLayer",
                        property("name", "own")
                                + property("filters", "5")
                                + property("kernel", "4")
                                + property("stride", "2")
                                + property("samePadding", "false")
                                + property("padding", "3")
                                + property("dilation", "2")
                                + property("bias", "false")
                                + property("activation", "SIGMOID")
                                + property("searchable", "false"))
                + component("deep", "DepthwiseConvolutionLayer", "")
                + component(
                        "deep2",
                        "DepthwiseConvolutionLayer",
                        property("name", "mine")
                                + property("kernel", "4")
                                + property("stride", "2")
                                + property("samePadding", "false")
                                + property("padding", "3")
                                + property("dilation", "2")
                                + property("bias", "false")
                                + property("activation", "TANH"))
                + component("norm", "BatchNormalisationLayer", "")
                + component("act", "ActivationLayer", "")
                + component("pool", "PoolingLayer", "")
                + component(
                        "pool2",
                        "PoolingLayer",
                        property("kind", "AVERAGE")
                                + property("size", "3")
                                + property("stride", "1")
                                + property("padding", "1"))
                + component("block", "ResidualBlockLayer", property("filters", "6"))
                + component(
                        "block2",
                        "ResidualBlockLayer",
                        property("name", "last")
                                + property("filters", "8")
                                + property("stride", "2")
                                + property("activation", "TANH")
                                + property("searchable", "false"))
                + component("global", "GlobalPoolingLayer", "")
                + component("drop", "DropoutLayer", "")
                + component("dense", "DenseLayer", property("units", "3"))
                + component(
                        "net",
                        "CustomNetwork",
                        list(
                                "layers", "conv", "norm", "act", "deep", "norm", "act", "pool", "deep2", "conv2",
                                "pool2", "block", "block2", "global", "drop", "dense")));
        CustomNetwork expected = new CustomNetwork(List.of(
                ConvolutionLayer.builder(4).build(),
                new BatchNormalisationLayer(),
                new ActivationLayer(Activation.RELU),
                DepthwiseConvolutionLayer.builder().build(),
                new BatchNormalisationLayer(),
                new ActivationLayer(Activation.RELU),
                new PoolingLayer(PoolingKind.MAX, 2, 0, 0),
                DepthwiseConvolutionLayer.builder()
                        .name("mine")
                        .kernel(4)
                        .stride(2)
                        .padding(3)
                        .dilation(2)
                        .bias(false)
                        .activation(Activation.TANH)
                        .build(),
                ConvolutionLayer.builder(5)
                        .name("own")
                        .kernel(4)
                        .stride(2)
                        .padding(3)
                        .dilation(2)
                        .bias(false)
                        .activation(Activation.SIGMOID)
                        .searchable(false)
                        .build(),
                new PoolingLayer(PoolingKind.AVERAGE, 3, 1, 1),
                new ResidualBlockLayer(6, 1),
                new ResidualBlockLayer("last", 8, 2, Activation.TANH, false),
                new GlobalPoolingLayer(PoolingKind.AVERAGE),
                new DropoutLayer(0.5),
                new DenseLayer(3, Activation.IDENTITY)));
        expectSame(manager, "net", expected);
    }

    private static void expectSame(ConfigurationManager manager, String name, NetworkFamily expected) {
        NetworkFamily family = (NetworkFamily) manager.lookup(name);
        assertThat(family.architecture(IMAGE, 10, Activation.SOFTMAX).canonicalText())
                .isEqualTo(expected.architecture(IMAGE, 10, Activation.SOFTMAX).canonicalText());
        assertThat(family).hasToString(expected.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MlpFamily | dropout=1.0 | dropout | at least 0 and below 1, found 1.0
                    MlpFamily | dropout=-0.1 | dropout | at least 0 and below 1, found -0.1
                    MlpFamily | dropout=NaN | dropout | found NaN
                    MlpFamily | activation=SIGMOID | activation | found SIGMOID
                    MlpFamily | activation=SOFTMAX | activation | for outputs only
                    MlpFamily | activation=relu | activation | relu
                    MlpFamily | hiddenUnits=[0] | hiddenUnits | must be 1 to 1048576, found 0
                    MlpFamily | hiddenUnits=[5,-1] | hiddenUnits | found -1
                    MlpFamily | hiddenUnits=[1048577] | hiddenUnits | found 1048577
                    MlpFamily | hiddenUnits=[] | hiddenUnits | at least one item
                    MlpFamily | hiddenUnits=[many] | hiddenUnits | many
                    MlpFamily | hiddenUnit=[3] | hiddenUnit | Unknown property
                    LeNetFamily | firstFilters=0 | firstFilters | must be 1 to 1048576, found 0
                    LeNetFamily | secondFilters=-5 | secondFilters | found -5
                    LeNetFamily | hiddenUnits=2000000 | hiddenUnits | found 2000000
                    LeNetFamily | hiddenUnits=99999999999 | hiddenUnits | 99999999999
                    LeNetFamily | kernel=3 | kernel | Unknown property
                    VggFamily | widthMultiplier=0 | widthMultiplier | above 0 and at most 64.0, found 0.0
                    VggFamily | widthMultiplier=65 | widthMultiplier | found 65.0
                    VggFamily | widthMultiplier=NaN | widthMultiplier | found NaN
                    VggFamily | variant=VGG16 | variant | VGG16
                    VggFamily | widthMultiplyer=2 | widthMultiplyer | Unknown property
                    ResNetFamily | depth=21 | depth | 6n+2 for a number n of blocks a stage, from 8 to 1202
                    ResNetFamily | depth=2 | depth | found 2
                    ResNetFamily | depth=-4 | depth | found -4
                    ResNetFamily | depth=1208 | depth | found 1208
                    ResNetFamily | baseWidth=0 | baseWidth | must be 1 to 262144, found 0
                    ResNetFamily | deph=20 | deph | Unknown property
                    WideResNetFamily | depth=20 | depth | 6n+4 for a number n of blocks a stage, from 10 to 1204
                    WideResNetFamily | depth=4 | depth | found 4
                    WideResNetFamily | depth=1210 | depth | found 1210
                    WideResNetFamily | wideningFactor=0 | wideningFactor | must be 1 to 16384, found 0
                    WideResNetFamily | wideningFactor=16385 | wideningFactor | found 16385
                    WideResNetFamily | dropout=1 | dropout | at least 0 and below 1, found 1.0
                    WideResNetFamily | widen=4 | widen | Unknown property
                    LstmFamily | hiddenUnits=[0] | hiddenUnits | must be 1 to 1048576, found 0
                    LstmFamily | embeddingUnits=-1 | embeddingUnits | found -1
                    LstmFamily | inputDropout=1.0 | inputDropout | found 1.0
                    LstmFamily | layerDropout=-0.5 | layerDropout | found -0.5
                    LstmFamily | outputDropout=NaN | outputDropout | found NaN
                    LstmFamily | tied=true | tied | must be false where everyStep is
                    MobileNetFamily | widthMultiplier=0 | widthMultiplier | above 0 and at most 64.0, found 0.0
                    MobileNetFamily | widthMultiplier=64.5 | widthMultiplier | found 64.5
                    MobileNetFamily | alpha=0.5 | alpha | Unknown property
                    MobileNetFamily | stemStride=3 | stemStride | must be 1 to 2, found 3
                    ImageNetResNetFamily | block=WIDE | block | WIDE
                    ImageNetResNetFamily | blocks=[3,4,6] | blocks | 4 items, one for each stage, found 3
                    ImageNetResNetFamily | blocks=[3,4,6,0] | blocks | must be 1 to 1000, found 0
                    ImageNetResNetFamily | blocks=[3,4,six,3] | blocks | six
                    ImageNetResNetFamily | baseWidth=32769 | baseWidth | must be 1 to 32768, found 32769
                    ImageNetResNetFamily | depth=50 | depth | Unknown property
                    EncoderDecoderFamily | depth=0 | depth | must be 1 to 8, found 0
                    EncoderDecoderFamily | depth=9 | depth | found 9
                    EncoderDecoderFamily | baseWidth=0 | baseWidth | must be 1 to 2048, found 0
                    EncoderDecoderFamily | convolutions=9 | convolutions | must be 1 to 8, found 9
                    EncoderDecoderFamily | upsampling=CUBIC | upsampling | CUBIC
                    EncoderDecoderFamily | dropout=1 | dropout | at least 0 and below 1, found 1.0
                    EncoderDecoderFamily | levels=3 | levels | Unknown property
                    DeepLabFamily | outputStride=4 | outputStride | must be 8 or 16, found 4
                    DeepLabFamily | outputStride=32 | outputStride | found 32
                    DeepLabFamily | rates=[] | rates | at least one item
                    DeepLabFamily | rates=[6,0] | rates | must be 1 to 64, found 0
                    DeepLabFamily | rates=[1,2,3,4,5,6,7,8,9] | rates | 1 to 8 items, found 9
                    DeepLabFamily | branchWidth=4097 | branchWidth | must be 1 to 4096, found 4097
                    DeepLabFamily | lowWidth=0 | lowWidth | must be 1 to 4096, found 0
                    DeepLabFamily | blocks=[3,4,6] | blocks | 4 items, one for each stage, found 3
                    DeepLabFamily | dropout=1 | dropout | found 1.0
                    DeepLabFamily | rate=6 | rate | Unknown property
                    CustomNetwork | | layers | mandatory
                    CustomNetwork | layers=[] | layers | at least one item
                    CustomNetwork | layer=[norm] | layer | Unknown property
                    CustomNetwork | layers=[norm,wrong] | layers | item 2 is of org.tribuogrowth.architecture.family.MlpFamily
                    ConvolutionLayer | | filters | mandatory
                    ConvolutionLayer | filters=0 | filters | must be 1 to 1048576, found 0
                    ConvolutionLayer | filters=1 kernel=0 | kernel | must be 1 to 255, found 0
                    ConvolutionLayer | filters=1 kernel=256 | kernel | found 256
                    ConvolutionLayer | filters=1 stride=0 | stride | must be 1 to 255, found 0
                    ConvolutionLayer | filters=1 padding=-1 samePadding=false | padding | must be 0 to 255, found -1
                    ConvolutionLayer | filters=1 padding=1 | padding | set samePadding to false
                    ConvolutionLayer | filters=1 kernel=4 | samePadding | must be false with a kernel of even size
                    ConvolutionLayer | filters=1 dilation=0 | dilation | must be 1 to 255, found 0
                    ConvolutionLayer | filters=1 dilation=200 kernel=5 | dilation | which needs 400
                    ConvolutionLayer | filters=1 activation=SIGMOID | activation | must be IDENTITY, RELU or TANH
                    ConvolutionLayer | filters=1 name=in/put | name | letters, digits
                    ConvolutionLayer | filters=1 name=input | name | neither 'input' nor 'output'
                    ConvolutionLayer | filters=1 filter=2 | filter | Unknown property
                    DepthwiseConvolutionLayer | kernel=0 | kernel | must be 1 to 255, found 0
                    DepthwiseConvolutionLayer | stride=256 | stride | must be 1 to 255, found 256
                    DepthwiseConvolutionLayer | padding=1 | padding | set samePadding to false
                    DepthwiseConvolutionLayer | kernel=4 | samePadding | must be false with a kernel of even size
                    DepthwiseConvolutionLayer | dilation=200 kernel=5 | dilation | which needs 400
                    DepthwiseConvolutionLayer | activation=SOFTMAX | activation | for outputs only
                    DepthwiseConvolutionLayer | name=input | name | neither 'input' nor 'output'
                    DepthwiseConvolutionLayer | filters=1 | filters | Unknown property
                    DenseLayer | | units | mandatory
                    DenseLayer | units=0 | units | must be 1 to 1048576, found 0
                    DenseLayer | units=1 name=output | name | neither 'input' nor 'output'
                    DenseLayer | units=1 activation=SOFTMAX searchable=false | activation | for outputs only
                    ResidualBlockLayer | | filters | mandatory
                    ResidualBlockLayer | filters=-1 | filters | must be 1 to 1048576, found -1
                    ResidualBlockLayer | filters=1 stride=0 | stride | must be 1 to 255, found 0
                    ResidualBlockLayer | filters=1 activation=SIGMOID | activation | must be IDENTITY, RELU or TANH
                    ResidualBlockLayer | filters=1 name=-x | name | beginning with a letter or digit
                    PoolingLayer | size=0 | size | must be 1 to 255, found 0
                    PoolingLayer | stride=-1 | stride | must be 0 to 255, found -1
                    PoolingLayer | padding=2 | padding | must be 0 to 1, found 2
                    PoolingLayer | kind=MEAN | kind | MEAN
                    GlobalPoolingLayer | kind=max | kind | max
                    DropoutLayer | rate=1 | rate | at least 0 and below 1, found 1.0
                    ActivationLayer | function=IDENTITY | function | which changes nothing
                    ActivationLayer | function=SOFTMAX | function | for outputs only
                    ActivationLayer | name=x | name | Unknown property
                    BatchNormalisationLayer | momentum=0.9 | momentum | Unknown property
                    FlattenLayer | order=C | order | Unknown property
                    """)
    void mistakesNameTheComponentAndTheField(String type, String properties, String field, String message)
            throws IOException {
        StringBuilder text = new StringBuilder();
        for (String property : properties == null ? new String[0] : properties.split(" ")) {
            String name = property.substring(0, property.indexOf('='));
            String value = property.substring(property.indexOf('=') + 1);
            if (value.startsWith("[")) {
                String items = value.substring(1, value.length() - 1);
                text.append(list(name, items.isEmpty() ? new String[0] : items.split(",")));
            } else {
                text.append(property(name, value));
            }
        }
        ConfigurationManager manager = load(component("mine", type, text.toString())
                + component("norm", "BatchNormalisationLayer", "")
                + component("wrong", "MlpFamily", ""));
        assertThatThrownBy(() -> manager.lookup("mine"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Component: mine")
                .hasMessageContaining("Property: " + field)
                .hasMessageContaining(message);
    }

    /** OLCUT returns the object on the second look-up although its check failed. */
    @Test
    void whatFailedItsCheckCannotBeUsed() throws IOException {
        ConfigurationManager manager = load(component("mlp", "MlpFamily", property("dropout", "2"))
                + component("bad", "ConvolutionLayer", property("filters", "0"))
                + component("net", "CustomNetwork", list("layers", "bad")));
        assertThatThrownBy(() -> manager.lookup("mlp")).isInstanceOf(PropertyException.class);
        NetworkFamily family = (NetworkFamily) manager.lookup("mlp");
        assertThatThrownBy(() -> family.architecture(IMAGE, 10, Activation.SOFTMAX))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("network family mlp was refused");
        assertThatThrownBy(family::getProvenance).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.lookup("net")).isInstanceOf(PropertyException.class);
        LayerComponent layer = (LayerComponent) manager.lookup("bad");
        assertThatThrownBy(() -> layer.addTo(new NetworkBuilder(IMAGE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layer component bad was refused");
        assertThatThrownBy(() -> manager.lookup("net"))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("layer component bad was refused");
    }

    @Test
    void constructorsCheckLikeTheConfiguration() {
        assertThatThrownBy(() -> new MlpFamily(List.of())).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new MlpFamily(null)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new MlpFamily(Arrays.asList(3, null)))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("item 2 is missing");
        assertThatThrownBy(() -> new MlpFamily(Collections.nCopies(1001, 3)))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("1 to 1000 items, found 1001");
        assertThatThrownBy(() -> new MlpFamily(List.of(3), null, false, 0)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new VggFamily(null, 1)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new ResNetFamily(19, 16)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new CustomNetwork(Collections.singletonList(null)))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("item 1 is missing");
        assertThatThrownBy(() -> new CustomNetwork(Collections.nCopies(10_000, new FlattenLayer())))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("found 10000");
        assertThatThrownBy(() -> ConvolutionLayer.builder(3).name(null).build()).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new GlobalPoolingLayer(null)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new PoolingLayer(null, 2, 2, 0)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new ActivationLayer(null)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new WideResNetFamily(16, -1)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new MobileNetFamily(Double.NaN)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new ImageNetResNetFamily(null, List.of(1, 1, 1, 1), 4))
                .isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> new ImageNetResNetFamily(Block.BASIC, Arrays.asList(1, null, 1, 1), 4))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("item 2 is missing");
        assertThatThrownBy(() -> DepthwiseConvolutionLayer.builder().name(null).build())
                .isInstanceOf(PropertyException.class);
        assertThatCode(() -> new ResNetFamily(1202, 1).architecture(IMAGE, 10, Activation.SOFTMAX))
                .doesNotThrowAnyException();
        assertThatCode(() -> new WideResNetFamily(1204, 1, 0.1).architecture(IMAGE, 10, Activation.SOFTMAX))
                .doesNotThrowAnyException();
    }

    static Stream<NetworkFamily> families() {
        ConvolutionLayer convolution = ConvolutionLayer.builder(4)
                .name("first")
                .activation(Activation.RELU)
                .build();
        ResidualBlockLayer block = new ResidualBlockLayer(4, 1);
        return Stream.of(
                new MlpFamily(List.of(7, 5), Activation.TANH, true, 0.5),
                new LeNetFamily(2, 3, 4),
                new VggFamily(Variant.SMALL, 0.5),
                new ResNetFamily(14, 5),
                new WideResNetFamily(10, 2, 0.3),
                new MobileNetFamily(0.25, 2),
                new ImageNetResNetFamily(Block.BASIC, List.of(1, 2, 1, 1), 2),
                new CustomNetwork(List.of(
                        convolution,
                        block,
                        DepthwiseConvolutionLayer.builder()
                                .name("deep")
                                .kernel(5)
                                .batchNormalisation(true)
                                .build(),
                        new BatchNormalisationLayer(),
                        block,
                        new PoolingLayer(PoolingKind.AVERAGE, 3, 0, 1),
                        new ResidualBlockLayer("wide", 8, 2, Activation.TANH, false),
                        new FlattenLayer(),
                        new DropoutLayer(0.25),
                        new DenseLayer("code", 9, false, false, Activation.IDENTITY, true),
                        new ActivationLayer(Activation.TANH))),
                new CustomNetwork(
                        List.of(new GlobalPoolingLayer(PoolingKind.MAX), new DenseLayer(3, Activation.RELU))));
    }

    @ParameterizedTest
    @MethodSource("families")
    void provenanceHoldsTheWholeConfiguration(NetworkFamily family) {
        testProvenanceMarshalling(family.getProvenance());
        testConfigurableRoundtrip(family);
        ConfigurationManager manager = new ConfigurationManager();
        manager.addConfiguration(ProvenanceUtil.extractConfiguration(family.getProvenance()));
        List<? extends NetworkFamily> rebuilt = manager.lookupAll(family.getClass());
        assertThat(rebuilt).hasSize(1);
        Architecture expected = family.architecture(IMAGE, 10, Activation.SOFTMAX);
        assertThat(rebuilt.get(0).architecture(IMAGE, 10, Activation.SOFTMAX)).isEqualTo(expected);
    }

    @Test
    void everyFieldIsDescribedAndOfAPlainType() {
        for (Class<?> type : List.of(
                MlpFamily.class,
                LeNetFamily.class,
                VggFamily.class,
                ResNetFamily.class,
                WideResNetFamily.class,
                ImageNetResNetFamily.class,
                MobileNetFamily.class,
                CustomNetwork.class,
                ConvolutionLayer.class,
                DepthwiseConvolutionLayer.class,
                FilterLayer.class,
                DenseLayer.class,
                BatchNormalisationLayer.class,
                ActivationLayer.class,
                PoolingLayer.class,
                GlobalPoolingLayer.class,
                DropoutLayer.class,
                FlattenLayer.class,
                ResidualBlockLayer.class)) {
            assertThat(Modifier.isFinal(type.getModifiers()) || Modifier.isAbstract(type.getModifiers()))
                    .isTrue();
            for (Field field : type.getDeclaredFields()) {
                Config config = field.getAnnotation(Config.class);
                if (config != null) {
                    assertThat(config.description()).as(field.toString()).endsWith(".");
                    assertThat(config.redact()).isFalse();
                    Class<?> of = field.getType();
                    assertThat(of.isPrimitive() || of.isEnum() || of == String.class || of == List.class)
                            .as(field.toString())
                            .isTrue();
                }
            }
        }
    }
}
