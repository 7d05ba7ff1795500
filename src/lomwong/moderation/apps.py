from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "lomwong.moderation"
    label = "moderation"
