"""The addresses of firms, duty and calendar feeds."""

from django.urls import path

from gongdao.web.firms import desk, feed, mine

urlpatterns = [
    path("mine/firm/", mine.firm, name="firm"),
    path("mine/firm/contest/", mine.contest, name="firm_contest"),
    path("mine/firm/complaints/new/", mine.new_complaint, name="firm_complaint_new"),
    path("mine/firm/complaints/<str:complaint_id>/", mine.complaint, name="firm_complaint"),
    path("mine/calendar/", feed.settings, name="calendar"),
    path("calendar/<str:token>.ics", feed.feed, name="calendar_feed"),
    path("desk/firms/", desk.firms, name="desk_firms"),
    path("desk/firms/<str:firm_id>/", desk.firm, name="desk_firm"),
    path("desk/duty/", desk.duty, name="desk_duty"),
    path("desk/duty/note/", desk.hand_over, name="desk_hand_over"),
    path("desk/duty/roster/", desk.roster, name="desk_roster"),
    path("desk/duty/complaints/new/", desk.new_complaint, name="desk_complaint_new"),
    path("desk/duty/complaints/<str:complaint_id>/", desk.complaint, name="desk_complaint"),
]
