"""Whether the lower end of a screen is seen: the line or the keys that telephones draw there.

    ./dev bench evidence bottom

Over both halves of the hard set, but for what was photographed: there it is not looked for. To
those that show neither come all the others with their lower end cut off, at four heights.
"""

import io
import time

from bench._figures import figure, say
from bench.hard_set.drawing import missing_packages
from bench.hard_set.making import Made, make, names
from PIL import Image

from gongdao.adapters.picture_files.bottom_bar import bottom_bar

CUTS = (0.02, 0.05, 0.13, 0.31)
"""Shares of the height that are cut off; the least takes the line and the keys away."""
VIEW = 1600
"""Points of the longer side of what is looked at, as the vault draws it; more where it is long."""
SLIM, LONGEST = 2.5, 12_000


def viewed(made: Made) -> Image.Image:
    """The picture as the vault draws it to be looked at."""
    with Image.open(io.BytesIO(made.picture)) as picture:
        view = picture.convert("RGB")
    longest = LONGEST if view.height > view.width * SLIM else VIEW
    view.thumbnail((VIEW, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    view.save(out, "WEBP", quality=80)
    return Image.open(out).convert("RGB")


def main() -> None:
    """Look at all of them, and print what was seen."""
    if missing := missing_packages():
        raise SystemExit(f"The set's fonts are missing: apt-get install {' '.join(missing)}")
    shown = seen = without = false = 0
    spent = 0.0
    for name in [*names("tune"), *names("check")]:
        made = make(name)
        if made.spec.spoiled == "photographed":
            continue
        view = viewed(made)
        begun = time.process_time()
        found = bottom_bar(view)
        spent += time.process_time() - begun
        if made.spec.bottom and made.spec.spoiled != "cut":
            shown += 1
            seen += found is not None
            if found is None:
                say(f"{name}: not seen")
        else:
            without += 1
            false += found is not None
            if found is not None:
                say(f"{name}: {found.says} where there is none")
        for cut in CUTS:
            without += 1
            wrong = bottom_bar(view.crop((0, 0, view.width, round(view.height * (1 - cut)))))
            false += wrong is not None
            if wrong is not None:
                say(f"{name} cut by {cut:.0%}: {wrong.says}")
    figure("bottom.seen", 100 * seen / shown, "%", "≥ 90", f"of {shown} that show it: wanted", 90)
    figure("bottom.false", 100 * false / without, "%", "0", f"of {without} without: allowed", 0)
    figure("bottom.cpu.s", spent / (shown + without), "s", "–", "a picture takes", spent)


if __name__ == "__main__":
    main()
