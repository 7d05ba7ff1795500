from django.db import migrations, models

KINDS = [
    ("moderation", "A note from those who look after the circle or the house"),
    ("invited", "Somebody invites you to write along"),
    ("held", "A visitor's comment waits to be let in"),
    ("asked", "Somebody asks to sit in a circle that you look after"),
    ("seated", "You are let into a circle"),
    ("passed", "Somebody thinks that you know an answer"),
    ("carried", "A question that may be yours"),
    ("accepted", "Your answer worked"),
    ("reply", "Somebody answers you, or talks about what you wrote"),
    ("mention", "Somebody names you"),
    ("flower", "A flower for what you wrote"),
    ("part", "A story that you follow goes on"),
    ("talk", "The talk goes on where you joined in"),
    ("followed", "Something new from what you follow"),
    ("circle", "Something new in your circles"),
]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AlterField("notification", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField("setting", "kind", models.CharField(choices=KINDS, max_length=10)),
    ]
