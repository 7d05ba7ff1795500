from django.urls import path

from lomwong.takeaway import views

app_name = "takeaway"
urlpatterns = [
    path("", views.takeaway, name="takeaway"),
    path("pack/", views.pack, name="pack"),
    path("parcel/", views.parcel, name="parcel"),
]
