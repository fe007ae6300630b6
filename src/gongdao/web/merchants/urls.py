"""The addresses of the pages of merchants and account holders."""

from django.urls import URLPattern, URLResolver, include, path

from gongdao.web.merchants import grounds

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongdao.web.merchants.team_urls")),
    path("", include("gongdao.web.merchants.dispute_urls")),
    path("", include("gongdao.web.merchants.filing_urls")),
    path("merchants/d/<str:dispute_id>/grounds/", grounds.grounds, name="dispute_grounds"),
    path("", include("gongdao.web.merchants.talk_urls")),
    path("", include("gongdao.web.merchants.after_urls")),
    path("", include("gongdao.web.merchants.follow_urls")),
]
