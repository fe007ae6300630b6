"""Whether robots of group chats may be on this machine."""


def nearby() -> bool:
    """In practice they may, so that one can try them out; else the two services alone."""
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    from gongdao.site.config import Mode  # noqa: PLC0415

    return bool(settings.CONFIG.mode is Mode.PRACTICE)
