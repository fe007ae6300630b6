"""What stories around appeals keep, in memory."""

from collections.abc import Callable
from typing import Any

from tests.fakes.drafts import MemoryDrafts
from tests.fakes.exams import MemoryExams
from tests.fakes.materials import MemoryMaterials
from tests.fakes.memory import Memory
from tests.fakes.outcomes import MemoryOutcomes
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.rights_notices import MemoryRightsNotices
from tests.fakes.streams import MemoryAppeals
from tests.fakes.verification import MemoryDevices, MemoryDictations, MemoryVerifications
from tests.fakes.ways_back import MemoryWaysBack

from gongdao.adapters.no_live_face import NoLiveFace


def around_appeals(
    memory: Memory, appeals: MemoryAppeals, ids: Callable[[], str]
) -> dict[str, Any]:
    """The ports of appeals, and of what helps before one is sent and after it has ended."""
    return {
        "appeals": appeals,
        "materials": MemoryMaterials(memory),
        "drafts": MemoryDrafts(memory),
        "outcomes": MemoryOutcomes(memory, appeals),
        "dictations": MemoryDictations(memory),
        "verifications": MemoryVerifications(memory),
        "devices": MemoryDevices(memory, ids),
        "face": NoLiveFace(),
        "ways_back": MemoryWaysBack(memory),
        "exams": MemoryExams(),
        "rights_notices": MemoryRightsNotices(memory),
        "profiles": MemoryProfiles(memory),
    }
