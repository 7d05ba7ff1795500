from django.urls import path

from lomwong.posts.planets import views

urlpatterns = [
    path("planets/", views.planets, name="planets"),
    path("planets/new/", views.planet_new, name="planet_new"),
    path("planets/put/<str:kind>/<int:pk>/", views.planet_put, name="planet_put"),
    path("planets/<str:slug>/", views.planet, name="planet"),
    path("planets/<str:slug>/edit/", views.planet_edit, name="planet_edit"),
    path("planets/<str:slug>/sources/", views.planet_sources, name="planet_sources"),
    path("planets/<str:slug>/keepers/", views.planet_keepers, name="planet_keepers"),
    path("planets/<str:slug>/close/", views.planet_close, name="planet_close"),
]
