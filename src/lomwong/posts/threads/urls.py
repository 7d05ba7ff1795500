from django.urls import path

from lomwong.posts.threads import views
from lomwong.posts.views import replying

urlpatterns = [
    path("posts/<int:number>/", views.post, name="post"),
    path("posts/<int:number>/menu/", replying.post_menu, name="post_menu"),
]
