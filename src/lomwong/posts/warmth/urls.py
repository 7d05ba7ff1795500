from django.urls import path

from lomwong.posts.warmth import views

urlpatterns = [
    path("posts/<int:number>/flowers/", views.flowers, name="flowers"),
    path("posts/<int:number>/flower/", views.flower_give, name="flower_give"),
    path("posts/<int:number>/flower/back/", views.flower_take_back, name="flower_take_back"),
    path("posts/<int:number>/read/", views.read, name="read"),
]
