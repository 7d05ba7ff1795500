from django.urls import path

from lomwong.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.notifications, name="notifications"),
    path("<int:pk>/", views.opened, name="opened"),
    path("all-read/", views.all_read, name="all_read"),
    path("settings/", views.settings, name="settings"),
    path("letters/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
