from django.urls import path

from lomwong.discovery import views

app_name = "discovery"
urlpatterns = [
    path("", views.circles, name="circles"),
    path("leave-out/", views.leave_out, name="leave_out"),
]
