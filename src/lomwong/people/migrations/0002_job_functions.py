from typing import Any

from django.db import migrations

# The work that every faculty has, in the words people use for it. Afterwards the list is the operator's, in /admin/.
JOB_FUNCTIONS = [
    ("personnel", "งานการเจ้าหน้าที่", "Personnel"),
    ("procurement_finance", "งานพัสดุและการเงิน", "Procurement and finance"),
    ("academic_service", "งานบริการวิชาการ", "Academic services"),
    ("teaching", "งานการเรียนการสอน", "Teaching"),
    ("it", "งานดูแลระบบไอที", "IT"),
    ("student_service", "งานบริการนักศึกษา", "Student services"),
]


def list_job_functions(apps: Any, schema_editor: Any) -> None:
    job_function = apps.get_model("people", "JobFunction")
    for position, (slug, name, name_en) in enumerate(JOB_FUNCTIONS, start=1):
        job_function.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en, "position": position})


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(list_job_functions, migrations.RunPython.noop)]
