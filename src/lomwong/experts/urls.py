from django.urls import path

from lomwong.experts.finding import views

app_name = "experts"
urlpatterns = [path("", views.experts, name="experts")]
