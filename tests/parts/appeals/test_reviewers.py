"""Who is chosen to hear an appeal, among any staff."""

from hypothesis import given
from hypothesis import strategies as st

from gongdao.domain.appeals.rules import choose_reviewer
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.kernel.people import Staff

PEOPLE = st.sampled_from([PersonId(name) for name in "abcdefg"])
STAFF = st.lists(
    st.builds(
        Staff,
        PEOPLE,
        st.frozensets(st.sampled_from([Role.REVIEWER, Role.SENIOR_REVIEWER, Role.AUDITOR])),
        st.integers(0, 9),
    ),
    unique_by=lambda staff: staff.person,
)


@given(staff=STAFF, took_part=st.frozensets(PEOPLE), senior=st.booleans())
def test_the_chosen_one_is_fit_took_no_part_and_has_the_least_to_do(
    staff: list[Staff], took_part: frozenset[PersonId], *, senior: bool
) -> None:
    roles = {Role.SENIOR_REVIEWER} if senior else {Role.REVIEWER, Role.SENIOR_REVIEWER}
    fit = [each for each in staff if each.roles & roles and each.person not in took_part]
    chosen = choose_reviewer(staff, took_part, senior=senior)
    if not fit:
        assert chosen is None
        return
    (taken,) = [each for each in staff if each.person == chosen]
    assert taken in fit
    assert taken.open_appeals == min(each.open_appeals for each in fit)


@given(staff=STAFF, took_part=st.frozensets(PEOPLE), senior=st.booleans())
def test_the_order_of_the_staff_list_does_not_matter(
    staff: list[Staff], took_part: frozenset[PersonId], *, senior: bool
) -> None:
    other = list(reversed(staff))
    assert choose_reviewer(other, took_part, senior=senior) == choose_reviewer(
        staff, took_part, senior=senior
    )
