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

package org.tribuogrowth.architecture;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's dense reference: its input, its unit groups and its layers in an order in which each layer reads only
 * earlier ones. Immutable and checked: every instance has consistent shapes, exactly one output, which is last, and no
 * layer without a reader.
 *
 * <p>Two architectures are equal if their {@linkplain #canonicalText() canonical texts} are; the
 * {@linkplain #digest() digest} is the SHA-256 of that text.
 */
public final class Architecture {
    /** The largest number of layers that is accepted. */
    public static final int MAX_LAYERS = 10_000;

    private final Shape input;
    private final Map<String, UnitGroup> groups;
    /** The groups that each concatenation puts side by side. */
    private final Map<String, List<String>> unions;

    private final Map<String, LayerSpec> layers;
    private final Map<String, Shape> shapes;
    private final Map<String, String> groupOf;
    private final Blocks blocks;
    private final CostModel costModel;
    private final Cost denseCost;
    private final List<ParameterSpec> parameters;
    private final String text;
    private final String digest;

    /**
     * Checks the graph and infers its shapes.
     *
     * @param input  The shape of one example.
     * @param groups The unit groups, apart from the input's, which is called {@link LayerSpec#INPUT}.
     * @param layers The layers, each after the ones that it reads, the output last.
     * @throws IllegalArgumentException If a name is unknown or used twice, a shape does not fit, a gated unit would not
     *                                  be zero at gate 0, a layer or group is unused, a size cannot be counted, or a
     *                                  block's gate has nothing to fold into.
     */
    public Architecture(Shape input, List<UnitGroup> groups, List<LayerSpec> layers) {
        ArchitectureChecker checker = new ArchitectureChecker(input, groups, layers);
        LayerTable table = checker.table();
        this.input = input;
        this.groups = Collections.unmodifiableMap(table.groups());
        this.unions = Collections.unmodifiableMap(table.unions());
        LinkedHashMap<String, LayerSpec> byName = new LinkedHashMap<>();
        for (LayerSpec layer : layers) {
            byName.put(layer.name(), layer);
        }
        this.layers = Collections.unmodifiableMap(byName);
        this.shapes = Collections.unmodifiableMap(table.shapes());
        this.groupOf = Collections.unmodifiableMap(table.groupOf());
        this.parameters = List.copyOf(table.parameters());
        this.blocks = checker.blocks();
        this.costModel = new CostModel(table.costTerms());
        this.denseCost = denseCost(costModel, table.groups());
        this.text = ArchitectureText.format(this);
        this.digest = Digests.sha256(text);
    }

    /**
     * Reads an architecture from its canonical text.
     *
     * @param text The text.
     * @return The architecture; its canonical text is the given one.
     * @throws IllegalArgumentException If the text is not the canonical text of an architecture; the message names the
     *                                  line.
     */
    public static Architecture parse(String text) {
        return ArchitectureText.parse(text);
    }

    /**
     * The shape of one example.
     *
     * @return The input's shape.
     */
    public Shape input() {
        return input;
    }

    /**
     * All unit groups, the input's first.
     *
     * @return An unmodifiable collection in a fixed order.
     */
    public Collection<UnitGroup> groups() {
        return groups.values();
    }

    /**
     * The groups that a search may change.
     *
     * @return A list in the order of {@link #groups()}.
     */
    public List<UnitGroup> searchableGroups() {
        return groups.values().stream().filter(UnitGroup::searchable).toList();
    }

    /**
     * A unit group, or the units of a concatenation as one group, which is searchable if one of its members is.
     *
     * @param name Its name.
     * @return The group.
     * @throws IllegalArgumentException If there is none of that name.
     */
    public UnitGroup group(String name) {
        UnitGroup group = groups.get(name);
        if (group == null && unions.containsKey(name)) {
            return union(name);
        }
        if (group == null) {
            throw new IllegalArgumentException("The architecture has no unit group " + name);
        }
        return group;
    }

    private UnitGroup union(String name) {
        List<UnitGroup> members = unions.get(name).stream().map(groups::get).toList();
        return new UnitGroup(
                name,
                members.stream().mapToInt(UnitGroup::width).sum(),
                members.stream().anyMatch(UnitGroup::searchable));
    }

    /**
     * The groups that make up the units of a layer.
     *
     * @param group A group, or the name of a concatenation.
     * @return The groups that the concatenation puts side by side, in its order; the group itself if it is none.
     */
    public List<String> membersOf(String group) {
        return unions.getOrDefault(group, List.of(group));
    }

    /** The members of each concatenation, by its name. */
    Map<String, List<String>> unions() {
        return unions;
    }

    /**
     * The layers, each after the ones that it reads.
     *
     * @return An unmodifiable collection in a fixed order.
     */
    public Collection<LayerSpec> layers() {
        return layers.values();
    }

    /**
     * A layer.
     *
     * @param name Its name.
     * @return The layer.
     * @throws IllegalArgumentException If there is none of that name.
     */
    public LayerSpec layer(String name) {
        LayerSpec layer = layers.get(name);
        if (layer == null) {
            throw new IllegalArgumentException("The architecture has no layer " + name);
        }
        return layer;
    }

    /**
     * The output layer.
     *
     * @return The last layer.
     */
    public LayerSpec.Output output() {
        LayerSpec last = null;
        for (LayerSpec layer : layers.values()) {
            last = layer;
        }
        return (LayerSpec.Output) last;
    }

    /**
     * The shape that a layer writes at full width.
     *
     * @param layer The layer's name, or {@link LayerSpec#INPUT}.
     * @return The shape.
     */
    public Shape shape(String layer) {
        Shape shape = shapes.get(layer);
        if (shape == null) {
            throw new IllegalArgumentException("The architecture has no layer " + layer);
        }
        return shape;
    }

    /**
     * The unit group that a layer writes or passes on.
     *
     * @param layer The layer's name, or {@link LayerSpec#INPUT}.
     * @return The name of the group.
     */
    public String groupOf(String layer) {
        String group = groupOf.get(layer);
        if (group == null) {
            throw new IllegalArgumentException("The architecture has no layer " + layer);
        }
        return group;
    }

    /**
     * The blocks.
     *
     * @return A list in the order of {@link #groups()}.
     */
    public List<UnitGroup> blocks() {
        return groups.values().stream().filter(UnitGroup::block).toList();
    }

    /**
     * The blocks that a layer is inside of. A layer belongs to a block if nothing else needs it: without the block's
     * branch it would have no reader.
     *
     * @param layer The layer's name.
     * @return Names of blocks, sorted; the layer exists while all of them are active.
     */
    public List<String> blocksOf(String layer) {
        return blocks.ofLayer(layer);
    }

    /**
     * The blocks that a unit group is inside of, which are those around all layers that write it or pass it on, or for a
     * block those around the junction that names it.
     *
     * @param group The group's name.
     * @return Names of blocks, sorted; the units exist while all of them are active.
     */
    public List<String> blocksOfGroup(String group) {
        return blocks.ofGroup(group);
    }

    /**
     * The junction at which a block's branch ends.
     *
     * @param block The block's name.
     * @return The sum or bypass that names it.
     * @throws IllegalArgumentException If there is no such block.
     */
    public LayerSpec.Junction junctionOf(String block) {
        return blocks.junction(block);
    }

    /**
     * The block whose gate folds into a layer, which is the last gate carrier of the block's branch.
     *
     * @param layer The layer's name.
     * @return The block's name, the empty string for none.
     */
    public String blockCarriedBy(String layer) {
        return blocks.carriedBy(layer);
    }

    /**
     * Whether a layer multiplies gates, those of the searchable group that it writes, or a block's. They fold into its own
     * parameters, but those of a recurrent layer into the weights of its readers.
     *
     * @param layer The layer.
     * @return True for gate carriers.
     */
    public boolean carriesGate(LayerSpec layer) {
        boolean searchable = group(groupOf(layer.name())).searchable();
        if (layer instanceof LayerSpec.Embedding || layer instanceof LayerSpec.Lstm) {
            return searchable;
        }
        return ownsShift(layer) && (searchable || !blockCarriedBy(layer.name()).isEmpty());
    }

    /**
     * Whether the gates of the units that a layer writes fold into what reads it: so it is with recurrent layers, also behind
     * dropout and last steps. Gates of other layers fold into parameters of the layers that carry them.
     *
     * @param layer The layer's name, or {@link LayerSpec#INPUT}.
     * @return True if readers take the gates.
     */
    public boolean gatesFoldIntoReaders(String layer) {
        String name = layer;
        while (layers.containsKey(name) && OpenGates.passesOn(layers.get(name))) {
            name = layers.get(name).inputs().get(0);
        }
        return layers.get(name) instanceof LayerSpec.Lstm;
    }

    /** Whether a layer owns affine parameters into which gates fold. */
    static boolean ownsShift(LayerSpec layer) {
        // Without a shift a depthwise convolution keeps zeros, and a second gate would only square the first.
        boolean shifts = layer instanceof LayerSpec.DepthwiseConvolution depthwise
                && (depthwise.bias() || depthwise.batchNormalisation());
        return layer instanceof LayerSpec.Weighted || layer instanceof LayerSpec.BatchNormalisation || shifts;
    }

    /**
     * How many times the output gives scores for one example: once, or for each step of a sequence or pixel of an image.
     *
     * @return The positions of the output's shape, at least 1.
     */
    public int outputPositions() {
        return shape(output().name()).positions();
    }

    /**
     * All parameter arrays, in layer order; within a layer weights, bias, gamma, beta, mean, variance.
     *
     * @return An unmodifiable list.
     */
    public List<ParameterSpec> parameters() {
        return parameters;
    }

    /**
     * The thresholds that mask the weights: one array for each array of weights, those of the output layer, of
     * depthwise convolutions and recurrent ones among them. They are no part of {@link #parameters()} and of no cost.
     *
     * @param sharing Which weights share a threshold.
     * @return The arrays in layer order.
     */
    public List<ParameterSpec> thresholds(ThresholdSharing sharing) {
        return parameters.stream()
                .filter(spec -> spec.role().maskable())
                .map(weight -> threshold(weight, sharing))
                .toList();
    }

    /**
     * The thresholds that mask the weights, if so chosen without the output layer's.
     *
     * @param thresholds Which weights share a threshold, and whether the output layer has any.
     * @return The arrays in layer order.
     */
    public List<ParameterSpec> thresholds(Reparameterisation.Thresholds thresholds) {
        return thresholds(thresholds.sharing()).stream()
                .filter(spec -> thresholds.output() || !spec.layer().equals(output().name()))
                .toList();
    }

    private static ParameterSpec threshold(ParameterSpec weight, ThresholdSharing sharing) {
        String layer = weight.layer();
        ParameterRole role = weight.role().threshold();
        return switch (sharing) {
            case MATRIX -> new ParameterSpec(layer, role, "", 1, "");
            case ROW -> new ParameterSpec(layer, role, weight.outputGroup(), 1, "", weight.stacked());
            case WEIGHT -> new ParameterSpec(
                    layer, role, weight.outputGroup(), weight.positions(), weight.inputGroup(), weight.stacked());
        };
    }

    /**
     * The cost as a function of the groups' widths.
     *
     * @return The cost model.
     */
    public CostModel costModel() {
        return costModel;
    }

    /**
     * The cost of the dense reference.
     *
     * @return The cost with every unit active.
     */
    public Cost denseCost() {
        return denseCost;
    }

    private static Cost denseCost(CostModel model, Map<String, UnitGroup> groups) {
        try {
            return model.cost(name -> groups.get(name).width());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("The architecture is too large: its cost does not fit 63 bits", e);
        }
    }

    /**
     * The architecture without the layers of inactive blocks, at full width. A sum that loses its branch becomes its
     * activation, or nothing where what is left went through the same rectifier already or there is no activation; a
     * bypass becomes its shortcut. Groups that only layers of inactive blocks write are gone, and so are these blocks.
     *
     * @param active The active units, of which only the blocks matter.
     * @return The restricted architecture; this one if all blocks are active.
     */
    public Architecture restrict(ActiveUnits active) {
        return Reduction.restrict(this, active);
    }

    /**
     * The architecture in which only some units exist: the same layers over narrower groups, without the layers of
     * inactive blocks, see {@link #restrict}. Active blocks are there for good: their sums add branches that always exist,
     * and their bypasses become their branches.
     *
     * @param active The units to keep.
     * @return The compact architecture, without blocks; unit {@code i} of its groups is the i-th active unit here.
     */
    public Architecture compact(ActiveUnits active) {
        return Reduction.compact(this, active);
    }

    /**
     * The canonical text: one line for the format, the input, each group and each layer.
     *
     * @return The text, each line ended by a line feed.
     */
    public String canonicalText() {
        return text;
    }

    /**
     * The SHA-256 of the canonical text in UTF-8.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String digest() {
        return digest;
    }

    /**
     * The digest of the architecture together with the units that are active in it.
     *
     * @param active The active units.
     * @return 64 lower-case hexadecimal digits: the SHA-256 of both canonical texts, one after the other.
     */
    public String digest(ActiveUnits active) {
        return Digests.sha256(text + active.canonicalText());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Architecture that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Architecture(input=" + input.describe() + ",layers=" + layers.size() + ",digest="
                + digest.substring(0, 12) + ")";
    }
}
