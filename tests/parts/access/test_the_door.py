"""Who sits on which chair, for every kind of caller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdao.domain.access.model import Caller, FileParties, Seat
from gongdao.domain.access.rules import DECIDERS, READERS, decider, may_read_desk, party, seat
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId

CASE, OTHER = CaseId("case"), CaseId("other")
REPORTER, RESPONDENT = PersonId("reporter"), PersonId("respondent")
FILE = FileParties(CASE, frozenset({REPORTER}), RESPONDENT)
CALLERS = st.builds(
    Caller,
    st.sampled_from([None, REPORTER, RESPONDENT, PersonId("stranger")]),
    st.frozensets(st.sampled_from(Role)),
    st.sampled_from([None, CASE, OTHER]),
)
"""Everybody who could stand at the door."""


def chair(caller: Caller) -> Seat | None:
    """The chair of a caller, or None where there is nothing for them."""
    try:
        return seat(caller, FILE)
    except NotFound:
        return None


@given(CALLERS)
def test_a_part_in_the_case_weighs_more_than_any_role(caller: Caller) -> None:
    if caller.only_case != OTHER and caller.person == REPORTER:
        assert chair(caller) is Seat.REPORTER
    if caller.only_case != OTHER and caller.person == RESPONDENT:
        assert chair(caller) is Seat.RESPONDENT


@given(CALLERS)
def test_a_code_of_another_case_opens_nothing_here(caller: Caller) -> None:
    if caller.only_case == OTHER:
        assert chair(caller) is None


@given(CALLERS)
def test_everybody_else_needs_a_role(caller: Caller) -> None:
    if caller.person in {REPORTER, RESPONDENT} or caller.only_case == OTHER:
        return
    if caller.has(*READERS):
        assert chair(caller) is Seat.STAFF
    elif caller.has(Role.AUDITOR):
        assert chair(caller) is Seat.AUDITOR
    else:
        assert chair(caller) is None


@given(CALLERS)
def test_who_decides_is_a_reviewer_without_a_part_in_the_case(caller: Caller) -> None:
    try:
        actor = decider(caller, FILE)
    except NotFound:
        allowed = caller.has(*DECIDERS) and caller.person is not None
        assert not allowed or caller.only_case == OTHER
    except Refused:
        assert caller.person in {REPORTER, RESPONDENT}
    else:
        assert actor.person == caller.person
        assert caller.person not in {None, REPORTER, RESPONDENT}
        senior = Role.SENIOR_REVIEWER in caller.roles
        assert actor.role is (Role.SENIOR_REVIEWER if senior else Role.REVIEWER)


@given(CALLERS, st.sampled_from([Seat.REPORTER, Seat.RESPONDENT]))
def test_a_partys_steps_are_its_own(caller: Caller, wanted: Seat) -> None:
    if chair(caller) is wanted:
        assert party(caller, FILE, wanted).person == caller.person
    else:
        with pytest.raises(NotFound):
            party(caller, FILE, wanted)


@pytest.mark.parametrize("role", Role)
def test_the_desk_opens_to_those_who_read_cases(role: Role) -> None:
    caller = Caller(PersonId("somebody"), frozenset({role}))
    if role in {*READERS, Role.AUDITOR}:
        may_read_desk(caller)
    else:
        with pytest.raises(NotFound):
            may_read_desk(caller)


def test_without_a_known_respondent_nobody_sits_there() -> None:
    nobody_known = FileParties(CASE, frozenset({REPORTER}), None)
    with pytest.raises(NotFound):
        seat(Caller(None), nobody_known)
