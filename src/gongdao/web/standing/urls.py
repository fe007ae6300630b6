"""Where the pages of how far one is trusted lie."""

from django.urls import path

from gongdao.web.standing import credibility, reporter

urlpatterns = [
    path("mine/credibility/", credibility.credibility, name="my_credibility"),
    path("desk/objections/", reporter.objections, name="desk_objections"),
    path("desk/<str:case_id>/reporters/<int:number>/", reporter.reporter, name="desk_reporter"),
    path(
        "desk/<str:case_id>/reporters/<int:number>/revive/",
        reporter.revive,
        name="desk_reporter_revive",
    ),
]
