"""A plain PyTorch loop under Weight Odometer: the lines with `odometer` or `run` are all that it takes."""

import numpy
import torch
from torch import nn

import weight_odometer as odometer

EPOCHS, BATCH, KINDS = 10, 32, 10


def clouds(count, seed):
    """Points around ten centres; which centre is the label."""
    centres = numpy.random.default_rng(0).normal(size=(KINDS, 20))
    random = numpy.random.default_rng(seed)
    labels = random.integers(KINDS, size=count)
    points = centres[labels] + random.normal(size=(count, 20))
    return torch.tensor(points, dtype=torch.float32), torch.tensor(labels)


def train(model, x, y, learning_rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    step = 0
    for epoch in range(EPOCHS):
        losses = []
        for batch in torch.randperm(len(x)).split(BATCH):
            loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            step += 1
        odometer.save_step(model, step)
        odometer.log_metrics(step, loss=sum(losses) / len(losses))
        print(f"epoch {epoch + 1}: loss={losses[-1]:.4f}")


def main():
    run = odometer.settings()
    x, y = clouds(1000, seed=1)
    keep = odometer.select_labels(y, run.label_fraction, run.label_seed)
    x, y = x[keep], y[keep]
    true_labels = y
    y = odometer.corrupt_labels(y, run.label_corruption, run.label_seed, run.label_corruption_kind)
    odometer.log_metrics(realised_rate=(y != true_labels).float().mean())

    odometer.seed_everything(run.initial_weights)
    model = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, KINDS))
    odometer.save_initial(model)

    odometer.seed_everything(run.seed)
    train(model, x, y, run.parameter("learning_rate", 0.05))
    odometer.save_final(model)

    model.eval()
    x, y = clouds(500, seed=2)
    with torch.no_grad():
        odometer.log_metrics(test_accuracy=(model(x).argmax(1) == y).float().mean())


if __name__ == "__main__":
    main()
