from django.urls import include, path

from lomwong.experts.carrying import views as carrying
from lomwong.experts.finding import views as finding
from lomwong.experts.samejob import views as samejob
from lomwong.experts.topics import views as topics

app_name = "experts"
who_knows = [  # a line for each page, sorted by part: carrying, finding, topics
    path("asked/", carrying.asked, name="asked"),
    path("asked/<int:number>/not-now/", carrying.not_now, name="not_now"),
    path("asked/<int:number>/pass-on/", carrying.pass_on, name="pass_on"),
    path("invite/<int:number>/", carrying.invite, name="invite"),
    path("invite/<int:number>/job/", carrying.ask_job, name="ask_job"),
    path("may-know/", carrying.may_know, name="may_know"),
    path("", finding.experts, name="experts"),
    path("how/", finding.how, name="how"),
    path("me/", topics.topics, name="topics"),
    path("me/as-others/", topics.as_others, name="as_others"),
    path("me/asking/", topics.asking_choice, name="asking_choice"),
    path("me/look-again/", topics.topics_look_again, name="topics_look_again"),
    path("me/topics/", topics.topic_declare, name="topic_declare"),
    path("me/topics/<int:pk>/accept/", topics.topic_accept, name="topic_accept"),
    path("me/topics/<int:pk>/forget/", topics.topic_forget, name="topic_forget"),
    path("me/topics/<int:pk>/hide/", topics.topic_hide, name="topic_hide"),
    path("me/topics/<int:pk>/rename/", topics.topic_rename, name="topic_rename"),
]
same_job = [
    path("", samejob.jobs, name="jobs"),
    path("<slug:job>/<int:unit>/", samejob.jobs_cell, name="jobs_cell"),
]
urlpatterns = [path("who-knows/", include(who_knows)), path("same-job/", include(same_job))]
