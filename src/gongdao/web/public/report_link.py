"""The link by which an app hands over what is reported, signed by its key or not."""

import hashlib
import hmac
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongdao.bootstrap import api_keys
from gongdao.domain.intake import linked
from gongdao.domain.policy.model import CasePolicy
from gongdao.web.public.report_draft import Draft

_SIGNATURE = "&sig="


def is_link(request: HttpRequest) -> bool:
    """Whether the address hands something over."""
    return any(name in request.GET for name in (*linked.NAMES, "snapshot"))


def draft_of(request: HttpRequest, policy: CasePolicy, draft: Draft) -> Draft:
    """The draft with what a link hands over; what was written of something else is left behind."""
    query = {name: request.GET[name] for name in request.GET}
    query.setdefault("text", query.get("snapshot", ""))  # its name before there was a title
    given = linked.read(query, policy)
    values = dict(given.values)
    group, url, title = (values.pop(name, "") for name in ("group", "url", "title"))
    ref = values.get("ref") or url
    if draft.ref != ref:
        draft = replace(Draft.new(), contact=draft.contact, language=draft.language)
    lines = [title, values.pop("text", ""), url if url != ref else ""]
    lines.append(_("Group: %(group)s") % {"group": group} if group else "")
    snapshot = "\n".join(line for line in lines if line)[: policy.limits.snapshot_max]
    whole = draft.with_({**values, "ref": ref, "snapshot": snapshot, "group": group})
    signed = whole.said_where and not given.left_out and _is_signed(request)
    return replace(whole, linked="app" if signed else "link", left_out=" ".join(given.left_out))


def _is_signed(request: HttpRequest) -> bool:
    """Whether an app's key vouches for every parameter, just as they stand in the address."""
    said, mark, signature = request.META.get("QUERY_STRING", "").rpartition(_SIGNATURE)
    secret = api_keys().link_secret(request.GET.get("app", "")) if mark else None
    if secret is None:
        return False
    expected = hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())
