from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "lomwong.experts"
    label = "experts"
