"""Time and names as a test wants them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from gongdao.domain.kernel.clock import CHINA

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
"""A working day with working days before and after it."""


@dataclass(slots=True)
class SettableClock:
    """Stands still until a test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **by: float) -> None:
        """Let time pass: `pass_(days=2, hours=1)`."""
        self.now += timedelta(**by)

    def set_back(self, **by: float) -> None:
        """What happens to a machine's clock: somebody puts it right, or wrong."""
        self.now -= timedelta(**by)

    def go_to(self, moment: datetime) -> None:
        """Go to a moment; time never runs backwards."""
        assert moment >= self.now, f"{moment} lies before {self.now}"
        self.now = moment


def counting_ids() -> Callable[[], str]:
    """UUIDs that count up, so that they sort by time as real ones do."""
    numbers = count(1)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012d}"
