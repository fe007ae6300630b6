"""A text in, findings and a suggested lane out. It keeps nothing, and deletes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening import rules
from gongdao.domain.screening.heads import Model
from gongdao.domain.screening.model import Finding, How, Screened, Source
from gongdao.domain.screening.spotting import Spotter
from gongdao.domain.screening.taught import UNTAUGHT, Taught

_DISGUISED = frozenset(How) - {How.PLAIN, How.INVISIBLE}
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Screener:
    """A lexicon and a model, ready to read."""

    spotter: Spotter
    model: Model | None
    model_failed: str | None = None
    """Why there is no model; the lexicon reads on without it."""
    lists_failed: str | None = None
    """Why the installation's own lists are not read; the shipped ones are."""
    taught: Taught = UNTAUGHT
    """What decisions have shown of the lexicon's entries."""

    def look(self, text: str, policy: ScreeningPolicy) -> Screened:
        """What stands out in a text, and which lane that suggests."""
        if len(text) > policy.most:
            raise BadInput(
                "screening.too_long",
                hint_noop("A text has at most {most} characters. Send a longer one in parts."),
                most=policy.most,
            )
        strongest: dict[tuple[str, int, int], Finding] = {}
        for each in (*self._spotted(text, policy), *self._heard(text, policy)):
            key = (each.category, each.start, each.end)
            if key not in strongest or strongest[key].score < each.score:
                strongest[key] = each
        found = sorted(strongest.values(), key=lambda each: (-each.score, each.start, each.end))
        lane = rules.suggested(found, policy)
        return Screened(lane, tuple(found[:_MOST_SHOWN]), self.model_failed, self.lists_failed)

    def scores(self, text: str, policy: ScreeningPolicy) -> dict[Category, float]:
        """The strongest score of each category, however weak."""
        strongest = dict.fromkeys(Category, 0.0)
        heard = self.model.hear(text) if self.model else ()
        several = [(each.category, each.share) for each in heard]
        several += [(each.category, each.score) for each in self._spotted(text, policy)]
        for category, score in several:
            strongest[category] = max(strongest[category], score)
        return strongest

    def _spotted(self, text: str, policy: ScreeningPolicy) -> Iterator[Finding]:
        entries, retired = self.spotter.lexicon.entries, self.taught.retired

        def is_retired(number: int) -> bool:
            return (entries[number].category, entries[number].text) in retired

        for spot in self.spotter.spots(text, is_retired):
            entry = entries[spot.entry]
            key = (entry.category, entry.text)
            given = policy.entry_score if entry.precision is None else entry.precision
            score = self.taught.scores.get(key, given)
            if spot.how in _DISGUISED:
                score *= policy.disguise
            evidence = f"{entry.text} ({spot.how})"
            yield Finding(entry.category, spot.start, spot.end, Source.LEXICON, evidence, score)

    def _heard(self, text: str, policy: ScreeningPolicy) -> Iterator[Finding]:
        if self.model is None:
            return
        for said in self.model.hear(text):
            if said.share >= policy.of(said.category).delay:
                yield Finding(
                    said.category,
                    said.start,
                    said.end,
                    Source.MODEL,
                    self.model.version,
                    said.share,
                )
