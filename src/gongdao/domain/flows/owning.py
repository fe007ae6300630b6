"""Owners of groups: who they are, what they are asked, and what they did (B3).

Three layers: the agreement of the site and its groups, a technical filter, and people. The owner
comes first where that is safe; the case lies before the reviewers all the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import READERS, must_be, not_found
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.group_views import (
    DutyLine,
    GroupView,
    TaskView,
    ToolsChange,
    changes_of,
    tools_changes,
)
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.posts_over_time import PostsOverTime
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case, CaseOpened, CaseStage, Report
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import GroupId, OwnerTaskId, PersonId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.owners import rules
from gongdao.domain.owners.model import (
    Action,
    Group,
    GroupNamed,
    OwnerTask,
    OwnerTaskOpened,
    OwnerTaskStep,
    TaskStage,
    ToolsChanged,
    Why,
)
from gongdao.domain.policy.model import OwnerRule, SubjectKind, Words

_SHOWN = 200
_AT_ONCE = 500
"""Reports that are looked through at once."""
_UNDECIDED = {CaseStage.RECEIVED, CaseStage.INVESTIGATING}
_REF = 24
"""Hex digits of what owners know a task by."""


@dataclass(frozen=True, slots=True)
class Owning:
    """Everything about owners of groups."""

    records: Records
    clocks: Clocks
    announcing: Announcing

    def name(self, ref: str, owners: Sequence[str], name: str, members: int, who: Caller) -> Group:
        """The operator's app says who owns a group; saying the same again changes nothing."""
        must_be(who, Role.APP)
        check_characters(ref, name, *owners)
        rules.check_group(name, owners, members)
        r = self.records
        with r.work():
            key = r.parties.subject_key(SubjectKind.GROUP.value, ref.strip())
            people = tuple(dict.fromkeys(r.parties.by_account(o.strip()) for o in owners))
            held = r.groups.by_key(key)
            if held is not None and self._same(held.now, people, name.strip(), members):
                return held.now
            step = GroupNamed(
                at=r.clock(),
                by=Actor(Role.APP),
                group=held.now.id if held else GroupId(r.new_id()),
                key=key,
                ref=held.now.ref if held else r.texts.seal(ref.strip(), None),
                name=r.texts.seal(name.strip(), None),
                owners=people,
                members=members,
            )
            group = r.groups.add(step.group, [step], after=held.version if held else 0).now
            PostsOverTime(r).owners_changed(group)
            return group

    def case_opened(self, case: Case) -> OwnerTask | None:
        """Ask the owner of the group that a new case lies in, where the pack allows it.

        Called within the unit of work that opened the case. None where no owner is known.
        """
        r = self.records
        rule = r.policy(case.pack).owners
        held = self._group_of(case) if rule else None
        if rule is None or held is None:
            return None
        group, now = held.now, r.clock()
        task = OwnerTaskId(r.new_id())
        shown = rules.shown_from(now)
        why = self._author_unknown(case) or rules.why_skip(
            rule, group, case.category, conflict=self._conflict(group, case)
        )
        if case.category in rule.serious:
            self._take_over(group, case)
        elif why is None and self._serious_beside(rule, group, case):
            why = Why.SERIOUS
        due = shown
        if why is None:
            due = self.clocks.start_owner(case, task, rule, shown).at
        step = OwnerTaskOpened(
            at=now,
            by=Actor(Role.SYSTEM),
            task=task,
            ref=r.parties.subject_key("owner_task", task)[:_REF],
            group=group.id,
            case=case.id,
            category=case.category,
            pack=case.pack,
            shown_from=shown,
            due_at=due,
        )
        steps: list[OwnerTaskStep] = [step, *([rules.skip(why, now)] if why else [])]
        return r.owner_tasks.add(task, steps, after=0).now

    def reports_joined(self, case: Case, reports: Sequence[Report]) -> None:
        """More reports joined a case: whoever owns its group and has a part in it is asked no more.

        Called within the unit of work that let them join, or right after it.
        """
        r = self.records
        for held in r.owner_tasks.of_case(case.id):
            if held.now.stage is TaskStage.OPEN:
                group = r.groups.get(held.now.group).now
                if self._part_in(group, reports):
                    self.clocks.release_task(held, Why.CONFLICT, SYSTEM)

    def _take_over(self, group: Group, case: Case) -> None:
        """What was reported as something serious is the operator's, whatever else it is, too."""
        tasks = self.records.owner_tasks
        for task in tasks.of_group(group.id, _SHOWN):
            if task.stage is TaskStage.OPEN and self._about_the_same(task, case):
                self.clocks.release_task(tasks.get(task.id), Why.SERIOUS, SYSTEM)

    def _serious_beside(self, rule: OwnerRule, group: Group, case: Case) -> bool:
        """Whether the same subject is reported as something serious, and not decided yet."""
        r = self.records
        return any(
            self._about_the_same(task, case) and r.cases.get(task.case).now.stage in _UNDECIDED
            for task in r.owner_tasks.of_group(group.id, _SHOWN)
            if task.category in rule.serious
        )

    def _about_the_same(self, task: OwnerTask, case: Case) -> bool:
        step = self.records.cases.history(task.case)[0].event
        return isinstance(step, CaseOpened) and step.subject.key == case.subject.key

    def missed(self, task: OwnerTaskId) -> None:
        """The owner's time passed unused: the case is overdue at the desk from now on."""
        r = self.records
        held = r.owner_tasks.get(task)
        r.owner_tasks.add(task, rules.miss(held.now, r.clock()), after=held.version)

    def act(self, ref: str, action: Action, note: str, who: Caller) -> None:
        """An owner says what they did about one task."""
        r = self.records
        check_characters(note)
        with r.work():
            held = r.owner_tasks.by_ref(ref)
            group = self._mine(held.now.group, who)
            case = r.cases.get(held.now.case).now
            if not self._visible(held.now, group, case):
                raise not_found()
            said = rules.check_note(note)
            by = Actor(Role.GROUP_OWNER, who.person)
            sealed = r.texts.seal(said, who.person) if said else None
            step = rules.act(held.now, action, sealed, by, r.clock())
            r.owner_tasks.add(held.now.id, [step], after=held.version)
            self.clocks.end_owner(held.now.id, by)

    def set_tools(
        self, group: str, words: str, questions: str, slow_seconds: int, who: Caller
    ) -> None:
        """An owner sets the group's tools; the operator's app is told."""
        r = self.records
        check_characters(words, questions)
        with r.work():
            now = self._mine(GroupId(group), who)
            listed, asked = rules.lines(words), rules.lines(questions)
            rules.check_tools(listed, asked, slow_seconds)
            held = r.groups.get(now.id)
            rules.check_changes([each.at for each in changes_of(r, now.id)], r.clock())
            step = ToolsChanged(
                at=r.clock(),
                by=Actor(Role.GROUP_OWNER, who.person),
                words=r.texts.seal("\n".join(listed), who.person),
                questions=r.texts.seal("\n".join(asked), who.person),
                slow_seconds=slow_seconds,
            )
            kept = r.groups.add(now.id, [step], after=held.version)
            self.announcing.tools(kept.now, kept.version)

    def groups(self, who: Caller) -> list[GroupView]:
        """One's own groups."""
        if who.person is None or who.only_case is not None:
            return []
        return [self._view(group) for group in self.records.groups.of_owner(who.person)]

    def group(self, group: str, who: Caller) -> GroupView:
        """One of them."""
        return self._view(self._mine(GroupId(group), who))

    def named(self, ref: str, who: Caller) -> GroupView:
        """A group by the app's own name of it, for the app, staff and the auditor."""
        must_be(who, Role.APP, *READERS, Role.AUDITOR)
        key = self.records.parties.subject_key(SubjectKind.GROUP.value, ref.strip())
        held = self.records.groups.by_key(key)
        if held is None:
            raise not_found()
        return self._view(held.now, with_owners=True)

    def tasks(self, group: str, who: Caller) -> list[TaskView]:
        """What is reported in a group, for its owner: what waits first, then the latest."""
        r = self.records
        mine = self._mine(GroupId(group), who)
        found = [(t, r.cases.get(t.case).now) for t in r.owner_tasks.of_group(mine.id, _SHOWN)]
        shown = [(t, case) for t, case in found if self._visible(t, mine, case)]
        shown.sort(key=lambda pair: (pair[0].ended_at is not None, pair[0].due_at, pair[0].ref))
        return [self._task(task, case) for task, case in shown]

    def duty(self, group: str, who: Caller) -> list[DutyLine]:
        """What the owners of a group were asked and did: for them, staff and the auditor.

        Staff read also what an owner was never asked, with the reason.
        """
        r = self.records
        staff = who.has(*READERS, Role.AUDITOR)
        held = r.groups.get(group).now
        owner = who.person in held.owners and who.only_case is None
        if not (staff or owner):
            raise not_found()
        tasks = r.owner_tasks.of_group(held.id, _SHOWN)
        if owner:
            tasks = [t for t in tasks if self._visible(t, held, r.cases.get(t.case).now)]
            tasks = [replace(t, why=t.why and Why.CASE_CLOSED) for t in tasks]
        return [_duty(task, self._title(task)) for task in tasks]

    def tools_history(self, group: str, who: Caller) -> list[ToolsChange]:
        """How the tools changed of late, latest first."""
        return tools_changes(self.records, self._mine(GroupId(group), who).id, who)

    def waits_until(self, case: Case) -> datetime | None:
        """Until when a case waits with an owner: a pause of its priority, never of its being seen.

        None if no owner's time runs.
        """
        held = self.records.owner_tasks.of_case(case.id)
        return next((h.now.due_at for h in held if h.now.stage is TaskStage.OPEN), None)

    def _group_of(self, case: Case) -> Held[Group] | None:
        if case.subject.kind is SubjectKind.GROUP:
            return self.records.groups.by_key(case.subject.key)
        key = self.records.reports.get(case.reports[0]).group
        return self.records.groups.by_key(key) if key else None

    def _author_unknown(self, case: Case) -> Why | None:
        unknown = case.respondent is None and case.subject.kind is not SubjectKind.GROUP
        return Why.UNKNOWN_AUTHOR if unknown else None

    def _conflict(self, group: Group, case: Case) -> bool:
        """Whether an owner is reported, reports, or is named in what was reported."""
        if case.respondent in group.owners or set(case.reporters) & set(group.owners):
            return True
        r = self.records
        if self._named(group, [case.subject.ref, case.subject.snapshot]):
            return True
        parts = range(0, len(case.reports), _AT_ONCE)
        return any(
            self._part_in(group, r.reports.several(case.reports[at : at + _AT_ONCE]))
            for at in parts
        )

    def _part_in(self, group: Group, reports: Sequence[Report]) -> bool:
        """Whether an owner sent one of these reports, or is named in one."""
        if {report.reporter for report in reports} & set(group.owners):
            return True
        return self._named(group, [report.statement for report in reports])

    def _named(self, group: Group, texts: Sequence[Sealed]) -> bool:
        r = self.records
        said = "\n".join(r.texts.several(texts).values()).casefold()
        names = {name.casefold() for who in group.owners for name in r.parties.known_as(who)}
        return any(name in said for name in names)

    def _visible(self, task: OwnerTask, group: Group, case: Case) -> bool:
        """Not before its midnight, not if they were never asked, and never in their own case.

        What was shown stays there when the operator takes it over, like what was decided: were it
        gone, its owner could think that somebody had named them.
        """
        if task.shown_from > self.records.clock():
            return False
        if task.ended_at is not None and task.ended_at < task.shown_from:
            return False
        return not (case.respondent in group.owners or set(case.reporters) & set(group.owners))

    def _mine(self, group: GroupId, who: Caller) -> Group:
        held = self.records.groups.get(group).now
        if who.person is None or who.only_case is not None or who.person not in held.owners:
            raise not_found()
        return held

    def _same(self, group: Group, owners: tuple[PersonId, ...], name: str, members: int) -> bool:
        known = self.records.opened(group.name)
        return (group.owners, known, group.members) == (owners, name, members)

    def _view(self, group: Group, *, with_owners: bool = False) -> GroupView:
        r = self.records
        accounts = [r.parties.account(p) or "—" for p in group.owners] if with_owners else []
        waiting = 0
        if not with_owners:
            found = [t for t in r.owner_tasks.of_group(group.id, _SHOWN) if _waits(t)]
            waiting = sum(self._visible(t, group, r.cases.get(t.case).now) for t in found)
            waiting += r.held_posts.how_many_in(group.id, _SHOWN)
        return GroupView(
            id=group.id,
            ref=r.opened(group.ref),
            name=r.opened(group.name),
            members=group.members,
            owners=tuple(accounts),
            words=self._listed(group.words),
            questions=self._listed(group.questions),
            slow_seconds=group.slow_seconds,
            waiting=waiting,
        )

    def _title(self, task: OwnerTask) -> Words:
        category = self.records.policy(task.pack).category(task.category)
        return category.title if category else Words(zh=task.category, en=task.category)

    def _listed(self, seal: Sealed | None) -> tuple[str, ...]:
        return tuple(rules.lines(self.records.texts.open(seal) or "")) if seal else ()

    def _task(self, task: OwnerTask, case: Case) -> TaskView:
        r = self.records
        mask = masking(r, case)
        title = self._title(task)
        return TaskView(
            ref=task.ref,
            subject_kind=case.subject.kind.value,
            subject_ref=mask(r.opened(case.subject.ref)),
            snapshot=mask(r.opened(case.subject.snapshot)),
            category_zh=title.zh,
            category_en=title.en,
            day=_day(task.opened_at),
            due_at=task.due_at,
            stage=task.stage.value,
            action=task.action.value if task.action else None,
            note=r.opened(task.note) if task.note else "",
            late=task.late,
        )


def action_of(code: str) -> Action:
    """An action by its code; Refused for one that there is not."""
    try:
        return Action(code)
    except ValueError:
        raise Refused("owners.unknown_action", hint_noop("Choose one of the answers.")) from None


def _waits(task: OwnerTask) -> bool:
    return task.stage in {TaskStage.OPEN, TaskStage.MISSED}


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _duty(task: OwnerTask, title: Words) -> DutyLine:
    done = task.stage is not TaskStage.SKIPPED
    return DutyLine(
        ref=task.ref,
        code=task.category,
        category_zh=title.zh,
        category_en=title.en,
        asked_on=_day(task.shown_from),
        due_at=task.due_at,
        stage=task.stage.value,
        why=task.why.value if task.why else None,
        action=task.action.value if task.action else None,
        late=task.late,
        ended_at=task.ended_at if done else None,
    )
