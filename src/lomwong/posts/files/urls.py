from django.urls import path

from lomwong.posts.files import views

urlpatterns = [
    path("files/<int:pk>/", views.file, name="file"),
    path("pictures/<int:pk>/", views.picture, name="picture"),
    path("pictures/<int:pk>/small/", views.picture_small, name="picture_small"),
    path("sounds/<int:pk>/", views.sound, name="sound"),
    path("drafts/<str:key>/files/", views.draft_file_add, name="draft_file_add"),
    path("drafts/files/<int:pk>/alt/", views.draft_file_alt, name="draft_file_alt"),
    path("drafts/files/<int:pk>/remove/", views.draft_file_remove, name="draft_file_remove"),
]
