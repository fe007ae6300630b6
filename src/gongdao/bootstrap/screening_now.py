"""Screening as it stands in this installation: its own model, and what decisions have taught.

Which model reads stands in the records. They are looked at again after some seconds, so that a text
costs neither a query nor a look at a file; each process, on each machine, follows that much later.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from gongdao.adapters import chance
from gongdao.adapters.screening.model_shelf import ModelShelf
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening.model import Screened
from gongdao.domain.screening.own_words import OwnWord
from gongdao.domain.screening.shadowing import Sample, Which

if TYPE_CHECKING:
    from gongdao.domain.screening.screener import Screener

LOG = logging.getLogger("gongdao.screening")
STEADY_SECONDS = 5.0
TRIED_AGAIN_SECONDS = 60.0
"""After which a model's file that could not be read is looked for again."""
_State = tuple[int, str, str]
"""The number of what was learned, and the digests of the live model and of its shadow."""


def drawn(one_of: int) -> bool:
    """Whether a text is one of those that are noted."""
    return int.from_bytes(chance.random_bytes(4), "big") % one_of == 0


@dataclass(frozen=True, slots=True)
class Ready:
    """What reads, until something changes."""

    state: _State
    looked_at: float
    read_at: float
    screener: "Screener"
    shadow: "Screener | None"
    failed: bool
    """One of the two models could not be read."""


class ScreeningNow:
    """One a process."""

    def __init__(
        self, records: Records, shelf: ModelShelf, draw: Callable[[int], bool] = drawn
    ) -> None:
        self.records = records
        self.shelf = shelf
        self.draw = draw
        self._ready: Ready | None = None
        self._reading = threading.Lock()

    def look(self, text: str) -> Screened:
        """What stands out in a text; of some texts the scores are noted, never the words."""
        ready, policy = self._now(), self.policy()
        found = ready.screener.look(text, policy)
        if policy.shadow is not None and text.strip() and self.draw(policy.shadow.one_of):
            self._note(text, ready, policy)
        return found

    def find(self, text: str) -> Screened:
        """The same, noting nothing: for a text that was screened when it was written."""
        return self._now().screener.look(text, self.policy())

    def own_words(self, text: str, words: Sequence[str]) -> Sequence[OwnWord]:
        """Where words of a group's own list stand in a text."""
        from gongdao.bootstrap import screening  # noqa: PLC0415
        from gongdao.domain.screening import own_reading  # noqa: PLC0415

        return own_reading.found(text, words, screening.letters().folding)

    def too_short(self, words: Sequence[str]) -> Sequence[str]:
        """Which words of such a list are not looked for."""
        from gongdao.bootstrap import screening  # noqa: PLC0415
        from gongdao.domain.screening import own_reading  # noqa: PLC0415

        return own_reading.too_short(words, screening.letters().folding)

    def versions(self) -> tuple[str, str]:
        """Of the lists and of the model that read now; empty where there is none."""
        ready = self._now().screener
        return ready.spotter.lexicon.version, ready.model.version if ready.model else ""

    def forget(self) -> None:
        """Something was changed here: read it anew."""
        self._ready = None

    def policy(self) -> ScreeningPolicy:
        """The house's rules of today."""
        from gongdao.bootstrap import screening  # noqa: PLC0415 – numpy, once it is needed

        found = pack_of_the_day(self.records.packs, self.records.clock()).screening
        return found or screening.policy()

    def given(self) -> Mapping[tuple[Category, str], float | None]:
        """Every entry of the lexicon in use."""
        entries = self._now().screener.spotter.lexicon.entries
        return {(each.category, each.text): each.precision for each in entries}

    def live(self) -> Which:
        """The model that is live on record; the program's own where there is no other."""
        from gongdao.bootstrap import screening  # noqa: PLC0415

        held = self.records.model_steps.of_house()
        return held.now.live if held and held.now.own else screening.which()

    def screener(self) -> "Screener":
        """What reads now."""
        return self._now().screener

    def lists_failed(self) -> str | None:
        """Why the installation's own lists are not read; None: they are, or there are none."""
        return self._now().screener.lists_failed

    def model_failed(self) -> str | None:
        """Why the live model has no say; None: it has."""
        return self._now().screener.model_failed

    def _now(self) -> Ready:
        known, moment = self._ready, time.monotonic()
        if known is not None and moment - known.looked_at < STEADY_SECONDS:
            return known
        with self._reading:  # whoever comes while it is read waits, and does not read it, too
            if self._ready is not known and self._ready is not None:
                return self._ready
            self._ready = self._looked(known, moment)
            return self._ready

    def _looked(self, known: Ready | None, moment: float) -> Ready:
        held = self.records.model_steps.of_house()
        own = held.now.live.digest if held and held.now.own else ""
        beside = held.now.shadow.digest if held and held.now.shadow else ""
        state = self.records.lessons.version(), own, beside
        if known is None or known.state != state:
            return self._read(state, moment)
        if known.failed and moment - known.read_at >= TRIED_AGAIN_SECONDS:
            return self._read(state, moment)
        return replace(known, looked_at=moment)

    def _read(self, state: _State, moment: float) -> Ready:
        from gongdao.bootstrap import screening  # noqa: PLC0415

        taught, base = self.records.lessons.now(), screening.screener()
        _, own, beside = state
        live = screening.with_model(base, partial(self.shelf.read, own)) if own else base
        if live.model_failed:
            LOG.warning("screening.%s the lexicon works on without the model", live.model_failed)
        shadow = screening.with_model(base, partial(self.shelf.read, beside)) if beside else None
        if shadow is not None and shadow.model is None:
            LOG.warning("screening.shadow %s", shadow.model_failed)
        return Ready(
            state=state,
            looked_at=moment,
            read_at=moment,
            screener=replace(live, taught=taught),
            shadow=replace(shadow, taught=taught) if shadow and shadow.model else None,
            failed=live.model is None or (shadow is not None and shadow.model is None),
        )

    def _note(self, text: str, ready: Ready, policy: ScreeningPolicy) -> None:
        from gongdao.domain.screening.rules import lane_of  # noqa: PLC0415

        r = self.records
        live = ready.screener.scores(text, policy)
        beside = ready.shadow.scores(text, policy) if ready.shadow else {}
        model = ready.shadow.model if ready.shadow else None
        key, now = r.parties.wording(text), r.clock()
        rows = [
            Sample(
                now, key, category, score, lane_of(score, policy.of(category)),
                model.version if model else None,
                beside.get(category),
                lane_of(beside[category], policy.of(category)) if beside else None,
                ready.screener.model.version if ready.screener.model else "",
            )
            for category, score in live.items()
        ]  # fmt: skip
        with r.work():
            r.samples.keep(rows)
