"""The words for findings. They say what was seen, and never what it proves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.evidence.findings import About, Found
from gongdao.web import words

ABOUT: words.Words = {
    "clock": gettext_lazy("Device's time"),
    "whole": gettext_lazy("Whole screen"),
    "bottom": gettext_lazy("Lower end of the screen"),
    "layout": gettext_lazy("Platform"),
    "moment": gettext_lazy("Date or time"),
    "amount": gettext_lazy("Amount"),
    "number": gettext_lazy("Number"),
    "times": gettext_lazy("Times beside one another"),
    "camera": gettext_lazy("Written by a camera"),
    "alike": gettext_lazy("Likely used before"),
    "personal": gettext_lazy("Personal data"),
    "document": gettext_lazy("The file itself"),
    "chat": gettext_lazy("Chat"),
    "sound": gettext_lazy("Sound recording"),
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
    "bottom.home_indicator": gettext_lazy("The line is in view that telephones draw there."),
    "bottom.navigation_keys": gettext_lazy("The three keys that telephones draw are in view."),
    "bottom.none": gettext_lazy("Neither line nor keys were seen: cut off, or the app hid them."),
    "moment.moment": gettext_lazy("Stands in it."),
    "amount.amount": gettext_lazy("Stands in it."),
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
    "chat.chat": gettext_lazy("messages were read."),
    "chat.nobody": gettext_lazy("passages before which nobody is named."),
    "chat.no_day": gettext_lazy("messages without a day."),
    "chat.no_time": gettext_lazy("messages without a time."),
    "chat.backwards": gettext_lazy("messages earlier than the one before them."),
    "chat.head_like": gettext_lazy("messages in which another may begin that was not recognised."),
    "chat.cut": gettext_lazy("There are more messages than are read."),
    "sound.length": gettext_lazy("So long it is. What is said in it was not written down."),
    "sound.no_length": gettext_lazy("The file does not say how long it is."),
    "sound.no_waveform": gettext_lazy("No waveform: sound of this kind is not decoded here."),
    "document.pages": gettext_lazy("Pages."),
    "document.pages_cut": gettext_lazy("Pages were read, of so many."),
    "document.pages_broken": gettext_lazy("Pages could not be read, of so many."),
    "document.pages_without_text": gettext_lazy("Pages hold no text, of so many: scans?"),
    "document.no_text": gettext_lazy("No text is in it. A scan has to be read as a picture."),
    "document.sheets": gettext_lazy("Sheets."),
    "document.sheets_hidden": gettext_lazy("Sheets are hidden in the program. They are read too."),
    "document.sheets_cut": gettext_lazy("Sheets were read, of so many."),
    "document.cells_cut": gettext_lazy("Cells were read, and there are more."),
    "document.formulas": gettext_lazy("Cells hold a formula. Its last saved value is shown."),
    "document.slides": gettext_lazy("Slides."),
    "document.slides_hidden": gettext_lazy("Slides are hidden in the program. They are read too."),
    "document.slides_cut": gettext_lazy("Slides were read, of so many."),
    "document.taken_back": gettext_lazy("Passages were deleted and still lie in the file."),
    "document.macros": gettext_lazy("It holds macros. They were not run."),
    "document.files_cut": gettext_lazy("Parts of it are too large, and were read in part."),
    "document.lines_cut": gettext_lazy("Lines were read, of so many."),
    "document.bytes_cut": gettext_lazy("Bytes were read, of so many."),
    "document.page": gettext_lazy("A saved web page: its words were read, and nothing in it ran."),
    "document.sound_cut": gettext_lazy("So long a recording is decoded in part."),
    "document.proposals_cut": gettext_lazy("Proposals are shown, of so many."),
}  # fmt: skip
_KINDS: words.Words = {
    "resident_id": gettext_lazy("Resident id"),
    "phone": gettext_lazy("Telephone number"),
    "bank_card": gettext_lazy("Bank card"),
    "email": gettext_lazy("E-mail address"),
    "plate": gettext_lazy("Number plate"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
}
_REASONS: words.Words = {
    "checksum": gettext_lazy("its check digit fits"),
    "numbering_plan": gettext_lazy("such a number exists"),
    "card_in_context": gettext_lazy("its check digit fits and words beside it speak of a card"),
    "form": gettext_lazy("it has this form"),
    "known_party": gettext_lazy("somebody in this case is called so"),
    "cue_word": gettext_lazy("a word beside it says so"),
    "label": gettext_lazy(
        "of an order, a payment or a matter: hide it only if it leads to a person"
    ),
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
    "reading.broken": gettext_lazy("Not read: the file is damaged, or not what it seems to be."),
    "reading.locked": gettext_lazy("Not read: the file is locked with a password."),
    "reading.took_too_long": gettext_lazy("Not read: it took too long."),
    "reading.no_text": gettext_lazy("Not read: files of this kind hold no text."),
    "reading.film": gettext_lazy("Films are kept as they came, and not analysed."),
    "erased": gettext_lazy("What was found was erased with the data of whoever brought it."),
}  # fmt: skip
_HIGH, _MEDIUM = 0.9, 0.7


def written(found: Found) -> str:
    """What stands in the exhibit; of a chat that is a number, and `sentence` says it."""
    return "" if _counted(found) else found.written


def sentence(found: Found) -> str:
    """What a finding says."""
    if _counted(found):
        return f"{found.written} {words.said(_SAYS, f'{found.about.value}.{found.says}')}"
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


def _counted(found: Found) -> bool:
    return found.about is About.CHAT and found.written.isdecimal() and found.says != "cut"


def sure(confidence: float) -> str:
    """How sure the program is, in a word."""
    if confidence >= _HIGH:
        return _("surely read")
    return _("likely") if confidence >= _MEDIUM else _("unsure")
