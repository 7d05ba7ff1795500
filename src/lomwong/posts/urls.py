from django.urls import include, path

from lomwong.posts.views import circle, lists, replying, writing

app_name = "posts"
urlpatterns = [
    path("posts/<int:number>/edit/", writing.post_edit, name="post_edit"),
    path("posts/<int:number>/reply/", replying.reply_new, name="reply_new"),
    path("posts/<int:number>/accept/", replying.answer_accept, name="answer_accept"),
    path("questions/", lists.questions, name="questions"),
    path("questions/new/", writing.question_new, name="question_new"),
    path("stories/new/", writing.story_new, name="story_new"),
    path("journal/new/", writing.journal_new, name="journal_new"),
    path("write/", writing.write, name="write"),
    path("tags/<path:key>/", lists.tag, name="tag"),
    path("people/<int:pk>/posts/", lists.by, name="by"),
    path("yard/", lists.yard, name="yard"),
    path("", include("lomwong.posts.files.urls")),
    path("", include("lomwong.posts.following.urls")),
    path("", include("lomwong.posts.planets.urls")),
    path("", include("lomwong.posts.drafts.urls")),
    path("", include("lomwong.posts.compose.urls")),
    path("", include("lomwong.posts.stories.urls")),
    path("", include("lomwong.posts.threads.urls")),
    path("", include("lomwong.posts.unnamed.urls")),
    path("", include("lomwong.posts.warmth.urls")),
    path("circles/<str:slug>/", circle.community, name="community"),
]
