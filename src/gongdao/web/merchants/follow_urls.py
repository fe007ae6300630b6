"""The addresses of the board, of following up one dispute, and of robots."""

from django.urls import path

from gongdao.web.merchants import board, follow, robots

urlpatterns = [
    path("merchants/o/<str:organisation_id>/", board.board, name="merchant_board"),
    path("merchants/o/<str:organisation_id>/checked/", board.checked, name="merchant_checked"),
    path("merchants/o/<str:organisation_id>/robots/", robots.robots, name="merchant_robots"),
    path("merchants/d/<str:dispute_id>/follow/", follow.follow, name="dispute_follow"),
    path("merchants/d/<str:dispute_id>/follow/<str:name>/", follow.act, name="dispute_followed"),
]
