from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "lomwong.discovery"
    label = "discovery"
