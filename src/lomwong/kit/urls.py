from django.urls import path

from lomwong.kit import views

app_name = "kit"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("dev/ui/", views.gallery, name="gallery"),
]
