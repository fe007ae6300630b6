"""The addresses of the API. Deny, then allow: every route asks at the door who is calling."""

from django.urls import path
from ninja import NinjaAPI

from gongdao.api import appeals, cases, packs, people, problems, reports

api = NinjaAPI(
    title="Gongdao",
    version="1",
    description="Reports, decisions and appeals. Errors are RFC 9457 problem details with a code.",
    docs_url=None,
    parser=problems.JsonParser(),
    urls_namespace="api",
)
for part in (reports, cases, appeals, people, packs):
    api.add_router("", part.router)
problems.register(api)

urlpatterns = [path("", api.urls)]
