"""Invented things to show the parts with."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from lomwong.kit.forms import LineField, TextField


@dataclass(frozen=True)
class SamplePerson:
    name: str
    hue: int


class SampleForm(forms.Form):
    name = LineField(label="เรียกวงนี้ว่าอะไรดี", help_text="เปลี่ยนทีหลังก็ได้", error_messages={"required": "ยังขาดชื่อวง ใส่อีกนิด"})
    purpose = TextField(label="อยากคุยเรื่องอะไรกัน", required=False, rows=3)
    audience = forms.ChoiceField(
        label="ให้ใครอ่าน",
        choices=[("all", "ใครก็ได้"), ("circle", "เฉพาะคนในวง")],
        widget=forms.RadioSelect,
        help_text="เปลี่ยนเมื่อไรก็ได้",
        error_messages={"required": "เลือกสักข้อว่าให้ใครอ่าน"},
    )
    is_resting = forms.BooleanField(label="พักวงไว้ก่อน", required=False, help_text="กลับมาเมื่อไรก็ได้")


def samples() -> dict[str, Any]:
    now = timezone.now()
    incomplete = SampleForm({"name": "", "purpose": "ยืมของข้ามห้อง"}, prefix="incomplete")
    incomplete.is_valid()
    return {
        "people": [
            SamplePerson("วรรณา แก้วมณี", 1),
            SamplePerson("เดชา พรหมรักษ์", 4),
            SamplePerson("Amy Ward", 7),
        ],
        "hues": range(1, 9),
        "circle": [3, 3, 1, 4, 7, 2, 5],
        "form": SampleForm(),
        "incomplete": incomplete,
        "times": [now - timedelta(minutes=5), now - timedelta(hours=3), now - timedelta(days=400)],
    }
