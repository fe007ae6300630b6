"""Which pack is in force, and that cited ones stay as they were."""

from datetime import date

import pytest
from tests.parts.policy.samples import figure, pack, words

from gongdao.domain.kernel.errors import NotFound, PackInvalid
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.policy.book import PackBook, guard_cited
from gongdao.domain.policy.pack import RulePack, digest
from gongdao.domain.policy.reading import dump_pack, parse_pack

SPRING = pack("2026-03-01", since="2026-03-01", to="2026-05-31")
SUMMER = pack("2026-05-20", since="2026-06-01")
AUTUMN = pack("2026-08-15", since="2026-09-01")
BOOK = PackBook.of([SUMMER, SPRING, AUTUMN, pack(platform="other")])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-01", SPRING),
        ("2026-05-31", SPRING),
        ("2026-06-01", SUMMER),
        ("2026-08-31", SUMMER),
        # Summer's end is open, because a cited version cannot be given one: the newer one holds.
        ("2026-09-01", AUTUMN),
        ("2030-01-01", AUTUMN),
    ],
)
def test_a_day_is_judged_by_the_version_then_in_force(day: str, expected: RulePack) -> None:
    assert BOOK.in_force("sample", date.fromisoformat(day)) is expected


def test_before_the_first_version_no_pack_is_in_force() -> None:
    with pytest.raises(NotFound) as refusal:
        BOOK.in_force("sample", date(2026, 2, 28))
    assert refusal.value.code == "pack.none_in_force"
    assert "2026-02-28" in refusal.value.hint


def test_of_two_versions_of_one_day_the_higher_number_holds() -> None:
    several = [pack(f"2026-11-01{number}") for number in (".9", "", ".10", ".2")]
    held = PackBook.of(several).in_force("sample", date(2026, 11, 2))
    assert held.version == "2026-11-01.10"


def test_an_unknown_platform_or_version_is_not_found() -> None:
    for ask in (
        lambda: BOOK.in_force("nix", date(2026, 11, 1)),
        lambda: BOOK.at(PackRef("sample", "1999-01-01")),
        lambda: BOOK.versions("nix"),
    ):
        with pytest.raises(NotFound) as refusal:
            ask()
        assert refusal.value.code == "pack.unknown"


def test_a_book_names_its_platforms_and_gives_a_cited_version() -> None:
    assert BOOK.platforms() == ("other", "sample")
    assert BOOK.at(SPRING.ref) is SPRING
    assert BOOK.versions("sample") == (AUTUMN, SUMMER, SPRING)


def test_a_book_refuses_one_version_twice() -> None:
    with pytest.raises(PackInvalid) as refusal:
        PackBook.of([SPRING, SPRING])
    assert refusal.value.code == "pack.same_version_twice"


def test_cited_versions_that_stand_as_they_were_are_fine() -> None:
    assert guard_cited(BOOK, {SPRING.ref: digest(SPRING), AUTUMN.ref: digest(AUTUMN)}) == []


def test_a_cited_version_that_was_changed_or_deleted_is_a_problem() -> None:
    changed = pack("2026-03-01", since="2026-03-01", to="2026-05-31", summary=words("改", "new"))
    book = PackBook.of([changed, AUTUMN])
    cited = {ref.ref: digest(ref) for ref in (SPRING, SUMMER, AUTUMN)}
    found = {(problem.file, problem.code) for problem in guard_cited(book, cited)}
    assert found == {
        ("sample@2026-03-01", "pack.cited_changed"),
        ("sample@2026-05-20", "pack.cited_missing"),
    }


def test_the_digest_sees_every_value_and_no_layout() -> None:
    with_window = pack(appeal={"window": figure("7d")})
    reordered = {name: f"# a note\n\n{text}" for name, text in dump_pack(with_window).items()}
    assert digest(parse_pack(reordered, "sample")) == digest(with_window)
    assert digest(pack(appeal={"window": figure("8d")})) != digest(with_window)


def test_the_digest_of_a_pack_is_pinned() -> None:
    """If this fails, the canonical form changed: every citation out there would break."""
    assert digest(pack(appeal={"window": figure("1-3wd")}, report={"steps": figure(3)})) == PINNED


PINNED = "f835f99cc7f0568fa99e77edf52c0f982ccbde98877e3c43dca3c519777de195"
