"""What a paper must bring to be effective, and how much it may hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongdao.domain.counter_notices.events import Enclosure, Paper, Proof
from gongdao.domain.counter_notices.identity import Identity, number_is_well_formed
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.policy.counter_notices import CounterNoticePolicy, ProofRule, Right, Sizes

NAME, NUMBER, CONTACT = "identity.name", "identity.number", "identity.contact"
ITEMS, STATEMENT, FILES = "items", "statement", "files"
VOUCHED = "bona_fide"


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper says, before anything of it is sealed."""

    identity: Identity
    statement: str
    proofs: Mapping[str, str]
    files: int
    bona_fide: bool
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The same once its texts were sealed and its files are in the store."""

    identity: Sealed
    statement: Sealed
    proofs: tuple[Proof, ...]
    files: tuple[Enclosure, ...]
    items: tuple[Sealed, ...] = ()


def right_of(policy: CounterNoticePolicy, code: str) -> Right:
    """A kind of right that the pack has."""
    right = policy.right(code)
    if right is None:
        raise Refused("rights_notice.unknown_right", hint_noop("Choose one of the listed rights."))
    return right


def missing_in(told: Told, asked: Iterable[ProofRule], *, with_items: bool) -> list[str]:
    """What a paper lacks to be effective, by code; nothing if it has all that the law asks for."""
    who = told.identity
    needed = (
        (NAME, who.name),
        (NUMBER, who.number),
        (CONTACT, who.contact),
        (STATEMENT, told.statement),
        *((rule.code, told.proofs.get(rule.code, "")) for rule in asked if rule.required),
    )
    missing = [code for code, value in needed if not value.strip()]
    if with_items and not any(item.strip() for item in told.items):
        missing.append(ITEMS)
    if told.files < 1:
        missing.append(FILES)
    if not told.bona_fide:
        missing.append(VOUCHED)
    return missing


def check_paper(policy: CounterNoticePolicy, told: Told, right: Right, paper: Paper) -> None:
    """Refused where a paper would not be effective: it says what is missing, and does nothing."""
    asked = right.notice if paper is Paper.NOTICE else right.counter
    missing = missing_in(told, asked, with_items=paper is Paper.NOTICE)
    if missing:
        raise Refused(
            "rights_notice.incomplete",
            hint_noop("It has no effect yet, and nothing is taken down. Missing: {missing}."),
            missing=", ".join(missing),
        )
    check_sizes(policy.sizes, told)
    if not number_is_well_formed(told.identity.party, told.identity.number):
        raise Refused(
            "rights_notice.bad_number",
            hint_noop("Check the number of the document or of the firm: a digit is wrong."),
        )
    unknown = set(told.proofs) - {rule.code for rule in asked}
    if unknown:
        raise Refused(
            "rights_notice.unknown_proof",
            hint_noop("Nobody asks for {unknown} here. Use the listed names."),
            unknown=", ".join(sorted(unknown)),
        )


def check_sizes(sizes: Sizes, told: Told) -> None:
    """Refused where something is too long, too short or too many."""
    who = told.identity
    bounds = (
        (NAME, who.name, 1, sizes.name_max),
        (NUMBER, who.number, sizes.number_min, sizes.number_max),
        (CONTACT, who.contact, 1, sizes.contact_max),
        (STATEMENT, told.statement, sizes.statement_min, sizes.statement_max),
        *((code, text, 0, sizes.proof_max) for code, text in told.proofs.items()),
        *((ITEMS, item, 1, sizes.item_max) for item in told.items),
    )
    for field, text, least, most in bounds:
        check_length(field, text, least, most)
    if "@" not in who.contact.strip().strip("@"):
        raise Refused(
            "rights_notice.bad_contact",
            hint_noop(
                "Give an e-mail address: what the law lets run begins when a letter arrives."
            ),
        )
    check_count(ITEMS, len(told.items), sizes.items_max)
    check_count(FILES, told.files, sizes.files_max)


def check_length(field: str, text: str, least: int, most: int) -> None:
    """Refused where a text has too few or too many characters."""
    if not least <= len(text.strip()) <= most:
        raise Refused(
            "rights_notice.length",
            hint_noop("{field} needs {least} to {most} characters; it has {length} now."),
            field=field,
            least=least,
            most=most,
            length=len(text.strip()),
        )


def check_count(field: str, count: int, most: int) -> None:
    """Refused where there are too many of something."""
    if count > most:
        raise Refused(
            "rights_notice.too_many",
            hint_noop("{field}: at most {most}. Give a second notice for the rest."),
            field=field,
            most=most,
        )
