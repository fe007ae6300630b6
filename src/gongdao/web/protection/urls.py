"""Where the pages of protecting an account lie."""

from django.urls import path

from gongdao.web.protection import freezing, mine, trails

urlpatterns = [
    path("mine/protection/", mine.page, name="mine_protection"),
    path("mine/protection/code/", mine.make_code, name="freeze_code"),
    path("mine/protection/backup/", mine.backup, name="backup_contact"),
    path("mine/protection/elsewhere/end/", mine.end_others, name="end_others"),
    path("mine/protection/<str:session>/end/", mine.end_session, name="end_session"),
    path("desk/accounts/", trails.trail, name="desk_trail"),
    path("freeze/", freezing.freeze, name="freeze"),
    path("freeze/not-me/<str:link>/", freezing.not_me, name="freeze_not_me"),
    path("freeze/back/", freezing.back, name="freeze_back"),
    path("freeze/back/code/", freezing.enter_code, name="freeze_back_code"),
    path("freeze/back/finish/", freezing.finish, name="freeze_finish"),
]
