"""What an appeal brings, as its reviewer sees it."""

from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.files_of import PNG, brought
from tests.stories.stage import Stage


def test_the_reviewer_sees_each_thing_with_what_to_look_at(stage: Stage, sign_in: SignIn) -> None:
    decision, li_si = stage.decided(staff("ana")), stage.account("li_si")
    case = stage.decision(decision).case
    exhibit = brought(stage, case, li_si, PNG)
    materials = stage.app.around_appeals.materials
    materials.attach(decision, "account_of_use", exhibit, li_si)
    stage.appealed(decision)

    shown = page(sign_in("cy"), f"/desk/{case}/?queue=all_appeals")
    assert "Look at: whether it is plausible and its times agree with the record." in shown
    assert "Files in a format that is not taken here: 1." in shown
    assert f"/desk/{case}/evidence/{exhibit}/" in shown
