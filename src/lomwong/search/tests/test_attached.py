"""What stands in a file is found, from the upload on: form, job, ledger, index."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.people.models import OPERATOR
from lomwong.people.tests.factories import make_person
from lomwong.posts.files.actions import take_away
from lomwong.posts.models import File, Post
from lomwong.posts.tasks import read_files
from lomwong.posts.tests.papers import make_docx, make_pdf, make_pptx, make_xlsx
from lomwong.search.index import catch_up
from lomwong.search.queries import search

pytestmark = pytest.mark.django_db

WORDS = "หลักเกณฑ์การเบิกค่าเช่าบ้านข้าราชการ"


def found(query: str, viewer: object = OPERATOR) -> list[int]:
    return [hit.number for hit in search(query, viewer=viewer).hits]


def upload(client, name: str, content: bytes, **fields: object) -> Post:
    attached = SimpleUploadedFile(name, content)
    url = reverse("posts:journal_new")
    assert client.post(url, {"text": "ดูไฟล์", "attached": [attached], **fields}).status_code == 302
    return Post.objects.latest("number")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", make_pdf(WORDS)),
        ("a.docx", make_docx("อื่น", WORDS)),
        ("a.pptx", make_pptx("อื่น", WORDS)),
        ("a.xlsx", make_xlsx(["อื่น", WORDS])),
        ("a.txt", WORDS.encode("cp874")),
    ],
    ids=["pdf", "docx", "pptx", "xlsx", "txt"],
)
def test_from_upload_to_hit(client, name, content):
    client.force_login(make_person())
    for _ in range(3):
        upload(client, "x.txt", "เรื่องอื่นที่ไม่เกี่ยวกัน".encode())
    post = upload(client, name, content)
    catch_up()
    assert found("ค่าเช่าบ้าน") == []
    while read_files.call():
        pass
    assert found("ค่าเช่าบ้าน") == [post.number]  # beside the index
    catch_up()
    assert found("ค่าเช่าบ้าน") == [post.number]


def test_a_file_of_a_closed_circle_is_found_inside_only(client):
    host, outsider = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host)
    client.force_login(host)
    post = upload(client, "a.docx", make_docx(WORDS), communities=[closed.pk])
    read_files.call()
    for is_indexed in (False, True):
        if is_indexed:
            catch_up()
        assert found("ค่าเช่าบ้าน", host) == [post.number]
        assert found("ค่าเช่าบ้าน", outsider) == []


def test_what_was_taken_away_is_found_no_more(client):
    client.force_login(make_person())
    post = upload(client, "a.docx", make_docx(WORDS))
    read_files.call()
    catch_up()
    assert found("ค่าเช่าบ้าน") == [post.number]
    take_away(list(File.objects.all()), by=make_person())
    assert found("ค่าเช่าบ้าน") == []
    catch_up()
    assert found("ค่าเช่าบ้าน") == []
