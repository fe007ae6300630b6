"""Where no service compares live faces: it says so, and nobody is led anywhere."""

from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.verification.model import FaceResult
from gongdao.domain.verification.ports import FaceCheck


class NoLiveFace:
    """The default."""

    name = ""

    def begin(self, person: str, back_to: str) -> FaceCheck:  # noqa: ARG002 – a port
        """Refuse, and say why."""
        raise Refused(
            "face.not_configured",
            hint_noop("No service for live faces is joined here. Use another proof."),
        )

    def outcome(self, check: str) -> FaceResult | None:  # noqa: ARG002 – a port
        """Know no check."""
        raise NotFound("face.unknown_check", hint_noop("There is no such check. Begin a new one."))
