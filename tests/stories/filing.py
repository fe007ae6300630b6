"""
A program that files reports until it is killed, and prints each receipt that it was given.

Run by the test of invariant 1, with the address of its database in the environment.
"""

import sys
from itertools import count

import django


def file_reports() -> None:
    """File numbered reports, one after another; each is printed once it is acknowledged."""
    django.setup()
    from tests.stories.stage import submission  # noqa: PLC0415

    from gongdao import bootstrap  # noqa: PLC0415 - needs Django
    from gongdao.domain.access.model import NOBODY  # noqa: PLC0415

    reporting = bootstrap.app().reporting
    for number in count():
        receipt = reporting.file(
            submission(subject_ref=f"post-{number}", statement=f"第 {number} 份举报。"), NOBODY
        )
        sys.stdout.write(f"{receipt.code} {receipt.report} {receipt.leaf} {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    file_reports()
