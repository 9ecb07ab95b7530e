"""One measured figure with its aim, and how pairs of measurements become one."""
import dataclasses
import random
import statistics


@dataclasses.dataclass
class Figure:
    name: str
    value: float
    unit: str  # '×' for a ratio of ours to the reference
    aim: float
    at_least: bool = False
    low: float | None = None  # 95 % interval of the value
    high: float | None = None
    ours: float | None = None  # medians, for the reader only
    reference: float | None = None
    measured_in: str = ''
    pairs: int = 1

    @property
    def met(self):
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def alternate(pairs, measure_ours, measure_reference):
    """Measures in ABBA order, so that a drift of the machine burdens both alike."""
    ours, reference = [], []
    for pair in range(pairs):
        both = [(ours, measure_ours), (reference, measure_reference)]
        for values, measure in both if pair % 2 == 0 else reversed(both):
            values.append(measure())
    return ours, reference


def bootstrap(values, rounds=2000):
    """The 95 % interval of the median."""
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(values, k=len(values)))
                     for _ in range(rounds))
    return medians[rounds // 40], medians[-rounds // 40]


def ratio(name, ours, reference, measured_in, aim, at_least=False):
    """The median of the paired ratios. A wall-clock figure says something only as such a ratio."""
    ratios = [a / b for a, b in zip(ours, reference, strict=True)]
    low, high = bootstrap(ratios)
    return Figure(name, statistics.median(ratios), '×', aim, at_least, low, high,
                  statistics.median(ours), statistics.median(reference), measured_in, len(ratios))
