"""The installation's own models: their files, with what is on record of them."""

from dataclasses import dataclass
from pathlib import Path

from gongdao.adapters.screening.model_shelf import SHADOW
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
        shelf = self.now.shelf
        live = self._live()
        self.runs.start(new, live, AT_THE_COMMAND_LINE, lambda: shelf.put_shadow(content))
        self.now.forget()
        return new

    def stop(self) -> None:
        """Let the shadow read no longer."""
        self.runs.stop(self._live(), AT_THE_COMMAND_LINE, self.now.shelf.drop_shadow)
        self.now.forget()

    def go_live(self, file: Path, without_shadow: str | None) -> Which:
        """Put a model's file in the live one's place."""
        new, content = _read(file)
        shelf, live = self.now.shelf, self._live()
        self.runs.go_live(
            new, live, AT_THE_COMMAND_LINE, lambda: shelf.go_live(content), without_shadow
        )
        self.now.forget()
        return new

    def roll_back(self) -> Which:
        """Put the model before in its place again."""
        self.runs.roll_back(self._live(), AT_THE_COMMAND_LINE, self.now.shelf.roll_back)
        self.now.forget()
        return self.now.live()

    def problem(self) -> str | None:
        """Why the live model's file is not what is on record; None: it is."""
        known = self.runs.models()
        try:
            live = self.now.live()
        except BadInput as broken:
            return broken.code
        if known is not None and known.live.digest != live.digest:
            return "model.not_on_record"
        if known is not None and known.shadow and self.now.shelf.path(SHADOW) is None:
            return "model.shadow_not_here"
        return None

    def _live(self) -> Which:
        """The live model; what is on record of it, where its file is damaged."""
        known = self.runs.models()
        try:
            return self.now.live()
        except BadInput:
            if known is None:
                raise
            return known.live


def _read(file: Path) -> tuple[Which, bytes]:
    from gongdao.bootstrap import screening  # noqa: PLC0415 – numpy, once it is needed

    return screening.which(file), file.read_bytes()
