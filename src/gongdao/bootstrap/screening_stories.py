"""The stories of texts that wait before they appear, and of what is learned from them."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from gongdao.adapters.screening.model_shelf import ModelShelf
from gongdao.bootstrap.own_models import OwnModels
from gongdao.bootstrap.screening_now import ScreeningNow
from gongdao.domain.flows.deciding import Deciding
from gongdao.domain.flows.drift_watch import DriftWatch
from gongdao.domain.flows.graded import extra_delay, posts_per_day
from gongdao.domain.flows.handing_in import HandingIn
from gongdao.domain.flows.investigating import Investigating
from gongdao.domain.flows.post_looks import PostLooks
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.retiring import Retiring
from gongdao.domain.flows.shadow_runs import ShadowRuns
from gongdao.domain.flows.teaching import Teaching


@dataclass(frozen=True, slots=True, repr=False)
class ScreeningStories:
    """One field a story."""

    records: Records
    posts: HandingIn
    looks: PostLooks
    now: ScreeningNow
    teaching: Teaching
    retiring: Retiring
    models: OwnModels
    drift: DriftWatch

    def tidy(self) -> int:
        """Propose entries, tell of drift, forget old samples; how many things were done.

        Where the pack lets nothing be noted any more, nothing that was noted is kept.
        """
        done, shadow, r = (
            self.retiring.round() + self.drift.watch(),
            self.now.policy().shadow,
            self.records,
        )
        days = timedelta(days=shadow.keep_days if shadow else 0)
        with r.work():
            return done + r.samples.forget(r.clock() - days)


def screening_stories(
    r: Records, reporting: Reporting, investigating: Investigating, deciding: Deciding
) -> ScreeningStories:
    """Join them to the records."""
    now = ScreeningNow(r, ModelShelf(_folder(), r.files))
    runs = ShadowRuns(r, now.policy, lambda: now.versions()[1])
    return ScreeningStories(
        records=r,
        posts=HandingIn(
            r,
            now.look,
            now.versions,
            partial(extra_delay, r),
            now.own_words,
            partial(posts_per_day, r),
        ),
        looks=PostLooks(r, reporting, investigating, deciding),
        now=now,
        teaching=Teaching(r, lambda text: now.find(text).findings),
        retiring=Retiring(r, now.given, now.forget),
        models=OwnModels(now, runs),
        drift=DriftWatch(r, runs, now.live),
    )


def _folder() -> Path:
    """Where the installation's own models lie."""
    from django.conf import settings  # noqa: PLC0415 – settings exist once Django is set up

    folder: Path = settings.CONFIG.data / "screening"
    return folder
