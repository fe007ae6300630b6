"""What the stories of firms and duties share: their policy, files and letters."""

from datetime import datetime

from gongdao.domain.evidence.uploads import gone, keep
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.ids import NoticeId, PersonId
from gongdao.domain.kernel.kept_files import FileRef
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.firms import FirmPolicy
from gongdao.domain.policy.pack import RulePack


def pack_with_firms(r: Records) -> tuple[RulePack, FirmPolicy]:
    """Today's pack and its part on firms; PackInvalid where it says nothing of them."""
    pack = pack_of_the_day(r.packs, r.clock())
    if pack.firms is None:
        raise PackInvalid(
            "pack.no_firms",
            hint_noop("The pack {pack} says nothing of firms. Add its firms part."),
            pack=str(pack.ref),
        )
    return pack, pack.firms


def take_file(r: Records, token: str, owner: PersonId | None) -> FileRef:
    """A file that was sent goes from its way in into the vault."""
    upload = r.uploads.take(token)
    if upload.looked is None or upload.expires_at <= r.clock():
        raise gone()
    keep(r.files, upload)
    file = upload.looked.file
    name = r.texts.seal(upload.name, owner)
    return FileRef(sha256=file.sha256, size=file.size, media=file.media, name=name)


def tell(
    r: Records, to: PersonId, reader: Reader, template: str, about: str, *gaps: Gap
) -> NoticeId:
    """A letter about a file that is no case: no code opens it, and it names nobody."""
    pack, _ = pack_with_firms(r)
    found = notices.template(pack, template)

    def written(language: str) -> tuple[str, str]:
        filled = {"number": short(about), "address": r.address}
        for gap in gaps:
            filled.update(gap.in_(language))
        return notices.write(found.in_(language), filled)

    return issue(r, to, reader, template, about, written)


def short(about: str) -> str:
    """The end of a file's number, as people say it."""
    return about.replace("-", "")[-8:].upper()


def until(moment: datetime) -> Gap:
    """A moment for a letter."""
    return Gap(both={"due_at": shown(moment)})
