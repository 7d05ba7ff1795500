from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lomwong.people"
    label = "people"
