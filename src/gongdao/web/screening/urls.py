"""Where the pages of texts that wait before they appear lie."""

from django.urls import URLPattern, path

from gongdao.web.screening import desk, entries, mine, numbers, owners

urlpatterns: list[URLPattern] = [
    path("mine/posts/", mine.posts, name="mine_posts"),
    path("mine/posts/<str:post_id>/", mine.post, name="mine_post"),
    path("mine/posts/<str:post_id>/taken-back/", mine.take_back, name="mine_post_take_back"),
    path("mine/groups/<str:group_id>/posts/<str:post_id>/", owners.look, name="group_post"),
    path("desk/screening/", desk.queue, name="desk_screening"),
    path("desk/screening/numbers/", numbers.numbers, name="desk_screening_numbers"),
    path("desk/screening/entries/<str:entry_id>/", entries.entry, name="desk_screening_entry"),
    path("desk/screening/<str:post_id>/", desk.post, name="desk_held_post"),
]
