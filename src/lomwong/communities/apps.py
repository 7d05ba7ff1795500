from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "lomwong.communities"
    label = "communities"
