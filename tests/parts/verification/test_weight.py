"""Proofs are evidence with weight, and never the whole of it."""

import ast
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from tests.fakes.house import shipped_packs
from tests.fakes.verification import StrictFace

from gongdao.adapters.no_live_face import NoLiveFace
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.policy.verification import MOST, VerificationPolicy
from gongdao.domain.verification import rules
from gongdao.domain.verification.model import (
    Device,
    Face,
    FaceResult,
    SignIn,
    Verification,
    after,
    invitation_id,
    verification_id,
)
from gongdao.domain.verification.ports import LiveFace

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CASE, LI_SI, FRIEND = CaseId("case"), PersonId("li_si"), PersonId("friend")
SRC = Path(__file__).resolve().parents[3] / "src" / "gongdao" / "domain"
EMPTY = Verification(verification_id(CASE, LI_SI), CASE, LI_SI)


def policy() -> VerificationPolicy:
    found = shipped_packs().in_force("house", NOW.date()).verification
    assert found is not None
    return found


def test_everything_together_stays_below_a_hundred() -> None:
    found = replace(
        EMPTY,
        devices=(Device(NOW, SignIn.PASSKEY, NOW - timedelta(days=400), known=True),),
        faces=(Face(NOW, "service", FaceResult.SAME),),
    )
    weight = rules.weigh(found, policy(), vouches=9)
    assert weight.total == sum(line.most for line in weight.lines) == MOST
    assert rules.weigh(EMPTY, policy(), vouches=0).total == 0


def test_a_pack_whose_proofs_weigh_everything_is_refused() -> None:
    plain = policy().model_dump(mode="json", by_alias=True)
    plain["vouching"]["weight"] = 60
    with pytest.raises(ValidationError, match="all proofs together weigh 125"):
        VerificationPolicy.model_validate(plain)


@pytest.mark.parametrize("vouches", range(6))
def test_friends_weigh_the_more_the_more_of_them_there_are(vouches: int) -> None:
    line = rules.weigh(EMPTY, policy(), vouches=vouches).lines[2]
    assert line.weight == (0, 8, 16, 25, 25, 25)[vouches]


def test_a_face_counts_as_it_was_found_last() -> None:
    same, other = (Face(NOW, "s", r) for r in (FaceResult.SAME, FaceResult.OTHER))
    for faces, weight in (((same,), 25), ((same, other), 0), ((other, same), 25)):
        assert (
            rules.weigh(replace(EMPTY, faces=faces), policy(), vouches=0).lines[3].weight == weight
        )


def test_whatever_ends_an_appeal_knows_nothing_of_proofs() -> None:
    """No ending depends on them by itself: the modules that end appeals don't even import them."""
    endings = [
        *(SRC / "appeals").glob("*.py"),
        *(SRC / "decisions").glob("*.py"),
        *(SRC / "flows" / f"{n}.py" for n in ("reviewing", "overturned", "deadline_missed")),
    ]
    for path in endings:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = str(getattr(node, "module", ""))
            assert not named.startswith("gongdao.domain.verification"), path.name
            assert named not in {f"gongdao.domain.flows.{n}" for n in ("verifying", "verified")}
            assert getattr(node, "attr", "") not in {"verifying", "verifications"}, path.name


def invited() -> tuple[Verification, str]:
    """One open invitation, and its code."""
    code = rules.written_code(bytes(range(20)))
    sealed = (Sealed("code"), Sealed("name"))
    return after(EMPTY, rules.invite(EMPTY, code, sealed, policy().vouching, NOW)), code


def vouch(found: Verification, code: str, who: PersonId, age: int, now: datetime = NOW) -> object:
    apart = rules.Apart(frozenset({LI_SI, PersonId("reporter")}), frozenset({PersonId("ana")}))
    known_since, ref = now - timedelta(days=age), invitation_id(code)
    return rules.vouch(
        found, ref, who, known_since, apart, policy().vouching, now, staff=who == "staff"
    )


@pytest.mark.parametrize(
    ("who", "aside"),
    [("friend", None), ("reporter", "party"), ("ana", "staff"), ("staff", "staff")],
)
def test_whose_word_is_set_aside(who: str, aside: str | None) -> None:
    found, code = invited()
    step = vouch(found, code, PersonId(who), 90)
    assert getattr(step, "aside", "missing") == aside


def test_what_is_refused_says_nothing_of_the_case() -> None:
    """A young account, an old link and one's own: the same for a party as for anybody else."""
    found, code = invited()
    for who in (FRIEND, PersonId("reporter")):
        with pytest.raises(Refused, match=r"verification\.account_too_young"):
            vouch(found, code, who, 89)
        with pytest.raises(NotFound, match=r"verification\.link_over"):
            vouch(found, code, who, 90, NOW + timedelta(days=7))
        with pytest.raises(NotFound, match=r"verification\.link_over"):
            vouch(found, "AAAA", who, 90)
    with pytest.raises(Refused, match=r"verification\.own"):
        vouch(found, code, LI_SI, 90)


class LiveFacePromise:
    """Held by every service for live faces."""

    face: LiveFace

    def test_a_check_that_was_never_begun_is_not_found(self) -> None:
        with pytest.raises(NotFound, match=r"face\.unknown_check"):
            self.face.outcome("check-99")


class TestNoFace(LiveFacePromise):
    """The default: none is joined."""

    face = NoLiveFace()

    def test_it_says_that_there_is_none(self) -> None:
        assert self.face.name == ""
        with pytest.raises(Refused, match=r"face\.not_configured"):
            self.face.begin("somebody", "https://gongdao.example/")


class TestStrictFace(LiveFacePromise):
    """The protocol fake, which is nobody's real service."""

    face = StrictFace()

    def test_a_check_is_open_until_it_is_over(self) -> None:
        face = StrictFace()
        begun = face.begin("somebody", "https://gongdao.example/back")
        assert face.name
        assert face.outcome(begun.id) is None
        face.finish(begun.id, FaceResult.UNCLEAR)
        assert face.outcome(begun.id) is FaceResult.UNCLEAR
        with pytest.raises(ValueError, match="https"):
            face.begin("somebody", "http://gongdao.example/")
