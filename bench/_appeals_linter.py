"""How rightly the linter marks the hand-written statements, and how quickly."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bench._figures import figure, percentile, say
from bench._statements import Mark, Statement, later, statements, unseen

from gongdao.bootstrap import pack_book
from gongdao.domain.flows.wording import look_at
from gongdao.domain.linting.model import Finding, Setting
from gongdao.domain.policy.pack import RulePack

MILLISECONDS = 50.0
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
    """Measure the check halves; the others are what the rules were written on."""
    pack = pack_book().versions("house")[0]
    everything = statements()
    _halves("", everything, pack)
    _halves(".later", later(), pack)
    _unseen(unseen(), pack)
    _times(everything, pack)


def _unseen(several: list[Statement], pack: RulePack) -> None:
    """What strangers' statements may give: nobody wrote a rule after reading these."""
    score = Score()
    for each in several:
        setting = Setting(exhibits=each.exhibits, own=each.own)
        score.take(each, look_at(each.text, setting, pack, TODAY).findings)
    say(f"unseen: {score.found} of {_marked(score)}, {score.wrong} wrong")
    figure("linter.precision.unseen", _precision(score), "", "none set", "all right", 1.0)
    figure("linter.recall.unseen", _recall(score), "", "none set", "all found", 1.0)


def _halves(ending: str, several: list[Statement], pack: RulePack) -> None:
    """Both halves of one set, each against the other."""
    scores = {True: Score(), False: Score()}
    for each in several:
        setting = Setting(exhibits=each.exhibits, own=each.own)
        scores[each.check].take(each, look_at(each.text, setting, pack, TODAY).findings)
    for check in (False, True):
        score, other = scores[check], scores[not check]
        name = f"{ending}{'' if check else '.train'}"
        say(f"{name or 'check'}: {score.found} of {_marked(score)}, {score.wrong} wrong")
        goals = ("≥ 0.9", "≥ 0.85") if check and not ending else ("none set", "none set")
        against = "the other half"
        figure(
            f"linter.precision{name}", _precision(score), "", goals[0], against, _precision(other)
        )
        figure(f"linter.recall{name}", _recall(score), "", goals[1], against, _recall(other))
    if not ending:
        score = scores[True]
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


def _marked(score: Score) -> int:
    return score.found + score.missed


def _precision(score: Score) -> float:
    return score.right / max(score.right + score.wrong, 1)


def _recall(score: Score) -> float:
    return score.found / max(_marked(score), 1)


if __name__ == "__main__":
    main()
