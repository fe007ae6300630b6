"""What tells an outcry from a campaign: how many reported a subject of late, and how alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was reported of one subject of late, to tell an outcry from a campaign."""

    last_hour: int
    usual: float
    """Reports an hour in the thirty days before that hour, or since the first."""
    same_wording: int
    """How many of the last hour's have the wording of the report at hand."""
    young: int
    """How many of the last hour's come from young or unknown accounts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered beside a report, to recognise its like."""

    wording: str
    young: bool


@dataclass(slots=True)
class Sample:
    """The latest reports of a subject: enough of them to know the crowd, however large it is."""

    seen: int = 0
    """How many of the last hour's were looked at."""
    share: float = 1.0
    """Which part of that hour's reports they are."""
    usual: float = 0.0
    """Reports an hour before that hour."""
    wordings: dict[str, int] = field(default_factory=dict)
    young: int = 0

    @classmethod
    def of(
        cls, wordings: Mapping[str, tuple[int, int]], hours: float, usual: float, most: int
    ) -> "Sample":
        """From how many there are of each wording, and how many of those from young accounts.

        `hours` is how far the oldest of them lies back, and `most` how many are looked at.
        """
        seen = sum(number for number, _ in wordings.values())
        young = sum(young for _, young in wordings.values())
        share = min(1.0, max(hours, 1e-6)) if seen >= most else 1.0
        counts = {wording: number for wording, (number, _) in wordings.items()}
        return cls(seen, share, usual, counts, young)

    def take(self, mark: Mark) -> Crowd:
        """Add one more report, and give the crowd that it comes in, itself with it."""
        self.seen += 1
        self.young += mark.young
        self.wordings[mark.wording] = self.wordings.get(mark.wording, 0) + 1
        return Crowd(
            last_hour=round(self.seen / self.share),
            usual=self.usual,
            same_wording=round(self.wordings[mark.wording] / self.share),
            young=round(self.young / self.share),
        )
