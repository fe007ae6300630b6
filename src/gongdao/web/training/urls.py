"""Where the pages of courses and exams lie."""

from django.urls import path

from gongdao.web.training import certificate, desk, exam, pages

urlpatterns = [
    path("learn/", pages.courses, name="learn"),
    path("learn/check/", certificate.look_up, name="certificate_look_up"),
    path("learn/check/<str:number>/", certificate.check, name="certificate_check"),
    path("learn/shared/<str:token>/", certificate.shared, name="certificate_shared"),
    path("learn/c/<str:number>/", certificate.mine, name="certificate"),
    path("learn/c/<str:number>/certificate.pdf", certificate.pdf, name="certificate_pdf"),
    path("learn/c/<str:number>/certificate.json", certificate.record, name="certificate_record"),
    path("learn/<str:named>/", pages.course, name="course"),
    path("learn/<str:named>/exam/", exam.exam, name="course_exam"),
    path("learn/<str:named>/result/", exam.result, name="course_result"),
    path("learn/<str:named>/help/", exam.ask, name="course_help"),
    path("learn/<str:named>/<str:part>/", pages.section, name="course_section"),
    path("learn/<str:named>/<str:part>/time/", pages.time, name="course_time"),
    path("desk/training/", desk.board, name="desk_training"),
    path("desk/training/allow/", desk.allow, name="desk_training_allow"),
    path("desk/training/withdraw/", desk.withdraw, name="desk_training_withdraw"),
]
