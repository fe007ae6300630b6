"""How often somebody may try: reports, codes, appeals."""

from django.http import HttpRequest


def spend(request: HttpRequest, what: str) -> None:
    """Count one try of this kind against the network address that it comes from."""
    del request, what
