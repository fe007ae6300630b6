"""Disputes with outside platforms, in figures: one part at a time.

./dev bench disputes PART
"""

import sys
from importlib import import_module
from pathlib import Path


def parts() -> list[str]:
    """What can be measured."""
    return sorted(
        path.stem.removeprefix("_disputes_")
        for path in Path(__file__).parent.glob("_disputes_*.py")
    )


def main() -> None:
    """Measure the part that is named."""
    if len(sys.argv) < 2 or sys.argv[1] not in parts():
        raise SystemExit(f"bench disputes takes one of: {', '.join(parts())}")
    import_module(f"bench._disputes_{sys.argv[1]}").main()


if __name__ == "__main__":
    main()
