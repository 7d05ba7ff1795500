from django.urls import path

from lomwong.posts.following import views

urlpatterns = [
    path("following/", views.following, name="following"),
    path("follow/<str:kind>/<int:pk>/", views.follow, name="follow"),
]
