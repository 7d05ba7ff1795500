from django.urls import path

from lomwong.communities import views

app_name = "communities"
urlpatterns = [
    path("", views.communities, name="communities"),
    path("mine/", views.mine, name="mine"),
    path("start/", views.start, name="start"),
    path("<str:slug>/join/", views.join, name="join"),
    path("<str:slug>/leave/", views.leave, name="leave"),
    path("<str:slug>/members/", views.members, name="members"),
    path("<str:slug>/members/<int:person>/welcome/", views.welcome, name="welcome"),
    path("<str:slug>/edit/", views.edit, name="edit"),
]
