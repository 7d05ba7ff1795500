from django.urls import path

from lomwong.search import live_views, views
from lomwong.search.terms import views as term_views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", live_views.suggest, name="suggest"),
    path("related/<int:number>/", live_views.related, name="related"),
    path("similar/", live_views.similar, name="similar"),
    path("terms/", term_views.terms, name="terms"),
    path("terms/new/", term_views.term_new, name="term_new"),
    path("terms/many/", term_views.terms_new, name="terms_new"),
    path("terms/<int:pk>/", term_views.term_edit, name="term_edit"),
    path("terms/<int:pk>/remove/", term_views.term_remove, name="term_remove"),
]
