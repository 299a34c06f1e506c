"""A loop of classes with hooks, as PyTorch Lightning has them, under Weight Odometer: all it takes is one callback."""

import numpy
import torch
from torch import nn

import weight_odometer as odometer


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(20, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))

    def training_step(self, x, y):
        return nn.functional.cross_entropy(self.layers(x), y)

    def validation_step(self, x, y):
        return (self.layers(x).argmax(1) == y).float().mean()

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.01)


class OdometerCallback:
    """Saves the weights before, along and after a training; the pattern in the experiment file reads what it prints."""

    def on_fit_start(self, trainer, model):
        odometer.save_initial(model)

    def on_epoch_end(self, trainer, model):
        odometer.save_step(model, trainer.global_step)
        print(f"epoch={trainer.epoch} val_accuracy={trainer.validate(model):.4f}")

    def on_fit_end(self, trainer, model):
        odometer.save_final(model)


class Trainer:
    def __init__(self, epochs, train, validation, callbacks):
        self.epochs, self.train, self.validation, self.callbacks = epochs, train, validation, callbacks
        self.epoch = self.global_step = 0

    def fit(self, model):
        for callback in self.callbacks:
            callback.on_fit_start(self, model)
        optimizer = model.configure_optimizers()
        for self.epoch in range(1, self.epochs + 1):
            model.train()
            for batch in self.train:
                optimizer.zero_grad()
                model.training_step(*batch).backward()
                optimizer.step()
                self.global_step += 1
            for callback in self.callbacks:
                callback.on_epoch_end(self, model)
        for callback in self.callbacks:
            callback.on_fit_end(self, model)

    @torch.no_grad()
    def validate(self, model):
        model.eval()
        return model.validation_step(*self.validation)


def clouds(count, seed):
    """Points around ten centres; which centre is the label."""
    centres = numpy.random.default_rng(0).normal(size=(10, 20))
    random = numpy.random.default_rng(seed)
    labels = random.integers(10, size=count)
    points = centres[labels] + random.normal(size=(count, 20))
    return torch.tensor(points, dtype=torch.float32), torch.tensor(labels)


if __name__ == "__main__":
    run = odometer.settings()
    x, y = clouds(1000, seed=1)
    y = odometer.corrupt_labels(y, run.label_corruption, run.label_seed, run.label_corruption_kind)
    odometer.seed_everything(run.initial_weights)
    classifier = Classifier()
    odometer.seed_everything(run.seed)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=32, shuffle=True)
    Trainer(5, loader, clouds(500, seed=2), [OdometerCallback()]).fit(classifier)
