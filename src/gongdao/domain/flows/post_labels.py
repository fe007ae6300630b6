"""What people who looked say of findings, kept as labels.

A withheld text needs none of its own: the decision that withholds it teaches, as does its review.
"""

from gongdao.domain.flows.post_views import found_of
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.screening.labels import Label, Noted, Said
from gongdao.domain.screening.posts import HeldPost


def release_says(r: Records, post: HeldPost, by: PersonId | None) -> None:
    """A reviewer let it appear: no finding in it was right."""
    found = found_of(r, post)
    for category in dict.fromkeys(each.category for each in found):
        noted = [each for each in found if each.category is category]
        r.labels.keep(
            Label(
                id=r.new_id(),
                text=post.look.text,
                category=category,
                true=False,
                said=Said.RULING,
                of=post.id,
                at=r.clock(),
                findings=tuple(Noted(each.category, each.evidence, each.score) for each in noted),
                by=by,
                author=post.author,
            )
        )
