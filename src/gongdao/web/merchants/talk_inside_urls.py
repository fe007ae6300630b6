"""The addresses of talks about cases of this installation, by each way to a case."""

from django.urls import path

from gongdao.web.merchants import talk_inside as talk

_DOORS = (
    ("track/<str:code>/talk/", "track", "of_reporter"),
    ("appeal/<str:code>/talk/", "appeal", "of_respondent"),
    ("mine/<str:case_id>/talk/", "mine", "signed_in"),
)

urlpatterns = [
    each
    for place, name, door in _DOORS
    for each in (
        path(place, getattr(talk.entrance, door), name=f"{name}_talk"),
        path(f"{place}<uuid:talk>/", getattr(talk.page, door), name=f"{name}_talk_page"),
        path(
            f"{place}<uuid:talk>/settlement.<str:form>",
            getattr(talk.file, door),
            name=f"{name}_talk_file",
        ),
    )
]
