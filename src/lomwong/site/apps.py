from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lomwong.site"
    label = "lomwong_site"
