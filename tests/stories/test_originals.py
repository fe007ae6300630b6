"""A reporter's original may say who they are: staff take it by asking, and that is kept."""

from tests.stories.files_of import brought
from tests.stories.stage import Stage, refused

from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role


def test_a_reporters_original_is_taken_on_request_alone_and_that_is_kept(
    stage: Stage,
) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    case = stage.accepted(ana, stage.account("zhang_san")).case
    exhibiting, records = stage.app.exhibiting, stage.records
    theirs = brought(stage, case, stage.account("zhang_san"))
    answer = brought(stage, case, stage.account("li_si"))
    guarded = {v.id: v.guarded for v in exhibiting.of_case(case, ana)}
    assert guarded == {theirs: True, answer: False}
    assert [v.guarded for v in exhibiting.of_case(case, stage.account("zhang_san"))] == [False]
    auditor = stage.hire("ou", Role.AUDITOR)
    for by in (ana, auditor):
        assert exhibiting.take_original(theirs, by) == records.exhibits.get(theirs).now.file
    exhibiting.take_original(answer, ana)
    taken = exhibiting.open(theirs, ana).taken
    assert [each.person for each in taken] == [ana.person, auditor.person]
    assert exhibiting.open(answer, ana).taken == ()
    for stranger in (stage.account("li_si"), stage.account("zhang_san"), stage.account("wang_wu")):
        with refused("not_found", NotFound):
            exhibiting.take_original(theirs, stranger)
