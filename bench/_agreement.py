"""
How often reviewers err, estimated from who said what of the same cases (Dawid and Skene, 1979).

Each case has a true class that nobody sees, each reviewer a table of how often they say `k` where
`j` is true. The expectation of the classes and the most likely tables are found in turns. It shows
that to be overruled is not to have lied: with reviewers who err in one direction, honest reports
are turned down at a rate that can be estimated, and no reporter is to blame for it.

An oracle for simulations alone. It rests on several reviewers who judge the same cases without
knowing of each other; here one decides a case, and a second looks at it on appeal, which is no
sample. So no page shows it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

UNSAID = -1
"""Where a reviewer said nothing of a case."""
_TABLE = 2
_SMALL = 0.01
"""Added to every count, so that what was not seen yet is unlikely and not impossible."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is estimated."""

    classes: Numbers
    """cases × classes: how likely each class is."""
    confusion: Numbers
    """reviewers × true class × what was said."""
    prior: Numbers
    """How common each class is."""


def dawid_skene(
    labels: Labels, classes: int, rounds: int = 100, tolerance: float = 1e-6
) -> Agreement:
    """Estimate from `labels` (cases × reviewers; UNSAID where nothing was said)."""
    if labels.ndim != _TABLE or not labels.size or labels.max() >= classes or labels.min() < UNSAID:
        raise ValueError(f"labels must be cases × reviewers, each from {UNSAID} to {classes - 1}")
    said = np.stack([labels == k for k in range(classes)], axis=2).astype(float)
    votes = said.sum(axis=1)
    guess = (votes + _SMALL) / (votes + _SMALL).sum(axis=1, keepdims=True)
    confusion, prior = _tables(said, guess)
    for _ in range(rounds):
        new = _classes(said, confusion, prior)
        change = float(np.abs(new - guess).max())
        guess = new
        confusion, prior = _tables(said, guess)
        if change < tolerance:
            break
    return Agreement(guess, confusion, prior)


def _tables(said: Numbers, guess: Numbers) -> tuple[Numbers, Numbers]:
    """The most likely tables, given the classes."""
    counts = np.einsum("ij,irk->rjk", guess, said) + _SMALL
    return counts / counts.sum(axis=2, keepdims=True), guess.mean(axis=0)


def _classes(said: Numbers, confusion: Numbers, prior: Numbers) -> Numbers:
    """The expected classes, given the tables."""
    logs = np.log(prior + 1e-300) + np.einsum("irk,rjk->ij", said, np.log(confusion))
    likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))
