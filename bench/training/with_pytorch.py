"""Trains a model with eager PyTorch on one thread and times its steps:
python with_pytorch.py nchw|channels-last FOLDER LEARNING-RATE WARM-UP TIMED, FOLDER with what describe.ts wrote;
or products of two matrices: python with_pytorch.py product ORDER WARM-UP TIMED."""

import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from described import Description, measure


def padding(layer: dict, size: int, kernel: int, stride: int) -> int:
    """Pixels on each side with which "same" gives as many pixels as TensorFlow's, which may pad the end alone."""
    if layer["padding"] == "valid":
        return 0
    return (max((-(-size // stride) - 1) * stride + kernel - size, 0) + 1) // 2


class Network(nn.Module):
    """The layers of a description in their order, images [rows, channels, height, width]."""

    def __init__(self, description: Description) -> None:
        super().__init__()
        self.description = description
        self.parts = nn.ModuleDict()
        self.plan = []
        shapes = {layer["name"]: layer["shape"] for layer in description.layers}
        for layer in description.layers:
            name, inputs = layer["name"], layer["inputs"]
            call = self.build(layer, [shapes[other] for other in inputs])
            self.plan.append((name, inputs, call))
        # Of a flattened image our weights expect the channels last.
        for layer in description.layers:
            if layer["kind"] == "Dense":
                self.load_dense(layer, shapes)

    def add(self, name: str, module: nn.Module) -> nn.Module:
        self.parts[name] = module
        return module

    def build(self, layer: dict, shapes: list):
        name, weights = layer["name"], self.description.weights
        match layer["kind"]:
            case "Conv2D":
                kernel, stride = layer["kernel_size"][0], layer["strides"][0]
                module = nn.Conv2d(
                    shapes[0][3], layer["filters"], kernel, stride,
                    padding(layer, shapes[0][1], kernel, stride), bias=layer["use_bias"],
                )  # fmt: skip
                load(module.weight, weights[f"{name}/kernel"].transpose(3, 2, 0, 1))
                if layer["use_bias"]:
                    load(module.bias, weights[f"{name}/bias"])
                return activated(self.add(name, module), layer)
            case "Dense":
                return activated(self.add(name, nn.Linear(shapes[0][1], layer["units"])), layer)
            case "BatchNormalization":
                module = nn.BatchNorm2d(shapes[0][3], layer["epsilon"], 1 - layer["momentum"])
                load(module.weight, weights[f"{name}/gamma"])
                load(module.bias, weights[f"{name}/beta"])
                return self.add(name, module)
            case "MaxPooling2D":
                size, stride = layer["pool_size"][0], layer["strides"][0]
                return nn.MaxPool2d(size, stride, padding(layer, shapes[0][1], size, stride))
            case "AveragePooling2D":
                return nn.AvgPool2d(layer["pool_size"][0], layer["strides"][0])
            case "GlobalAveragePooling2D":
                return lambda x: x.mean((2, 3))
            case "Flatten":
                return nn.Flatten()
            case "MaskedDropout":
                return nn.Dropout(layer["rate"])
            case "LocalResponseNormalization":
                return nn.LocalResponseNorm(5, 5 * 1e-4, 0.75, 2)
            case "ReLU":
                return nn.ReLU(inplace=True)
            case "LeakyReLU":
                return nn.LeakyReLU(layer["alpha"], inplace=True)
            case "UpSampling2D":
                return nn.UpsamplingNearest2d(scale_factor=2)
            case "Concatenate":
                return lambda *parts: torch.cat(parts, 1)
            case "Add":
                return lambda a, b: a + b
            case "InputLayer":
                return None
        raise ValueError(f"There is no layer {layer['kind']}.")

    def load_dense(self, layer: dict, shapes: dict) -> None:
        kernel = self.description.weights[f"{layer['name']}/kernel"]
        by_name = {other["name"]: other for other in self.description.layers}
        source = by_name[layer["inputs"][0]]
        while source["kind"] == "MaskedDropout":
            source = by_name[source["inputs"][0]]
        if source["kind"] == "Flatten":
            _, height, width, channels = shapes[source["inputs"][0]]
            parts = kernel.reshape(height, width, channels, -1)
            kernel = parts.transpose(2, 0, 1, 3).reshape(kernel.shape)
        load(self.parts[layer["name"]].weight, kernel.T)
        load(self.parts[layer["name"]].bias, self.description.weights[f"{layer['name']}/bias"])

    def forward(self, images: Tensor) -> list[Tensor]:
        values = {}
        for name, inputs, call in self.plan:
            values[name] = images if call is None else call(*[values[other] for other in inputs])
        return [values[name] for name in self.description.outputs]


def load(parameter: Tensor, values: np.ndarray) -> None:
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)))


def activated(module: nn.Module, layer: dict):
    return nn.Sequential(module, nn.ReLU(inplace=True)) if layer["activation"] == "relu" else module


def classification_loss(outputs: list[Tensor], labels: Tensor) -> Tensor:
    """The heads beyond the first count 0.3 each."""
    if outputs[0].shape[1] == 1:
        return F.binary_cross_entropy_with_logits(outputs[0][:, 0], labels.float())
    first, *others = [F.cross_entropy(output, labels) for output in outputs]
    return first + 0.3 * sum(others)


def detection_loss(outputs: list[Tensor], assigned: Tensor, priors: Tensor, boxes: Tensor) -> Tensor:
    """YOLO v3's, as src/training/detection/loss.ts has it."""
    rows, kinds = assigned.shape[0], assigned.shape[2] - 6
    places = [x.permute(0, 2, 3, 1).reshape(rows, -1, 5 + kinds) for x in outputs]
    centre, size, objectness, kind = torch.cat(places, 1).split([2, 2, 1, kinds], 2)
    true_centre, true_size, weight, holds_box, true_kind = assigned.split([2, 2, 1, 1, kinds], 2)
    with torch.no_grad():
        middle = (centre.sigmoid() * priors[..., 2:3] + priors[..., :2]).unsqueeze(2)
        extent = (size.exp() * priors[..., 3:]).unsqueeze(2)
        true_middle, true_extent = boxes.unsqueeze(1).split([2, 2], 3)
        ends = torch.minimum(middle + extent / 2, true_middle + true_extent / 2)
        starts = torch.maximum(middle - extent / 2, true_middle - true_extent / 2)
        shared = (ends - starts).relu().prod(3)
        overlap = (shared / (extent.prod(3) + true_extent.prod(3) - shared)).amax(2, keepdim=True)
        told = torch.maximum(holds_box, (overlap <= 0.5).float())
    entropy = F.binary_cross_entropy_with_logits
    of_box = (weight * (size - true_size) ** 2).sum() / 2 + entropy(
        centre, true_centre, weight, reduction="sum"
    )
    of_kind = entropy(kind, true_kind, holds_box, reduction="sum")
    of_objectness = entropy(objectness, holds_box, told, reduction="sum")
    return (of_box + of_kind + of_objectness) / rows


def train(layout: str, folder: str, rate: str, warm_up: str, timed: str) -> None:
    description = Description(folder)
    network = Network(description)
    images = torch.from_numpy(description.images.transpose(0, 3, 1, 2)).contiguous()
    if layout == "channels-last":
        network, images = [x.to(memory_format=torch.channels_last) for x in (network, images)]
    targets = [torch.from_numpy(values) for values in description.targets]
    if len(targets) == 1:
        targets[0], loss_of = targets[0].long(), classification_loss
    else:
        loss_of = detection_loss
    optimizer = torch.optim.SGD(network.parameters(), float(rate))

    def step() -> float:
        optimizer.zero_grad()
        loss = loss_of(network(images), *targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    parameters = sum(parameter.numel() for parameter in network.parameters())
    measure(step, int(warm_up), int(timed), {"parameters": parameters})


def multiply(order: str, warm_up: str, timed: str) -> None:
    a, b = torch.full([int(order)] * 2, 0.5), torch.ones([int(order)] * 2)
    measure(lambda: (a @ b)[0, 0].item() / int(order), int(warm_up), int(timed))


torch.set_num_threads(1)
torch.set_num_interop_threads(1)
if sys.argv[1] == "product":
    multiply(*sys.argv[2:])
else:
    train(*sys.argv[1:])
