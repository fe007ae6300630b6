"""The doors in the header: what the public can come here for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Door:
    """One door: the url's name, the word in the header, and what one can do behind it."""

    name: str
    """The name of its url; the door of a whole area is named like the area."""
    word: str | Promise
    promise: str | Promise


DOORS = (
    Door("report", _("Report"), _("Report an account, a post, a message, a group or a review.")),
    Door("track", _("Track"), _("See where your report stands with the code on your receipt.")),
    Door("appeal", _("Appeal"), _("Ask for a decision about you to be reviewed by someone else.")),
    Door("merchants", _("Merchants"), _("Answer complaints and dispute unfair reviews.")),
    Door("rules", _("Rules"), _("Read the rules and compare those of other platforms.")),
    Door("open_data", _("Open data"), _("How many reports, how fast, how many overturned.")),
)


def door(name: str) -> Door:
    """The door of that name; KeyError if there is none."""
    return {each.name: each for each in DOORS}[name]
