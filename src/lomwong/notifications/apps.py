from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "lomwong.notifications"
    label = "notifications"
