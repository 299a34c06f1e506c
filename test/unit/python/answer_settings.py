"""What the helper reads from the environment, writes as metrics and makes of seeds; see helper.test.ts."""

import json
import os
import random
import sys

import weight_odometer as odometer

question = json.load(sys.stdin)
os.environ.update(question["environment"])


def attempt(read):
    try:
        return read()
    except (TypeError, ValueError) as error:
        return str(error)


run = attempt(odometer.settings)
answer = {"error": run} if isinstance(run, str) else {"settings": {**vars(run), "run_directory": str(run.run_directory)}}
if "error" not in answer:
    answer["parameters"] = {
        name: attempt(lambda: run.parameter(name, default)) for name, default in question["parameters"]
    }
    for line in question["metrics"]:
        odometer.log_metrics(**{name: float(number) for name, number in line.items()})
    answer["seeded"] = odometer.seed_everything()
    draws = [random.random()]
    odometer.seed_everything(run.seed)
    answer["repeats"] = draws == [random.random()]
answer["loaded"] = sorted({"numpy", "torch", "tensorflow", "keras"} & set(sys.modules))
answer["refused"] = [
    attempt(lambda: odometer.corrupt_labels([0, 1], 1.5, 0)),
    attempt(lambda: odometer.corrupt_labels([0, 1], float("nan"), 0)),
    attempt(lambda: odometer.corrupt_labels([0, 1], 0.5, 0, "flip")),
    attempt(lambda: odometer.corrupt_labels("01", 0.5, 0)),
    attempt(lambda: odometer.select_labels([0, 1], 0, 0)),
    attempt(lambda: odometer.save_initial(object(), "unused")),
]
json.dump(answer, sys.stdout)
