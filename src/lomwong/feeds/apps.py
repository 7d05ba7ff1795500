from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "lomwong.feeds"
    label = "feeds"
