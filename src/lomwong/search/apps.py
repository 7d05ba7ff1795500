from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lomwong.search"
    label = "search"
