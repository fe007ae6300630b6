"""Every pack at every version, which of them is in force, and that cited ones stay as they were."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Self

from gongdao.domain.kernel.errors import NotFound, PackInvalid, hint_noop
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.policy.pack import RulePack, digest
from gongdao.domain.policy.problems import Problem


@dataclass(frozen=True, slots=True, repr=False)
class PackBook:
    """All packs, by platform and version; it never changes."""

    packs: Mapping[PackRef, RulePack]
    made: dict[PackRef, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Digests that were asked for: making one means writing the whole pack out."""

    @classmethod
    def of(cls, packs: Iterable[RulePack]) -> Self:
        """Bind packs together; PackInvalid if one platform has the same version twice."""
        several = tuple(packs)
        counted = Counter(pack.ref for pack in several)
        for ref, times in counted.items():
            if times > 1:
                raise PackInvalid(
                    "pack.same_version_twice",
                    "{ref} stands in {times} folders. Give each version a number of its own.",
                    ref=str(ref),
                    times=times,
                )
        return cls(MappingProxyType({pack.ref: pack for pack in several}))

    def platforms(self) -> tuple[str, ...]:
        """Every platform that has a pack, in alphabetical order."""
        return tuple(sorted({ref.platform for ref in self.packs}))

    def versions(self, platform: str) -> tuple[RulePack, ...]:
        """All versions of one platform's pack, newest first; NotFound if it has none."""
        found = [pack for pack in self.packs.values() if pack.platform == platform]
        if not found:
            raise NotFound(
                "pack.unknown",
                hint_noop("There is no rule pack for {platform}. Known are: {known}."),
                platform=platform,
                known=", ".join(self.platforms()),
            )
        return tuple(sorted(found, key=_recency, reverse=True))

    def in_force(self, platform: str, day: date) -> RulePack:
        """
        The pack by which that day's reports are judged.

        Where several versions hold on a day, the one that came into force last is meant: a cited
        version is never changed, so its end date cannot be filled in when the next one comes.
        """
        holding = (pack for pack in self.versions(platform) if pack.in_force.holds_on(day))
        found = next(holding, None)
        if found is None:
            raise NotFound(
                "pack.none_in_force",
                hint_noop("No rule pack for {platform} was in force on {day}. Choose another day."),
                platform=platform,
                day=day.isoformat(),
            )
        return found

    def at(self, ref: PackRef) -> RulePack:
        """The pack that a decision cites; NotFound if there is none."""
        found = self.packs.get(ref)
        if found is None:
            raise NotFound(
                "pack.unknown",
                "There is no rule pack {ref}. gongdao packs list shows them all.",
                ref=str(ref),
            )
        return found

    def digest(self, ref: PackRef) -> str:
        """What a citation of this version pins; NotFound if there is none."""
        if ref not in self.made:
            self.made[ref] = digest(self.at(ref))
        return self.made[ref]


def guard_cited(book: PackBook, cited: Mapping[PackRef, str]) -> list[Problem]:
    """
    Hold every citation against the packs at hand.

    `cited` gives the digest that each cited version had when it was first cited. A version that is
    gone or reads differently is a problem; the caller refuses to go on with such packs.
    """
    return sorted(_broken_citations(book, cited))


def _broken_citations(book: PackBook, cited: Mapping[PackRef, str]) -> Iterator[Problem]:
    for ref, was in cited.items():
        pack = book.packs.get(ref)
        if pack is None:
            hint = "Put its files back: decisions rest on it."
            what = "a version that decisions cite is gone"
            yield Problem(str(ref), 0, "", "pack.cited_missing", what, hint)
        elif digest(pack) != was:
            hint = "Put it back as it was and write the change as a new version."
            what = "a version that decisions cite was changed"
            yield Problem(str(ref), 0, "", "pack.cited_changed", what, hint)


def _recency(pack: RulePack) -> tuple[date, date, int]:
    """By first day in force, then by version as a number: `2026-11-01.10` after `…01.9`."""
    day, _, number = pack.version.partition(".")
    return (pack.in_force.from_, date.fromisoformat(day), int(number or 0))
