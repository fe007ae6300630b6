"""What the model is worth on texts that it was not trained on, of other topics and people."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from bench._figures import figure, say

from gongdao.adapters.screening import training
from gongdao.adapters.screening.training import ABUSE, Labelled
from gongdao.bootstrap import comparing, screening
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.grams import Reader, reader
from gongdao.domain.screening.heads import Head
from gongdao.domain.screening.learning import Settings, sums

PLAIN = Settings(ridge=10.0, bayes=0.0, length=0.0)
"""The baseline: characters and pairs of them, logistic regression."""
TOPICS = ("race", "region", "gender")


def main(data: Path) -> None:
    """Measure all of it; some three minutes."""
    read = reader(screening.letters().folding)
    cold, tried, other = (
        training.cold(data, "train"),
        training.cold(data, "dev"),
        training.swsr(data),
    )
    plain, ours = (training.head(Category.ABUSE, cold, read, each) for each in (PLAIN, ABUSE))
    _kept_out(plain, ours, tried, read)
    _against("screening.transfer.auc", _auc(ours, other, read), _auc(plain, other, read))
    of_plain: list[float] = []
    of_ours: list[float] = []
    for topic in TOPICS:
        two = [each for each in cold if each.topic != topic]
        third = [each for each in cold if each.topic == topic]
        for settings, found in ((PLAIN, of_plain), (ABUSE, of_ours)):
            found.append(_auc(training.head(Category.ABUSE, two, read, settings), third, read))
        say(f"without {topic}: plain {of_plain[-1]:.4f}, ours {of_ours[-1]:.4f}")
    _against("screening.cross_topic.auc", float(np.mean(of_ours)), float(np.mean(of_plain)))
    clean = [each.text for each in tried if not each.true]
    from bench.screening import added_fpr  # noqa: PLC0415 – each needs the other

    added_fpr(screening.screener().spotter, clean, "cold_dev")


def _against(key: str, ours: float, plain: float) -> None:
    figure(key, ours, "", f"≥ {plain + 0.02:.3f}", "plain characters and pairs", plain)


def _kept_out(plain: Head, ours: Head, tried: Sequence[Labelled], read: Reader) -> None:
    """COLD's dev part: neither trained on nor calibrated with."""
    shipped = next(each for each in screening.read_model().heads if each.category is Category.ABUSE)
    true = np.array([each.true for each in tried])
    base = _auc(plain, tried, read)
    figure("screening.cold_dev.auc", _auc(ours, tried, read), "", f"> {base:.4f}", "plain", base)
    for name, head in (("cold_only", ours), ("shipped", shipped)):
        totals = sums(head, [read.read(each.text) for each in tried])
        shares = np.array([head.calibration.share(float(each)) for each in totals])
        figure(f"screening.cold_dev.ece.{name}", _ece(shares, true), "", "≤ 0.03", "none", 0.0)
        right = float(((shares >= 0.5) == true).mean())
        alarms = float((shares[~true] >= 0.75).mean())
        say(f"{name}: accuracy {right:.4f}, false alarms at .75 {alarms:.4f}")
    _harmless(plain, shipped, read)
    figure(
        "screening.cold_dev.auc.shipped",
        _auc(shipped, tried, read),
        "",
        f"> {base:.4f}",
        "plain",
        base,
    )


def _harmless(plain: Head, ours: Head, read: Reader) -> None:
    """Our own harmless texts that nothing was trained on: the share held for abuse at one half."""
    for name, texts in comparing.tried().items():
        said = [
            [
                head.calibration.share(float(each))
                for each in sums(head, [read.read(t) for t in texts])
            ]
            for head in (ours, plain)
        ]
        at_ours, at_plain = (sum(each >= 0.5 for each in shares) / len(texts) for shares in said)
        figure(
            f"screening.harmless.{name.split()[-1]}.flagged",
            at_ours,
            "",
            f"≤ {at_plain:.3f}",
            "plain",
            at_plain,
        )


def _auc(head: Head, tried: Sequence[Labelled], read: Reader) -> float:
    totals = sums(head, [read.read(each.text) for each in tried])
    true = np.array([each.true for each in tried])
    _, place, count = np.unique(totals, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    yes = int(true.sum())
    return float((ranks[true].sum() - yes * (yes + 1) / 2) / (yes * (len(true) - yes)))


def _ece(
    shares: np.ndarray[tuple[int], np.dtype[np.float64]],
    true: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> float:
    bins = np.minimum((shares * 10).astype(int), 9)
    gaps = [
        (bins == each).mean() * abs(shares[bins == each].mean() - true[bins == each].mean())
        for each in range(10)
        if (bins == each).any()
    ]
    return float(sum(gaps))
