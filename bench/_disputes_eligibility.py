"""How rightly grounds are found in hand-written reviews, beside two simple judges."""

import math
import time
from collections.abc import Collection, Mapping, Sequence

from bench._figures import figure, percentile, say
from bench._reviews import CLASSES, OPINION, Judge, Review, reviews, score

from gongdao.bootstrap import pack_book
from gongdao.domain.flows.judging import judge_text
from gongdao.domain.policy.pack import RulePack

MACRO_F1, LEAK = 0.85, 0.10
LATER = ("later", "unseen")
_LONG = 8000
_TIMES = 20
_ROUNDS, _STEP, _DECAY, _FOLDS = 40, 4.0, 0.999, 5
WORDS = {
    "irrelevant": ("快递", "物流", "天气", "平台", "courier"),
    "abuse": ("傻逼", "骗子", "垃圾", "死", "滚", "fuck", "电话"),
    "not_received": ("没收到", "未收到", "没用", "还没", "没拆", "never"),
    "competitor": ("同行", "去别家", "我家", "加微信", "便宜", "my shop"),
    "extortion": ("返现", "红包", "赔", "退钱", "改好评", "删评", "refund"),
}
"""What a merchant would search for: a list of words written in one go."""


def main() -> None:
    """Measure the check half; what was written after the rules were frozen says more."""
    pack = pack_book().versions("house")[0]
    ours = _judge(pack)
    learned = _learned(reviews("train"))
    _part("", reviews("check"), ours, learned)
    for name in LATER:
        _part(f".{name}", reviews(name), ours, learned)
    half = reviews("train")
    train, folded = score(ours, half), _folded(half)
    figure(
        "eligibility.macro_f1.train",
        train.macro_f1,
        "",
        "none set",
        "pairs, by cross-validation",
        folded,
    )
    _times(pack)


def _part(ending: str, several: Sequence[Review], ours: Judge, learned: Judge) -> None:
    got = score(ours, several)
    listed, pairs = score(_listed, several), score(learned, several)
    best = max(listed, pairs, key=lambda each: each.macro_f1)
    which = (
        "a list of words" if best is listed else "pairs of characters, learned on the train half"
    )
    say(f"{ending or 'check'}: " + ", ".join(f"{k} {v:.2f}" for k, v in got.f1.items()))
    say(f"  words {listed.macro_f1:.2f} leak {listed.leak:.2f}")
    say(f"  pairs {pairs.macro_f1:.2f} leak {pairs.leak:.2f}")
    goals = ("none set", "none set") if ending else (f"≥ {MACRO_F1}", f"≤ {LEAK}")
    figure(f"eligibility.macro_f1{ending}", got.macro_f1, "", goals[0], which, best.macro_f1)
    figure(f"eligibility.opinion_leak{ending}", got.leak, "", goals[1], which, best.leak)
    figure(f"eligibility.exact{ending}", got.exact, "", "none set", which, best.exact)


def _judge(pack: RulePack) -> Judge:
    def judge(text: str) -> frozenset[str]:
        found = judge_text(text, {}, pack).grounds
        return frozenset(each.code for each in found) or frozenset({OPINION})

    return judge


def _listed(text: str) -> frozenset[str]:
    """A ground where one of its words stands in the text."""
    small = text.lower()
    found = (name for name, words in WORDS.items() if any(word in small for word in words))
    return frozenset(found) or frozenset({OPINION})


def _learned(several: Sequence[Review]) -> Judge:
    """Logistic regression on characters and pairs of them; each ground against the rest."""
    models = {name: _regression(several, name) for name in CLASSES if name != OPINION}

    def judge(text: str) -> frozenset[str]:
        grams = _grams(text)
        found = (name for name, weights in models.items() if _odds(weights, grams) > 0)
        return frozenset(found) or frozenset({OPINION})

    return judge


def _regression(several: Sequence[Review], name: str) -> dict[str, float]:
    weights = {"": 0.0}
    read = [(_grams(each.text), float(name in each.labels)) for each in several]
    for round_ in range(_ROUNDS):
        for grams, right in read:
            off = right - 1 / (1 + math.exp(-_odds(weights, grams)))
            step = off * _STEP / (1 + round_ / _ROUNDS) / math.sqrt(len(grams))
            weights[""] += step
            for gram in grams:
                weights[gram] = weights.get(gram, 0.0) * _DECAY + step
    return weights


def _odds(weights: Mapping[str, float], grams: Collection[str]) -> float:
    return weights[""] + sum(weights.get(gram, 0.0) for gram in grams) / math.sqrt(len(grams))


def _folded(several: Sequence[Review]) -> float:
    """The same, learned on four fifths of the train half and measured on the fifth."""
    got = []
    for fold in range(_FOLDS):
        held = several[fold::_FOLDS]
        judge = _learned([each for at, each in enumerate(several) if at % _FOLDS != fold])
        got.append(score(judge, held).macro_f1)
    return sum(got) / len(got)


def _grams(text: str) -> frozenset[str]:
    small = text.lower()
    return frozenset(small) | {small[at : at + 2] for at in range(len(small) - 1)}


def _times(pack: RulePack) -> None:
    """A text as long as may be, put together from the set."""
    whole = "，".join(each.text for each in reviews("train") * 3)[:_LONG]
    took = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        judge_text(whole, {}, pack)
        took.append((time.perf_counter() - began) * 1000)
    goal = "none set"
    figure(
        "eligibility.ms_8000", percentile(took, 0.5), "ms", goal, "its p95", percentile(took, 0.95)
    )


if __name__ == "__main__":
    main()
