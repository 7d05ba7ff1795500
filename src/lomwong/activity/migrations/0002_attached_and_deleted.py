from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="verb",
            field=models.CharField(
                choices=[
                    ("posted", "Posted"),
                    ("replied", "Replied"),
                    ("edited", "Edited"),
                    ("attached", "Attached"),
                    ("deleted", "Deleted"),
                    ("accepted", "Accepted"),
                    ("opened", "Opened"),
                    ("joined", "Joined"),
                    ("left", "Left"),
                    ("wrote_to", "Wrote To"),
                    ("described", "Described"),
                ],
                max_length=20,
            ),
        ),
    ]
