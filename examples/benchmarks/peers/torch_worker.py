# Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
"""PyTorch as a worker of the peer benchmark: the protocol is that of the Java class Worker.

    prepare MODE FOLDER THREADS LAYOUT   loads a cell; LAYOUT is "default", "channels_last" or "batch_first"
    step N                               N steps, answers their losses
    time N                               N steps, answers their time together
    export FILE                          writes the network in inference mode as ONNX
    quit

It runs with PyTorch 1.13 and later and needs nothing else, except that exporting with PyTorch 2 needs the package onnx.
"""

import array
import inspect
import json
import operator
import pathlib
import sys
import time
import traceback

import torch
import torch.fx
import torch.nn.functional as functional
from torch import nn

FORMAT = 2
ACTIVATIONS = {
    "relu": lambda in_place: nn.ReLU(inplace=in_place),
    "tanh": lambda in_place: nn.Tanh(),
    "sigmoid": lambda in_place: nn.Sigmoid(),
}


class Cell:
    """The files that CellData describes."""

    def __init__(self, folder):
        self.description = json.loads((folder / "network.json").read_text())
        if self.description["format"] != FORMAT:
            raise ValueError(f"{folder}: format {self.description['format']}, allowed is {FORMAT}")
        values = array.array("f")
        values.frombytes((folder / "values.bin").read_bytes())
        if sys.byteorder == "big":
            values.byteswap()
        self.values = torch.frombuffer(values, dtype=torch.float32)

    def slice(self, place):
        return self.values[place["offset"] : place["offset"] + place["length"]]

    def features(self):
        if "recurrent" in self.description:
            sizes = self.description["recurrent"]
            rows = self.slice(self.description["features"]).clone()
            if "words" in sizes:
                return rows.long().view(sizes["steps"], self.description["batch"])
            return rows.view(sizes["steps"], self.description["batch"], sizes["inputs"])
        shape = self.description["input"]
        rows = self.slice(self.description["features"]).clone()
        if "height" in shape:
            rows = rows.view(self.description["batch"], shape["height"], shape["width"], shape["units"])
            return rows.permute(0, 3, 1, 2).contiguous()
        return rows.view(self.description["batch"], -1)

    def labels(self):
        return self.slice(self.description["labels"]).long()


class Builder:
    """Writes the network's forward function, as torch.fx does: plain calls of modules, nothing interpreted."""

    def __init__(self, cell):
        self.cell = cell
        self.root = nn.Module()
        self.graph = torch.fx.Graph()
        self.nodes = {"input": self.graph.placeholder("x")}
        self.layers = {layer["name"]: layer for layer in cell.description["layers"]}
        self.readers = {}
        for layer in cell.description["layers"]:
            for name in layer["inputs"]:
                self.readers[name] = self.readers.get(name, 0) + 1

    def build(self):
        for layer in self.cell.description["layers"]:
            make = getattr(self, "make_" + layer["type"], None)
            if make is None:
                raise NotImplementedError(f"layer {layer['name']}: no PyTorch form of a layer of type {layer['type']}")
            sources = [self.nodes[name] for name in layer["inputs"]]
            self.nodes[layer["name"]] = make(layer, *sources)
        self.graph.output(self.nodes[layer["name"]])
        self.graph.lint()
        return torch.fx.GraphModule(self.root, self.graph)

    def call(self, layer, suffix, module, source):
        name = layer["name"].replace(".", "_").replace("-", "_") + suffix
        self.root.add_module(name, module)
        return self.graph.call_module(name, (source,))

    def parameters(self, layer):
        return {place["role"]: self.cell.slice(place) for place in layer["parameters"]}

    def activate(self, layer, source, in_place=True):
        if layer["activation"] == "identity":
            return source
        return self.call(layer, "_activation", ACTIVATIONS[layer["activation"]](in_place), source)

    def normalise(self, layer, source):
        shape = layer["output"]
        kind = nn.BatchNorm2d if "height" in shape else nn.BatchNorm1d
        description = self.cell.description
        module = kind(
            shape["units"], eps=description["normalisationEpsilon"], momentum=1 - description["normalisationDecay"]
        )
        values = self.parameters(layer)
        with torch.no_grad():
            module.weight.copy_(values["gamma"])
            module.bias.copy_(values["beta"])
            module.running_mean.copy_(values["mean"])
            module.running_var.copy_(values["variance"])
        return self.call(layer, "_normalisation", module, source)

    def finish(self, layer, source):
        """What follows the weights of a layer."""
        if layer["batchNormalisation"]:
            source = self.normalise(layer, source)
        return self.activate(layer, source)

    def make_convolution(self, layer, source):
        kernel = layer["kernel"]
        module = nn.Conv2d(
            layer["input"]["units"],
            layer["output"]["units"],
            kernel,
            layer["stride"],
            layer["padding"],
            layer["dilation"],
            layer["groups"],
            layer["bias"],
        )
        values = self.parameters(layer)
        weight = values["weight"].view(layer["output"]["units"], kernel, kernel, -1).permute(0, 3, 1, 2)
        with torch.no_grad():
            module.weight.copy_(weight)
            if layer["bias"]:
                module.bias.copy_(values["bias"])
        return self.finish(layer, self.call(layer, "_convolution", module, source))

    def linear(self, layer, source):
        values = self.parameters(layer)
        inputs, outputs = layer["input"], layer["output"]["units"]
        module = nn.Linear(inputs["units"] * inputs["positions"], outputs, "bias" in values)
        # PyTorch flattens images channel by channel.
        weight = values["weight"].view(outputs, inputs["positions"], inputs["units"]).transpose(1, 2)
        with torch.no_grad():
            module.weight.copy_(weight.reshape(outputs, -1))
            if "bias" in values:
                module.bias.copy_(values["bias"])
        return self.call(layer, "_linear", module, source)

    def make_dense(self, layer, source):
        return self.finish(layer, self.linear(layer, source))

    def make_output(self, layer, source):
        return self.linear(layer, source)

    def make_normalisation(self, layer, source):
        return self.activate(layer, self.normalise(layer, source))

    def make_activation(self, layer, source):
        return self.activate(layer, source, in_place=False)

    def make_pooling(self, layer, source):
        size, stride, padding = layer["size"], layer["stride"], layer["padding"]
        if layer["kind"] == "max":
            module = nn.MaxPool2d(size, stride, padding)
        else:
            module = nn.AvgPool2d(size, stride, padding, count_include_pad=False)
        return self.call(layer, "_pooling", module, source)

    def make_globalPooling(self, layer, source):
        module = nn.AdaptiveMaxPool2d(1) if layer["kind"] == "max" else nn.AdaptiveAvgPool2d(1)
        return self.call(layer, "_flatten", nn.Flatten(), self.call(layer, "_pooling", module, source))

    def make_flatten(self, layer, source):
        return self.call(layer, "_flatten", nn.Flatten(), source)

    def make_dropout(self, layer, source):
        return self.call(layer, "_dropout", nn.Dropout(layer["rate"]), source)

    def make_sum(self, layer, first, *others):
        # As torchvision does: into the branch, where nothing else needs it.
        name = layer["inputs"][0]
        producer = self.layers.get(name, {})
        free = self.readers[name] == 1 and producer.get("activation") == "identity"
        total = first
        for other in others:
            total = self.graph.call_function(operator.iadd if free else operator.add, (total, other))
            free = True
        return self.activate(layer, total)


class Recurrent(nn.Module):
    """Layers of long short-term memory, of words after an embedding, then a fully connected one at every step. Rows are in the order of the input."""

    def __init__(self, cell, batch_first):
        super().__init__()
        sizes = cell.description["recurrent"]
        layers = sizes["layers"]
        self.embedding = nn.Embedding(sizes["words"], sizes["inputs"]) if "words" in sizes else nn.Identity()
        self.lstm = nn.LSTM(sizes["inputs"], sizes["units"], layers, batch_first=batch_first)
        self.linear = nn.Linear(sizes["units"], cell.description["classes"])
        parameters = {"weights": self.linear.weight, "bias": self.linear.bias}
        if "words" in sizes:
            parameters["embedding0"] = self.embedding.weight
        for layer in range(layers):
            parameters[f"inputWeights{layer}"] = getattr(self.lstm, f"weight_ih_l{layer}")
            parameters[f"recurrentWeights{layer}"] = getattr(self.lstm, f"weight_hh_l{layer}")
            parameters[f"gateBias{layer}"] = getattr(self.lstm, f"bias_ih_l{layer}")
            # PyTorch adds two biases where others have one: training both would be twice the rate.
            second = getattr(self.lstm, f"bias_hh_l{layer}")
            second.requires_grad_(False)
            second.zero_()
        with torch.no_grad():
            for place in sizes["parameters"]:
                suffix = place["layer"] if place["layer"] < layers else ""
                parameter = parameters[f"{place['role']}{suffix}"]
                parameter.copy_(cell.slice(place).view(parameter.shape))

    def forward(self, x):
        return self.linear(self.lstm(self.embedding(x))[0]).flatten(0, 1)


class Peer:
    def __init__(self, mode, folder, threads, layout):
        torch.set_num_threads(threads)
        cell = Cell(folder)
        self.training = mode == "train"
        self.features = cell.features()
        self.labels = cell.labels()
        batch_first = layout == "batch_first"
        if "recurrent" in cell.description:
            self.model = Recurrent(cell, batch_first)
        else:
            self.model = Builder(cell).build()
        if batch_first:
            self.features = self.features.transpose(0, 1).contiguous()
            self.labels = self.labels.view(self.features.shape[1], -1).t().flatten()
        elif layout == "channels_last":
            self.model = self.model.to(memory_format=torch.channels_last)
            self.features = self.features.to(memory_format=torch.channels_last)
        elif layout != "default":
            raise ValueError(f"there is no layout '{layout}'")
        self.result = None
        self.notes = ""
        if self.training:
            self.model.train()
            options = {"momentum": cell.description["momentum"], "nesterov": True}
            # The fastest that this version has.
            if "fused" in inspect.signature(torch.optim.SGD).parameters:
                options["fused"] = True
                self.notes = ", fused optimiser"
            trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
            self.optimiser = torch.optim.SGD(trained, cell.description["learningRate"], **options)
        else:
            self.model.eval()

    def engine(self):
        return f"PyTorch {torch.__version__}, Python {sys.version.split()[0]}{self.notes}"

    def steps(self, count):
        if self.training:
            for _ in range(count):
                self.train()
        else:
            with torch.inference_mode():
                for _ in range(count):
                    self.result = self.model(self.features)

    def train(self):
        self.optimiser.zero_grad(set_to_none=True)
        self.result = functional.cross_entropy(self.model(self.features), self.labels)
        self.result.backward()
        self.optimiser.step()

    def loss(self):
        if self.training:
            return self.result.item()
        return functional.cross_entropy(self.result, self.labels).item()

    def export(self, path):
        self.model.eval()
        options = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
        torch.onnx.export(self.model, (self.features,), path, opset_version=13, input_names=["x"], **options)


def answer(peer, words):
    """The peer after a request, and what to answer."""
    request, arguments = words[0], words[1:]
    if request == "prepare":
        mode, folder, threads, layout = arguments
        peer = Peer(mode, pathlib.Path(folder), int(threads), layout)
        return peer, {"engine": peer.engine()}
    if request == "step":
        losses = []
        for _ in range(int(arguments[0])):
            peer.steps(1)
            losses.append(peer.loss())
        return peer, {"losses": losses}
    if request == "time":
        start = time.perf_counter()
        peer.steps(int(arguments[0]))
        seconds = time.perf_counter() - start
        return peer, {"seconds": seconds, "loss": peer.loss()}
    if request == "export":
        peer.export(arguments[0])
        return peer, {}
    raise ValueError(f"there is no request '{request}'")


def main():
    # What libraries print is no answer.
    answers = sys.stdout
    sys.stdout = sys.stderr
    peer = None
    for line in sys.stdin:
        words = line.split()
        if words == ["quit"]:
            break
        try:
            peer, reply = answer(peer, words)
        except Exception as exception:  # The driver decides what a failure means.
            traceback.print_exc()
            reply = {"error": f"{type(exception).__name__}: {exception}"}
        print("answer " + json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()
