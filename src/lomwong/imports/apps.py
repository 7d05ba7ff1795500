from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "lomwong.imports"
