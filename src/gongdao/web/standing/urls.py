"""Where the pages of how far one is trusted lie."""

from django.urls import path

from gongdao.web.standing import credibility, grades, reporter

urlpatterns = [
    path("mine/standing/", grades.own, name="standing"),
    path("appeal/<str:code>/standing/", grades.by_code, name="appeal_standing"),
    path("desk/standing/", grades.desk_list, name="desk_grades"),
    path("desk/standing/<str:standing_id>/", grades.desk_one, name="desk_grade"),
    path("mine/credibility/", credibility.credibility, name="my_credibility"),
    path("desk/objections/", reporter.objections, name="desk_objections"),
    path("desk/<str:case_id>/reporters/<int:number>/", reporter.reporter, name="desk_reporter"),
    path(
        "desk/<str:case_id>/reporters/<int:number>/revive/",
        reporter.revive,
        name="desk_reporter_revive",
    ),
]
