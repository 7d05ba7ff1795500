from django.urls import path

from lomwong.moderation.views import acting, envelopes, queue, trail, visiting

app_name = "moderation"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("held/", queue.held, name="held"),
    path("posts/<int:number>/", queue.about, name="about"),
    path("posts/<int:number>/envelope/", envelopes.envelope_ask, name="envelope_ask"),
    path("posts/<int:number>/flag/", acting.flag, name="flag"),
    path("posts/<int:number>/<slug:verb>/", acting.act, name="act"),
    path("people/<int:pk>/suspend/", acting.suspend, name="suspend"),
    path("deeds/", trail.deeds, name="deeds"),
    path("deeds/<int:pk>/", trail.deed, name="deed"),
    path("deeds/<int:pk>/undo/", trail.undo, name="undo"),
    path("deeds/<int:pk>/appeal/", trail.appeal, name="appeal"),
    path("appeals/<int:pk>/", trail.decide, name="decide"),
    path("about-my-posts/", trail.about_my_posts, name="about_my_posts"),
    path("visible/", trail.visible, name="visible"),
    path("envelopes/", envelopes.envelopes, name="envelopes"),
    path("envelopes/<int:pk>/", envelopes.envelope, name="envelope"),
    path("visitor/<int:number>/", visiting.visitor_comment, name="visitor_comment"),
]
