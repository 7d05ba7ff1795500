from django.urls import path

from lomwong.posts.unnamed import views

urlpatterns = [
    path("asked-without-a-name/", views.unnamed, name="unnamed"),
    path("posts/<int:number>/show-my-name/", views.unnamed_show, name="unnamed_show"),
]
