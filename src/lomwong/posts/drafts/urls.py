from django.urls import path

from lomwong.posts.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/save/", views.draft_save, name="draft_save"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/discard/", views.draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/back/", views.draft_bring_back, name="draft_bring_back"),
]
