"""The words for findings. They say what was seen, and never what it proves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.evidence.findings import About, Found
from gongdao.web import words

ABOUT: words.Words = {
    "clock": gettext_lazy("Device's time"),
    "whole": gettext_lazy("Whole screen"),
    "layout": gettext_lazy("Platform"),
    "moment": gettext_lazy("Date or time"),
    "amount": gettext_lazy("Amount"),
    "number": gettext_lazy("Number"),
    "times": gettext_lazy("Times beside one another"),
    "camera": gettext_lazy("Written by a camera"),
    "alike": gettext_lazy("Likely used before"),
    "personal": gettext_lazy("Personal data"),
}
_SAYS: words.Words = {
    "clock.status_bar": gettext_lazy("Stands in the status bar."),
    "clock.lock_screen": gettext_lazy("Stands on the lock screen."),
    "clock.shade": gettext_lazy("Stands above the notifications."),
    "clock.none": gettext_lazy("No time was found that is surely the device's."),
    "whole.whole": gettext_lazy("A device's time is in view, and the shape is a telephone's."),
    "whole.not_clock": gettext_lazy("The upper end with the device's time was not seen."),
    "whole.not_shape": gettext_lazy("Not the shape of one screen: cut, or put together."),
    "whole.not_clock_shape": gettext_lazy("Neither the upper end nor the shape of one screen."),
    "moment.moment": gettext_lazy("Stands in the picture."),
    "amount.amount": gettext_lazy("Stands in the picture."),
    "number.order": gettext_lazy("Number of an order"),
    "number.transaction": gettext_lazy("Number of a payment"),
    "number.merchant": gettext_lazy("The merchant's own number"),
    "number.event": gettext_lazy("Number of a complaint or matter"),
    "number.parcel": gettext_lazy("Number of a parcel"),
    "times.same_day": gettext_lazy("Shows a day that the report names, or one beside it."),
    "times.other_days": gettext_lazy("The picture shows other days than the report names."),
    "times.after_upload": gettext_lazy("The picture shows a day after it was handed in."),
    "times.after_clock": gettext_lazy("A time in it is later than the device's: the day before?"),
    "camera.taken_at": gettext_lazy("Taken then, by the camera's clock. Anybody can change it."),
    "camera.device": gettext_lazy("With this device. Anybody can change it."),
    "camera.software": gettext_lazy("Saved by this program. Many programs do so."),
    "camera.placed": gettext_lazy("The file says where it was taken. A copy made here does not."),
    "alike.picture": gettext_lazy("Nearly the same picture is in another case."),
    "alike.text": gettext_lazy("A picture with much of the same text is in another case."),
    "alike.both": gettext_lazy("Nearly the same picture, with the same text, is in another case."),
}  # fmt: skip
_KINDS: words.Words = {
    "resident_id": gettext_lazy("Resident id"),
    "phone": gettext_lazy("Telephone number"),
    "bank_card": gettext_lazy("Bank card"),
    "email": gettext_lazy("E-mail address"),
    "plate": gettext_lazy("Number plate"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
}
_REASONS: words.Words = {
    "checksum": gettext_lazy("its check digit fits"),
    "numbering_plan": gettext_lazy("such a number exists"),
    "card_in_context": gettext_lazy("its check digit fits and words beside it speak of a card"),
    "form": gettext_lazy("it has this form"),
    "known_party": gettext_lazy("somebody in this case is called so"),
    "cue_word": gettext_lazy("a word beside it says so"),
}
_SCREENS: words.Words = {
    "chat": gettext_lazy("a chat"),
    "bill": gettext_lazy("the details of a payment"),
    "order": gettext_lazy("the details of an order"),
    "reviews": gettext_lazy("reviews"),
}
MISSED: words.Words = {
    "waiting": gettext_lazy("Nobody has looked at it yet. That takes a minute or two."),
    "reading.not_installed": gettext_lazy("Not analysed: the reader of pictures is not installed."),
    "reading.not_started": gettext_lazy("Not analysed: the reader of pictures did not start."),
    "reading.interrupted": gettext_lazy("Not analysed: reading took too long or broke off."),
    "reading.no_picture": gettext_lazy("Not analysed: the picture could not be opened."),
}  # fmt: skip
_HIGH, _MEDIUM = 0.9, 0.7


def sentence(found: Found) -> str:
    """What a finding says."""
    if found.about is About.PERSONAL:
        kind, _dot, reason = found.says.partition(".")
        return _("%(kind)s: %(reason)s") % {
            "kind": words.said(_KINDS, kind),
            "reason": words.said(_REASONS, reason),
        }
    if found.about is About.LAYOUT:
        platform, _dot, screen = found.says.partition(".")
        return _("Its words are those of %(platform)s: %(screen)s") % {
            "platform": platform,
            "screen": words.said(_SCREENS, screen),
        }
    return words.said(_SAYS, f"{found.about.value}.{found.says}")


def sure(confidence: float) -> str:
    """How sure the program is, in a word."""
    if confidence >= _HIGH:
        return _("surely read")
    return _("likely") if confidence >= _MEDIUM else _("unsure")
