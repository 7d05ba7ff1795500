from django.urls import path

from lomwong.posts.stories.views import authors, blogs, history, series

urlpatterns = [
    path("blogs/", blogs.blogs, name="blogs"),
    path("blogs/new/", blogs.blog_new, name="blog_new"),
    path("blogs/<str:slug>/", blogs.blog, name="blog"),
    path("blogs/<str:slug>/edit/", blogs.blog_edit, name="blog_edit"),
    path("blogs/<str:slug>/delete/", blogs.blog_delete, name="blog_delete"),
    path("series/<int:pk>/", series.series, name="series"),
    path("series/<int:pk>/edit/", series.series_edit, name="series_edit"),
    path("series/<int:pk>/delete/", series.series_delete, name="series_delete"),
    path("posts/<int:number>/belonging/", series.belonging, name="belonging"),
    path("posts/<int:number>/authors/", authors.authors, name="authors"),
    path("posts/<int:number>/authors/invite/", authors.author_invite, name="author_invite"),
    path("posts/<int:number>/authors/answer/", authors.author_answer, name="author_answer"),
    path("posts/<int:number>/authors/part/", authors.author_part, name="author_part"),
    path("posts/<int:number>/history/", history.history, name="history"),
    path("posts/<int:number>/history/<int:pk>/restore/", history.revision_restore, name="revision_restore"),
    path("posts/<int:number>/history/<int:pk>/erase/", history.revision_erase, name="revision_erase"),
    path("posts/<int:number>/withdraw/", history.withdraw, name="withdraw"),
]
