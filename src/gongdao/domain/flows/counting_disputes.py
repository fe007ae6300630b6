"""An organisation's numbers: read from its own disputes, for its members alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.counting import Numbers, PlatformFigures, Rate, numbers
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import OrganisationId

MOST = 3_000
"""The latest so many are counted."""


@dataclass(frozen=True, slots=True)
class CountingDisputes:
    """Numbers of organisations."""

    records: Records
    organising: Organising

    def of(self, organisation: OrganisationId, caller: Caller) -> Numbers:
        """All of it; NotFound for whoever is no member."""
        self.organising.seat(organisation, caller)
        held = self.records.disputes.of_organisation(organisation, MOST)
        return numbers([each.now for each in held])

    def beside(self, caller: Caller) -> dict[str, PlatformFigures]:
        """A member's own figures by platform, to stand beside what is claimed of it."""
        theirs = [
            held.now
            for each in self.organising.mine(caller)
            for held in self.records.disputes.of_organisation(each.id, MOST)
        ]
        return {each.platform: each for each in numbers(theirs).platforms}


def as_csv(found: Numbers) -> str:
    """The tables as one: what is counted by, the key, and the counts."""
    head = ("table", "key", "n", "upheld", "partly", "rejected", "low", "high", "too_few")
    return "".join(f"{','.join(map(_cell, row))}\r\n" for row in (head, *_rows(found)))


def _cell(value: object) -> str:
    """As RFC 4180 has it."""
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def _rows(found: Numbers) -> Iterator[tuple[object, ...]]:
    tables = {
        "platform": found.by_platform,
        "ground": found.by_ground,
        "material": found.by_fullness,
        "time_to_file": found.by_speed,
    }
    for name, rates in tables.items():
        for rate in rates:
            yield _row(name, rate)
    for code, n in found.reasons:
        yield ("reason", code or "none", n, "", "", n, "", "", "")
    for each in found.helped:
        with_ = (each.with_n, "", "", each.with_rejected, "", "", each.says.value)
        without = (each.without_n, "", "", each.without_rejected, "", "", each.says.value)
        yield ("with_material", each.material.value, *with_)
        yield ("without_material", each.material.value, *without)
    for theirs in found.platforms:
        yield ("hours", theirs.platform, theirs.hours, "", "", "", "", "", "")


def _row(name: str, rate: Rate) -> tuple[object, ...]:
    low, high = rate.interval
    return (
        name, rate.key or "none", rate.n, rate.upheld, rate.partly, rate.rejected,
        f"{low:.3f}", f"{high:.3f}", "yes" if rate.too_few else "no",
    )  # fmt: skip
