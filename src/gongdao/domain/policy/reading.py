"""
Reading a rule pack: the texts of its files in, the pack out, or every problem with its line.

A pack is a folder: `pack.yaml`, and for an operator's own community also `cases.yaml`,
`notices.yaml`, `contact.yaml`, `guidance.yaml`, `pictures.yaml`, `exhibits.yaml`, `linting.yaml`,
`drafts.yaml`, `journal.yaml`, `standard.yaml`, `forecast.yaml`, `questions.yaml`,
`counter_notices.yaml`, `firms.yaml`, `dispute_templates.yaml`, `organisations.yaml`,
`afterwards.yaml`, `follow_up.yaml`, `negotiation.yaml`, `dispute_chain.yaml`, `standing.yaml`,
`training.yaml`, and `statement.yaml` with the words of its decisions. Whoever calls brings the
content of the files; nothing here touches a disk.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

import yaml
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.policy.afterwards import AfterwardsPolicy
from gongdao.domain.policy.checks import (
    CASES_CHECKS,
    COUNTER_NOTICES_CHECKS,
    DRAFTS_CHECKS,
    ELIGIBILITY_CHECKS,
    LINTING_CHECKS,
    NOTICES_CHECKS,
    PACK_CHECKS,
    QUESTIONS_CHECKS,
    STANDARD_CHECKS,
    WAYS_BACK_CHECKS,
)
from gongdao.domain.policy.contact import ContactPolicy
from gongdao.domain.policy.counter_notices import CounterNoticePolicy
from gongdao.domain.policy.dispute_chain import DisputeChainPolicy
from gongdao.domain.policy.dispute_templates import DisputeTemplatePolicy
from gongdao.domain.policy.drafts import DraftPolicy
from gongdao.domain.policy.eligibility import EligibilityPolicy
from gongdao.domain.policy.evidence_standard import EvidenceStandard
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.domain.policy.firms import FirmPolicy
from gongdao.domain.policy.follow_up_shape import FollowUpPolicy
from gongdao.domain.policy.forecast import ForecastPolicy
from gongdao.domain.policy.guidance import GuidancePolicy
from gongdao.domain.policy.journal import JournalPolicy
from gongdao.domain.policy.linting import LintingPolicy
from gongdao.domain.policy.model import CasePolicy, Code
from gongdao.domain.policy.negotiation import NegotiationPolicy
from gongdao.domain.policy.nodes import Document, read
from gongdao.domain.policy.organisations import OrganisationPolicy
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.pictures import PicturePolicy
from gongdao.domain.policy.problems import Problem, from_validation, written_path
from gongdao.domain.policy.protection import ProtectionPolicy
from gongdao.domain.policy.questions import QuestionPolicy
from gongdao.domain.policy.screening import ScreeningPolicy
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.policy.statement_words import StatementTexts
from gongdao.domain.policy.templates import NoticeTemplate
from gongdao.domain.policy.training import TrainingPolicy
from gongdao.domain.policy.verification import VerificationPolicy
from gongdao.domain.policy.ways import WaysPolicy
from gongdao.domain.policy.ways_back import WaysBackPolicy
from gongdao.domain.policy.weights import Weights

PACK, CASES, NOTICES = "pack.yaml", "cases.yaml", "notices.yaml"
STATEMENT, CONTACT, GUIDANCE = "statement.yaml", "contact.yaml", "guidance.yaml"
PICTURES, EXHIBITS = "pictures.yaml", "exhibits.yaml"
LINTING, DRAFTS = "linting.yaml", "drafts.yaml"
JOURNAL, STANDARD, FORECAST = "journal.yaml", "standard.yaml", "forecast.yaml"
VERIFICATION, WAYS = "verification.yaml", "ways.yaml"
QUESTIONS, WAYS_BACK = "questions.yaml", "ways_back.yaml"
COUNTER_NOTICES, FIRMS = "counter_notices.yaml", "firms.yaml"
NEGOTIATION = "negotiation.yaml"
DISPUTE_CHAIN = "dispute_chain.yaml"
DISPUTE_TEMPLATES, ORGANISATIONS = "dispute_templates.yaml", "organisations.yaml"
AFTERWARDS = "afterwards.yaml"
FOLLOW_UP = "follow_up.yaml"
ELIGIBILITY = "eligibility.yaml"
SCREENING = "screening.yaml"
STANDING, TRAINING = "standing.yaml", "training.yaml"
PROTECTION = "protection.yaml"
FILES = (
    PACK, CASES, NOTICES, STATEMENT, CONTACT, GUIDANCE, PICTURES, EXHIBITS, LINTING, DRAFTS,
    JOURNAL, STANDARD, VERIFICATION, WAYS, FORECAST,
    QUESTIONS, WAYS_BACK, COUNTER_NOTICES, FIRMS,
    DISPUTE_TEMPLATES, ORGANISATIONS, AFTERWARDS, FOLLOW_UP, NEGOTIATION,
    DISPUTE_CHAIN, ELIGIBILITY, SCREENING, STANDING, TRAINING, PROTECTION,
)  # fmt: skip
_PARTS = {
    "cases": CASES,
    "notices": NOTICES,
    "statement": STATEMENT,
    "contact": CONTACT,
    "guidance": GUIDANCE,
    "pictures": PICTURES,
    "exhibits": EXHIBITS,
    "linting": LINTING,
    "drafts": DRAFTS,
    "journal": JOURNAL,
    "standard": STANDARD,
    "verification": VERIFICATION,
    "ways": WAYS,
    "forecast": FORECAST,
    "questions": QUESTIONS,
    "ways_back": WAYS_BACK,
    "counter_notices": COUNTER_NOTICES,
    "firms": FIRMS,
    "negotiation": NEGOTIATION,
    "dispute_templates": DISPUTE_TEMPLATES,
    "organisations": ORGANISATIONS,
    "afterwards": AFTERWARDS,
    "follow_up": FOLLOW_UP,
    "dispute_chain": DISPUTE_CHAIN,
    "eligibility": ELIGIBILITY,
    "screening": SCREENING,
    "standing": STANDING,
    "training": TRAINING,
    "protection": PROTECTION,
}
"""Parts of a pack with a file of their own."""

Check = Callable[[Document], Iterator[Problem]]
Content = str | bytes


class _Notices(RootModel[Mapping[Code, NoticeTemplate]]):
    """notices.yaml: a notice's code, and its template."""

    model_config = ConfigDict(frozen=True)


_MODELS: Mapping[str, tuple[type[BaseModel], Sequence[Check]]] = {
    PACK: (RulePack, PACK_CHECKS),
    CASES: (CasePolicy, CASES_CHECKS),
    NOTICES: (_Notices, NOTICES_CHECKS),
    STATEMENT: (StatementTexts, ()),
    CONTACT: (ContactPolicy, ()),
    GUIDANCE: (GuidancePolicy, ()),
    PICTURES: (PicturePolicy, ()),
    EXHIBITS: (ExhibitPolicy, ()),
    LINTING: (LintingPolicy, LINTING_CHECKS),
    DRAFTS: (DraftPolicy, DRAFTS_CHECKS),
    JOURNAL: (JournalPolicy, ()),
    STANDARD: (EvidenceStandard, STANDARD_CHECKS),
    VERIFICATION: (VerificationPolicy, ()),
    WAYS: (WaysPolicy, DRAFTS_CHECKS),
    FORECAST: (ForecastPolicy, ()),
    QUESTIONS: (QuestionPolicy, QUESTIONS_CHECKS),
    WAYS_BACK: (WaysBackPolicy, WAYS_BACK_CHECKS),
    COUNTER_NOTICES: (CounterNoticePolicy, COUNTER_NOTICES_CHECKS),
    FIRMS: (FirmPolicy, ()),
    NEGOTIATION: (NegotiationPolicy, DRAFTS_CHECKS),
    DISPUTE_TEMPLATES: (DisputeTemplatePolicy, DRAFTS_CHECKS),
    ORGANISATIONS: (OrganisationPolicy, DRAFTS_CHECKS),
    AFTERWARDS: (AfterwardsPolicy, DRAFTS_CHECKS),
    FOLLOW_UP: (FollowUpPolicy, ()),
    DISPUTE_CHAIN: (DisputeChainPolicy, DRAFTS_CHECKS),
    ELIGIBILITY: (EligibilityPolicy, ELIGIBILITY_CHECKS),
    SCREENING: (ScreeningPolicy, ()),
    STANDING: (StandingPolicy, ()),
    TRAINING: (TrainingPolicy, ()),
    PROTECTION: (ProtectionPolicy, ()),
}


def check_pack(files: Mapping[str, Content], origin: str) -> list[Problem]:
    """
    Every problem of one pack, in the order of files and lines.

    `files` is the folder's content by file name, `origin` the folder below the root of packs:
    `wechat`, or `wechat/2026-05-01` for an older version.
    """
    return sorted(set(_problems(_read_all(files, origin), files, origin)))


def parse_pack(files: Mapping[str, Content], origin: str) -> RulePack:
    """Read one pack; PackInvalid says how many problems it has, and the first of them."""
    documents = _read_all(files, origin)
    problems = sorted(set(_problems(documents, files, origin)))
    if problems:
        raise PackInvalid(
            "pack.invalid",
            "{origin} has {count} problems, first {first} Run gongdao packs check to see them all.",
            origin=origin,
            count=len(problems),
            first=str(problems[0]),
        )
    return _built(documents)


def read_weights(text: Content, origin: str) -> Weights:
    """Read the triage part of a cases.yaml by itself; PackInvalid names the first problem."""
    document = read(origin, text)
    data = document.data
    if isinstance(data, dict) and set(data) == {"triage"}:
        data = data["triage"]
    try:
        return Weights.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise PackInvalid(
            "triage.bad_weights",
            hint_noop("{origin} cannot be read: {where} – {what}"),
            origin=origin,
            where=".".join(str(part) for part in first["loc"]) or "–",
            what=first["msg"],
        ) from error


def dump_weights(weights: Weights) -> str:
    """Write weights as the text that reads as the same weights."""
    plain = json.loads(weights.model_dump_json(by_alias=True, exclude_defaults=True))
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def dump_pack(pack: RulePack) -> dict[str, str]:
    """Write a pack as the files that read as the same pack."""
    plain = json.loads(pack.model_dump_json(by_alias=True, exclude_defaults=True))
    parts = {name: plain.pop(key, None) for key, name in _PARTS.items()} | {PACK: plain}
    return {name: _yaml(data) for name, data in parts.items() if data}


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _read_all(files: Mapping[str, Content], origin: str) -> dict[str, Document]:
    return {name: read(f"{origin}/{name}", files[name]) for name in FILES if name in files}


def _built(documents: Mapping[str, Document]) -> RulePack:
    data = documents[PACK].data
    whole = dict(data) if isinstance(data, dict) else {}
    whole |= {key: documents[name].data for key, name in _PARTS.items() if name in documents}
    return RulePack.model_validate(whole)


def _problems(
    documents: Mapping[str, Document], files: Mapping[str, Content], origin: str
) -> Iterator[Problem]:
    yield from _of_the_folder(files, origin)
    for name, document in documents.items():
        yield from _of_one(name, document)
    if PACK in documents:
        yield from _of_the_place(documents[PACK], origin)


def _of_the_folder(files: Mapping[str, Content], origin: str) -> Iterator[Problem]:
    if PACK not in files:
        hint = "A pack is a folder with a pack.yaml."
        yield Problem(f"{origin}/{PACK}", 0, "", "pack.missing", "there is no such file", hint)
    for name in sorted(set(files) - set(FILES)):
        hint = f"Files here are called {', '.join(FILES)}."
        what = "no such file belongs here"
        yield Problem(f"{origin}/{name}", 0, "", "pack.unknown_file", what, hint)


def _of_one(name: str, document: Document) -> Iterator[Problem]:
    """What is wrong in one file: the YAML, the checks, then what the types say."""
    for flaw in document.flaws:
        path = written_path(flaw.path)
        yield Problem(document.file, flaw.line, path, flaw.code, flaw.what, flaw.hint)
    if document.data is None:
        return
    model, checks = _MODELS[name]
    found = [problem for check in checks for problem in check(document)]
    yield from found
    said = {written_path(flaw.path) for flaw in document.flaws}
    # A model's own cross-check stops at its first finding and knows no line below itself.
    said |= {""} if found else set()
    yield from (p for p in _of_the_types(model, document) if p.path not in said)


def _of_the_types(model: type[BaseModel], document: Document) -> Iterator[Problem]:
    data = document.data
    if model is RulePack and isinstance(data, dict):
        data = {key: value for key, value in data.items() if key not in _PARTS}
    try:
        model.model_validate(data)
    except ValidationError as error:
        yield from from_validation(error, document, model)


def _of_the_place(pack: Document, origin: str) -> Iterator[Problem]:
    """A pack lies in the folder of its platform; an older version in a folder of its version."""
    if not isinstance(pack.data, dict):
        return
    for key in _PARTS:
        if key in pack.data:
            hint = f"Move it into {key}.yaml."
            yield _misplaced(pack, key, f"{key} does not belong here", hint)
    platform, _, version = origin.partition("/")
    if "platform" in pack.data and pack.data["platform"] != platform:
        what = f"the platform is not {platform}, the folder's name"
        yield _misplaced(pack, "platform", what, "Rename one of the two.")
    if version and "version" in pack.data and str(pack.data["version"]) != version:
        what = f"the version is not {version}, the folder's name"
        yield _misplaced(pack, "version", what, "Rename one of the two.")


def _misplaced(pack: Document, key: str, what: str, hint: str) -> Problem:
    return Problem(pack.file, pack.line((key,)), key, "pack.misplaced", what, hint)
