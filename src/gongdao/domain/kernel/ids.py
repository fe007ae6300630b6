"""Names of things. All are UUIDs of version 7 as text, so that they sort by time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NewType

PersonId = NewType("PersonId", str)
"""A party, pseudonymous: who it is lies outside the events and can be erased."""

ReportId = NewType("ReportId", str)
CaseId = NewType("CaseId", str)
DecisionId = NewType("DecisionId", str)
SanctionId = NewType("SanctionId", str)
AppealId = NewType("AppealId", str)
DeadlineId = NewType("DeadlineId", str)
NoticeId = NewType("NoticeId", str)
MailboxId = NewType("MailboxId", str)
UnmaskingId = NewType("UnmaskingId", str)
GroupId = NewType("GroupId", str)
OwnerTaskId = NewType("OwnerTaskId", str)
ExhibitId = NewType("ExhibitId", str)
EntryId = NewType("EntryId", str)
"""An entry of somebody's own journal."""

VerificationId = NewType("VerificationId", str)
InvitationId = NewType("InvitationId", str)
"""Made from the secret code of an invitation, which cannot be found from it."""

DictationId = NewType("DictationId", str)
"""An appeal that was taken down over the phone and is not confirmed yet."""

OrganisationId = NewType("OrganisationId", str)
ShopId = NewType("ShopId", str)
"""A shop or account of an organisation on an outside platform."""

TemplateId = NewType("TemplateId", str)
"""A template of an organisation's own."""

FlagId = NewType("FlagId", str)
"""A flag on a buyer."""

DisputeId = NewType("DisputeId", str)
SettlementId = NewType("SettlementId", str)
ProtectionId = NewType("ProtectionId", str)
"""The protection of one account, named by whose it is."""

NewId = Callable[[], str]
"""Where new names come from; chance is handed in."""

Sealed = NewType("Sealed", str)
"""A salted SHA-256 digest (hex) of a text that lies encrypted outside the events.

Events hold no free text at all: only ids, codes, numbers, moments and these.
"""

Digest = NewType("Digest", str)
"""The plain SHA-256 (hex) of a file's bytes: what the file is called wherever it lies."""

Code = str
"""A stable lower-case name such as `fraud.fake_listing`."""


@dataclass(frozen=True, slots=True)
class PackRef:
    """Which rule pack, at which version. A cited version is neither changed nor deleted."""

    platform: str
    version: str

    def __str__(self) -> str:
        return f"{self.platform}@{self.version}"
