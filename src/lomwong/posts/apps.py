from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "lomwong.posts"
    label = "posts"
