"""The installation's own models: their files, with what is on record of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gongdao.bootstrap.screening_now import ScreeningNow
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.shadow_runs import ShadowRuns
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.events import Role
from gongdao.domain.screening.shadowing import Which

AT_THE_COMMAND_LINE = Caller(None, frozenset({Role.OPERATOR}))
"""Whoever may use the command line of an installation is its operator."""


@dataclass(frozen=True, slots=True)
class OwnModels:
    """What the command line does with them."""

    now: ScreeningNow
    runs: ShadowRuns

    def start(self, file: Path) -> Which:
        """Let a model's file read beside the live one."""
        new, content = _read(file)
        self.runs.start(new, self.now.live(), AT_THE_COMMAND_LINE, self._put(content))
        self.now.forget()
        return new

    def stop(self) -> None:
        """Let the shadow read no longer."""
        self.runs.stop(AT_THE_COMMAND_LINE)
        self.now.forget()

    def go_live(self, file: Path, without_shadow: str | None) -> Which:
        """Put a model's file in the live one's place; or back, where the live one's is lost."""
        new, content = _read(file)
        live = self.now.live()
        if new == live and self.problem():
            self.now.shelf.put(content)
        else:
            self.runs.go_live(new, live, AT_THE_COMMAND_LINE, self._put(content), without_shadow)
        self.now.forget()
        return new

    def roll_back(self) -> Which:
        """Put the model before in its place again."""
        self.runs.roll_back(AT_THE_COMMAND_LINE, self._readable)
        self.now.forget()
        return self.now.live()

    def problem(self) -> str | None:
        """Why a model on record cannot be read here; None: it can."""
        known = self.runs.models()
        try:
            if known is not None:
                self._readable(known.live, own=known.own)
                if known.shadow is not None:
                    self._readable(known.shadow, own=True)
        except BadInput as broken:
            return broken.code
        return self.now.model_failed()

    def live_file(self) -> Path | None:
        """The live model's file on this machine; None: the program's own."""
        known = self.runs.models()
        if known is None or not known.own:
            return None
        self._readable(known.live, own=True)
        return self.now.shelf.place(known.live.digest)

    def _put(self, content: bytes) -> Callable[[], None]:
        return partial(self.now.shelf.put, content)

    def _readable(self, which: Which, *, own: bool) -> None:
        if own:
            self.now.shelf.read(which.digest)


def _read(file: Path) -> tuple[Which, bytes]:
    from gongdao.bootstrap import screening  # noqa: PLC0415 – numpy, once it is needed

    content = screening.model_bytes(file)  # once: what is checked is what is kept
    return screening.which(content=content), content
