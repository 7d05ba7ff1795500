from django.apps import AppConfig


class TakeawayConfig(AppConfig):
    name = "lomwong.takeaway"
    label = "takeaway"
