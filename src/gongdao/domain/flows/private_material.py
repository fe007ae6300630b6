"""Papers of identity: once brought as such, no copy of them is released to anybody."""

from gongdao.domain.appeals.standard import MaterialAttached, materials_id
from gongdao.domain.evidence.exhibits import Exhibit
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case, CaseDecided
from gongdao.domain.kernel.errors import Refused, hint_noop


def must_not_be_private(records: Records, exhibit: Exhibit, case: Case) -> None:
    """Refuse what was ever brought as a paper of identity, though it was taken away since."""
    policy = records.packs.at(case.pack).standard
    if policy is None or exhibit.owner is None:
        return
    private = {each.code for each in policy.materials if each.private}
    for step in records.cases.history(case.id):
        if isinstance(step.event, CaseDecided):
            stream = materials_id(step.event.decision, exhibit.owner)
            history = [each.event for each in records.materials.history(stream)]
            attached = [each for each in history if isinstance(each, MaterialAttached)]
            if any(a.exhibit == exhibit.id and a.material in private for a in attached):
                raise Refused(
                    "exhibit.paper_of_identity",
                    hint_noop("This is a paper of identity. Nobody but the staff sees it."),
                )
