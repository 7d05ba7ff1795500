"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from lomwong.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("circles/", include("lomwong.communities.urls")),
    path("", include("lomwong.posts.urls")),
    path("people/", include("lomwong.people.urls")),
    path("search/", include("lomwong.search.urls")),
    path("", include("lomwong.experts.urls")),
    path("found/", include("lomwong.discovery.urls")),
    path("news/", include("lomwong.notifications.urls")),
    path("care/", include("lomwong.moderation.urls")),
    path("", include("lomwong.feeds.urls")),
    path("take-away/", include("lomwong.takeaway.urls")),
    path("", include("lomwong.kit.urls")),
    path("accounts/", include("lomwong.people.account_urls")),
    path("admin/", admin.site.urls),
]
