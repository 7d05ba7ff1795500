from django.urls import path

from lomwong.posts import views

app_name = "posts"
urlpatterns = [
    path("posts/<int:number>/", views.post, name="post"),
    path("posts/<int:number>/edit/", views.post_edit, name="post_edit"),
    path("posts/<int:number>/reply/", views.reply_new, name="reply_new"),
    path("posts/<int:number>/accept/", views.answer_accept, name="answer_accept"),
    path("files/<int:pk>/", views.file, name="file"),
    path("questions/", views.questions, name="questions"),
    path("questions/new/", views.question_new, name="question_new"),
    path("stories/new/", views.story_new, name="story_new"),
    path("journal/new/", views.journal_new, name="journal_new"),
    path("write/", views.write, name="write"),
    path("tags/<path:key>/", views.tag, name="tag"),
    path("people/<int:pk>/posts/", views.by, name="by"),
    path("circles/<str:slug>/", views.community, name="community"),
]
