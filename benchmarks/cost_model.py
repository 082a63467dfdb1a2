"""What a corpus of any size would cost: power laws of the stages, fitted to measured runs.

    python -m benchmarks.bench_scale 10000 30000 100000 --keep DIR
    python -m benchmarks.cost_model DIR [--size 100000000] [--machine NAME --dollars PRICE]

Each stage's processor seconds are fitted by c · n^e, a line in logarithms of both (an exponent under 0 counts
as 0), and by c + d · n. A stage that takes long for the first thousand articles and then so much an article
looks flat to the power law, which foretells too little far out: so both are told, and dollars go by the
greater. Memory, which begins with the libraries loaded, is fitted by c + d · n. The error shown is that on
the greatest size when the model is fitted without it. Dollars are processor seconds at the price of an hour
of the machine, as if one of its cores worked at a time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.bench_scale import MEASURED

MACHINE: Final = "AWS m7i.xlarge, 4 vCPU, 16 GiB, us-east-1, on demand"
DOLLARS: Final = 0.2016
"""An hour of it, as remembered when this was written: give the present price with `--dollars`."""
SIZE: Final = 100_000_000


@dataclass(frozen=True)
class PowerLaw:
    """`factor` · n^`exponent`."""

    factor: float
    exponent: float

    @classmethod
    def fitted(cls, sizes: Sequence[float], values: Sequence[float]) -> PowerLaw:
        """Fit it to values over 0 at two sizes or more, by least squares in logarithms."""
        if len(set(sizes)) < 2:
            raise ValueError(f"a power law needs two sizes or more, not {sorted(set(sizes))}")
        x, y = np.log(np.asarray(sizes, dtype=float)), np.log(np.maximum(values, 0.1))
        exponent = max(0.0, float(np.polyfit(x, y, 1)[0]))
        return cls(float(np.exp(np.mean(y - exponent * x))), exponent)

    def at(self, n: float) -> float:
        """The value at size `n`."""
        return float(self.factor * n**self.exponent)


@dataclass(frozen=True)
class Line:
    """`base` + `each` · n."""

    base: float
    each: float

    @classmethod
    def fitted(cls, sizes: Sequence[float], values: Sequence[float]) -> Line:
        """Fit it by least squares of relative errors; neither part is below 0."""
        from scipy.optimize import nnls

        n, y = np.asarray(sizes, dtype=float), np.maximum(np.asarray(values, dtype=float), 0.1)
        parts, _ = nnls(np.stack([1 / y, n / y], axis=1), np.ones(len(y)))
        return cls(float(parts[0]), float(parts[1]))

    def at(self, n: float) -> float:
        """The value at size `n`."""
        return self.base + self.each * n


@dataclass(frozen=True)
class CostModel:
    """Processor seconds of each stage, by both laws, and the peak memory in MB, as the corpus grows."""

    stages: Mapping[str, PowerLaw]
    lines: Mapping[str, Line]
    memory: Line

    @classmethod
    def fitted(cls, runs: Sequence[Mapping[str, Any]]) -> CostModel:
        """Fit it to runs as `measured.jsonl` keeps them."""
        sizes = [float(run["articles"]) for run in runs]
        names = list(runs[0]["processor_stages"])
        stages = {name: [float(run["processor_stages"].get(name, 0.0)) for run in runs] for name in names}
        return cls(
            {name: PowerLaw.fitted(sizes, values) for name, values in stages.items()},
            {name: Line.fitted(sizes, values) for name, values in stages.items()},
            Line.fitted(sizes, [float(run["peak_mb"]) for run in runs]),
        )

    def seconds(self, n: float) -> float:
        """Processor seconds of the whole run by the power laws."""
        return sum(law.at(n) for law in self.stages.values())

    def seconds_by_lines(self, n: float) -> float:
        """The same by the lines."""
        return sum(line.at(n) for line in self.lines.values())


def held_back(runs: Sequence[Mapping[str, Any]]) -> tuple[int, float, float] | None:
    """The greatest size, and the relative errors of seconds and memory predicted for it from the others.

    None with fewer than three sizes.
    """
    largest = max(int(run["articles"]) for run in runs)
    known = [run for run in runs if run["articles"] < largest]
    if len({run["articles"] for run in known}) < 2:
        return None
    model, last = CostModel.fitted(known), next(run for run in runs if run["articles"] == largest)
    seconds = model.seconds(largest) / float(last["processor"]) - 1
    return largest, seconds, model.memory.at(largest) / float(last["peak_mb"]) - 1


def exponents(runs: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Exponents of growth of all processor seconds and of memory."""
    sizes = [float(run["articles"]) for run in runs]
    found = [PowerLaw.fitted(sizes, [float(run[name]) for run in runs]) for name in ("processor", "peak_mb")]
    return found[0].exponent, found[1].exponent


def told(runs: Sequence[Mapping[str, Any]], *, size: int, machine: str, dollars: float) -> str:
    """The model in words."""
    model, back = CostModel.fitted(runs), held_back(runs)
    heads = ("stage", "exponent", "seconds by the power law", "seconds by the line")
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    lines += [
        f"| {name} | {law.exponent:.2f} | {law.at(size):,.0f} | {model.lines[name].at(size):,.0f} |"
        for name, law in model.stages.items()
    ]
    seconds, memory = exponents(runs)
    low, high = sorted((model.seconds(size) / 3600, model.seconds_by_lines(size) / 3600))
    lines += [
        "",
        f"Exponent of growth: {seconds:.2f} of processor seconds, {memory:.2f} of memory.",
        f"{size:,} articles: {low:,.1f} to {high:,.1f} processor hours, "
        f"{model.memory.at(size) / 1000:,.1f} GB at the peak, "
        f"up to {high * dollars:,.2f} dollars on {machine} at {dollars} dollars an hour.",
    ]
    if back is not None:
        lines.append(
            f"Held back, {back[0]:,} articles are predicted with an error of {back[1]:+.0%} in processor "
            f"seconds and {back[2]:+.0%} in memory."
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--machine", default=MACHINE)
    parser.add_argument("--dollars", type=float, default=DOLLARS)
    chosen = parser.parse_args()
    measured = [json.loads(line) for line in (chosen.folder / MEASURED).read_text("utf-8").splitlines()]
    sys.stdout.write(told(measured, size=chosen.size, machine=chosen.machine, dollars=chosen.dollars))
