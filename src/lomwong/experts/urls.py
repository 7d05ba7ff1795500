from django.urls import path

from lomwong.experts import views

app_name = "experts"
urlpatterns = [path("", views.experts, name="experts")]
