"""Where the pages of texts that wait before they appear lie."""

from django.urls import URLPattern, path

from gongdao.web.screening import entries, numbers

urlpatterns: list[URLPattern] = [
    path("desk/screening/numbers/", numbers.numbers, name="desk_screening_numbers"),
    path("desk/screening/entries/<str:entry_id>/", entries.entry, name="desk_screening_entry"),
]
