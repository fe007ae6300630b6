"""How complete an appeal is: whole numbers that hold together, whatever the weights."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.domain.appeals.completeness import MaterialState, State, weigh

THINGS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 10), st.sampled_from(list(State))), max_size=10
)


def items_of(things: list[tuple[bool, int, State]]) -> list[MaterialState]:
    return [
        MaterialState(f"m{n}", required=required, weight=weight, state=state)
        for n, (required, weight, state) in enumerate(things)
    ]


@given(THINGS, st.integers(0, 9))
@settings(max_examples=80)
def test_the_figures_hold_together(things: list[tuple[bool, int, State]], one: int) -> None:
    items = items_of(things)
    found = weigh(items)
    gains = [gap.gain for gap in found.gaps]
    assert sum(gains) == 100 - found.share
    assert gains == sorted(gains, reverse=True)
    assert {i.material: i.gain for i in found.items if i.gain} == {
        gap.material: gap.gain for gap in found.gaps if gap.gain
    }
    all_there = all(i.state is State.PASSED for i in items if i.required)
    assert (found.share == 100) is all_there is (not found.gaps)
    # What passes never lowers it.
    mended = [replace(i, state=State.PASSED) if n == one else i for n, i in enumerate(items)]
    assert weigh(mended).share >= found.share


def test_helpful_material_is_listed_and_adds_nothing() -> None:
    needed = MaterialState("a", required=True, weight=3, state=State.PASSED)
    extra = MaterialState("b", required=False, weight=9, state=State.MISSING)
    found = weigh([needed, extra])
    assert (found.share, found.gaps, len(found.items)) == (100, (), 2)
