from django.urls import path

from lomwong.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("edit/", views.edit, name="edit"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/", views.person, name="person"),
]
