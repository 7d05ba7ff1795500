from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "lomwong.activity"
    label = "activity"
