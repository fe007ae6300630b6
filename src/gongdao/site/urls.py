"""Which way in answers which address."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("gongdao.api.urls")),
    path("log/", include("gongdao.api.log_files")),
    path("", include("gongdao.web.urls")),
]

handler403 = "gongdao.web.failures.forbidden"
handler404 = "gongdao.web.failures.not_found"
handler500 = "gongdao.web.failures.broken"
