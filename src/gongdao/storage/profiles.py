"""The operator's marks on parties of high profile, in PostgreSQL."""

from gongdao.domain.appeals import profiles
from gongdao.domain.appeals.profiles import Profile, ProfileStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.hearing_models import ProfileRow
from gongdao.storage.streams import PgStreams, keep_row


class PgProfiles(PgStreams[Profile, ProfileStep]):
    """All marks."""

    begins = "profile.marked"
    fold = staticmethod(profiles.fold)

    def project(self, stream: str, standing: Profile, version: int) -> None:
        keep_row(ProfileRow.objects, stream, profile_row(standing, version))

    def of(self, party: PersonId) -> Held[Profile] | None:
        found = self.several([party])
        return found[0] if found else None

    def marked(self, limit: int) -> list[Profile]:
        rows = ProfileRow.objects.filter(marked=True).order_by("-since", "id")[:limit]
        return [held.now for held in self.several([str(row.id) for row in rows])]


def profile_row(profile: Profile, version: int) -> dict[str, object]:
    """A mark's row."""
    return {"version": version, "marked": profile.marked, "since": profile.since}
