"""Where the pages of protecting an account lie."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
