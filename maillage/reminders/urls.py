from django.urls import path

from maillage.reminders import views

urlpatterns = [
    path("espace/<slug:slug>/a-faire/", views.to_do, name="to_do"),
    path("calendrier/<slug:token>.ics", views.calendar, name="calendar"),
    path("compte/rappels/", views.reminders_edit, name="reminders_edit"),
    path("compte/agenda/", views.calendar_renew, name="calendar_renew"),
    path("compte/agenda/fermer/", views.calendar_close, name="calendar_close"),
    path("rappels/arreter/<str:token>/", views.digest_stop, name="digest_stop"),
]
