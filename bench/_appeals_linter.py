"""How rightly the linter marks the hand-written statements, and how quickly."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bench._figures import figure, percentile, say
from bench._statements import Mark, Statement, statements

from gongdao.bootstrap import pack_book
from gongdao.domain.flows.wording import look_at
from gongdao.domain.linting.model import Finding, Setting
from gongdao.domain.policy.pack import RulePack

PRECISION, RECALL, MILLISECONDS = 0.9, 0.85, 50.0
CHARACTERS = 1000
TIMES = 200
TODAY = date(2026, 11, 21)


@dataclass(slots=True)
class Score:
    """Findings and marked passages of one half."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    overlap: float = 0.0
    clean: int = 0
    harmless: int = 0

    def take(self, statement: Statement, findings: Iterable[Finding]) -> None:
        """Count one statement."""
        findings = list(findings)
        for finding in findings:
            shares = [_share(finding, mark) for mark in statement.marks]
            best = max(shares, default=0.0)
            self.right += best > 0
            self.wrong += best == 0
            self.overlap += best
        hit = sum(any(_share(f, mark) for f in findings) for mark in statement.marks)
        self.found += hit
        self.missed += len(statement.marks) - hit
        self.harmless += not statement.marks
        self.clean += not statement.marks and not findings


def main() -> None:
    """Measure the check half; the other is what the rules were written on."""
    pack = pack_book().versions("house")[0]
    scores = {True: Score(), False: Score()}
    everything = statements()
    for each in everything:
        setting = Setting(exhibits=each.exhibits, own=each.own)
        scores[each.check].take(each, look_at(each.text, setting, pack, TODAY).findings)
    for check, name in ((False, "train"), (True, "check")):
        _print(name, scores[check], scores[not check])
    _times(everything, pack)


def _print(name: str, score: Score, other: Score) -> None:
    ending = "" if name == "check" else f".{name}"
    against = "the other half"
    say(f"{name}: {score.found} of {score.found + score.missed} passages, {score.wrong} wrong")
    goal = "≥ 0.9" if name == "check" else "tuned on"
    figure(f"linter.precision{ending}", _precision(score), "", goal, against, _precision(other))
    goal = "≥ 0.85" if name == "check" else "tuned on"
    figure(f"linter.recall{ending}", _recall(score), "", goal, against, _recall(other))
    if name == "check":
        silent = score.clean / max(score.harmless, 1)
        figure("linter.silent", silent, "", "of harmless ones", "all of them", 1.0)
        exact = score.overlap / max(score.right, 1)
        figure("linter.overlap", exact, "", "shared of both", "the same letters", 1.0)


def _times(everything: list[Statement], pack: RulePack) -> None:
    """A statement of 1 000 characters, put together from the set, again and again."""
    whole = "".join(each.text for each in everything if each.text[0] > "z")
    texts = [whole[at : at + CHARACTERS] for at in range(0, len(whole) - CHARACTERS, 37)][:TIMES]
    setting = Setting(exhibits=frozenset({1}))
    began = time.perf_counter()
    look_at(texts[0], setting, pack, TODAY)
    figure("linter.first_ms", _since(began), "ms", "once a process", "later ones", MILLISECONDS)
    took: list[float] = []
    for text in texts:
        began = time.perf_counter()
        look_at(text, setting, pack, TODAY)
        took.append(_since(began))
    for key, share in (("linter.ms", 0.5), ("linter.ms_p95", 0.95)):
        figure(key, percentile(took, share), "ms", "≤ 50", "the limit", MILLISECONDS)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _share(finding: Finding, mark: Mark) -> float:
    """How much two passages of one kind have in common, of what both cover."""
    if finding.kind != mark.kind:
        return 0.0
    common = min(finding.end, mark.end) - max(finding.start, mark.start)
    both = max(finding.end, mark.end) - min(finding.start, mark.start)
    return max(common, 0) / both


def _precision(score: Score) -> float:
    return score.right / max(score.right + score.wrong, 1)


def _recall(score: Score) -> float:
    return score.found / max(score.found + score.missed, 1)


if __name__ == "__main__":
    main()
