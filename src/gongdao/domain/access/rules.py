"""The only door to a record. What is not allowed is not found."""

from collections.abc import Collection

from gongdao.domain.access.model import Caller, FileParties, Seat
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId

DECIDERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
READERS = (*DECIDERS, Role.OPERATOR)
UNMASKERS = (Role.SENIOR_REVIEWER, Role.OPERATOR)
"""Who may look at who a reporter is."""


def not_found() -> NotFound:
    """The one answer to everything that is absent or not theirs to see."""
    return NotFound(
        "not_found", hint_noop("Check the code or the link; nothing is found under it for you.")
    )


def seat(caller: Caller, file: FileParties) -> Seat:
    """The chair that a caller has at a case; NotFound for everybody else.

    Who has a part in the case sits on that chair even if they work here: nobody sees the staff's
    side of their own case.
    """
    if caller.only_case is not None and caller.only_case != file.case:
        raise not_found()
    if caller.person is not None:
        if caller.person in file.reporters:
            return Seat.REPORTER
        if caller.person == file.respondent:
            return Seat.RESPONDENT
    if caller.has(*READERS):
        return Seat.STAFF
    if caller.has(Role.AUDITOR):
        return Seat.AUDITOR
    raise not_found()


def decider(caller: Caller, file: FileParties) -> Actor:
    """The caller as somebody who may handle this case; Refused where it is their own."""
    if not caller.has(*DECIDERS) or caller.person is None:
        raise not_found()
    if seat(caller, file) is not Seat.STAFF:
        raise Refused(
            "access.own_case",
            hint_noop("You have a part in this case. Somebody else must handle it."),
        )
    role = Role.SENIOR_REVIEWER if Role.SENIOR_REVIEWER in caller.roles else Role.REVIEWER
    return Actor(role, caller.person)


def insider(caller: Caller, file: FileParties) -> Actor:
    """The caller as somebody who reads this case as staff or the auditor; NotFound for others."""
    if seat(caller, file) not in {Seat.STAFF, Seat.AUDITOR} or caller.person is None:
        raise not_found()
    known = (Role.SENIOR_REVIEWER, Role.REVIEWER, Role.OPERATOR, Role.AUDITOR)
    return Actor(next(role for role in known if role in caller.roles), caller.person)


def unmasker(caller: Caller, file: FileParties) -> Actor:
    """The caller as somebody who may look at who a reporter is; for others there is no such thing.

    Only senior reviewers and operators, and nobody in a case of their own.
    """
    if not caller.has(*UNMASKERS) or caller.person is None:
        raise not_found()
    if seat(caller, file) is not Seat.STAFF:
        raise not_found()
    role = Role.SENIOR_REVIEWER if Role.SENIOR_REVIEWER in caller.roles else Role.OPERATOR
    return Actor(role, caller.person)


def bringer(caller: Caller, file: FileParties) -> Actor:
    """The caller as somebody who may add to a case's file: its parties, its handlers, the app."""
    if caller.person is None and caller.has(Role.APP):
        return Actor(Role.APP)
    chair = seat(caller, file)
    if chair in {Seat.REPORTER, Seat.RESPONDENT}:
        return Actor(Role(chair.value), caller.person)
    return decider(caller, file)


def party(caller: Caller, file: FileParties, wanted: Seat) -> Actor:
    """The caller as the reporter or the respondent of a case; NotFound for anybody else."""
    if seat(caller, file) is not wanted:
        raise not_found()
    return Actor(Role(wanted.value), caller.person)


def keeper(caller: Caller) -> Actor:
    """The caller as the owner of their own journal; the holder of a code has none."""
    if caller.person is None or caller.only_case is not None:
        raise not_found()
    return Actor(Role.KEEPER, caller.person)


def may_read_desk(caller: Caller) -> None:
    """The desk is for staff and the auditor; for others there is no desk."""
    if not caller.has(*READERS, Role.AUDITOR):
        raise not_found()


def must_be(caller: Caller, *roles: Role) -> None:
    """Only these roles; for others there is no such thing."""
    if not caller.has(*roles):
        raise not_found()


def firm_account(caller: Caller) -> Actor:
    """The caller as an account that acts for its own firm; the holder of a code has none."""
    if caller.person is None or caller.only_case is not None:
        raise not_found()
    return Actor(Role.FIRM, caller.person)


def member(caller: Caller, members: Collection[PersonId]) -> Actor:
    """The caller as a member of an organisation; for everybody else there is no such thing.

    Staff of the installation are no members: an organisation's disputes are its own affair.
    """
    if caller.person is None or caller.only_case is not None or caller.person not in members:
        raise not_found()
    return Actor(Role.MEMBER, caller.person)
