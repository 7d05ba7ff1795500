from django.urls import path

from lomwong.posts.compose import views

urlpatterns = [
    path("compose/preview/", views.preview, name="preview"),
    path("compose/people/", views.mention_suggest, name="mention_suggest"),
    path("compose/tags/", views.tag_suggest, name="tag_suggest"),
]
