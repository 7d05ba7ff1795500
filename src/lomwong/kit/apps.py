from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "lomwong.kit"
    label = "kit"
