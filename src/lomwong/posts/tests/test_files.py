"""Files on posts: who may have them, what may hang there, and that no word is lost over one."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lomwong.activity.models import Event, Verb
from lomwong.communities.models import Audience
from lomwong.communities.tests.factories import make_community
from lomwong.kit.fragments import FRAGMENTS
from lomwong.people.tests.factories import make_person
from lomwong.posts import actions as posts
from lomwong.posts.files import shelf
from lomwong.posts.files.kinds import DOCX, PDF, TEXT, safe_name
from lomwong.posts.files.upload import LimitedUploads
from lomwong.posts.models import File, Kind, Post, Reading
from lomwong.posts.tests import papers
from lomwong.posts.tests.factories import hang, make_answer, make_post, make_question, make_reply
from lomwong.posts.tests.papers import make_docx, make_pdf

pytestmark = pytest.mark.django_db

JOURNAL, STORY, QUESTION = (reverse(f"posts:{kind}_new") for kind in ("journal", "story", "question"))
WORDS = "ขั้นตอนการยืมเงินทดรองราชการ"


@pytest.fixture
def me(client):
    person = make_person()
    client.force_login(person)
    return person


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def status(client, file: File) -> int:
    response = client.get(file.get_absolute_url())
    if response.streaming:
        b"".join(response)  # which closes it
    return response.status_code


def bare_page(client, url: str) -> str:
    """Without the tokens and keys of its forms, which are others each time, and its own address."""
    page = client.get(url).content.decode()
    return re.sub(r'name="(?:csrfmiddlewaretoken|draft)" value="\w+"', "", page).replace(url, "")


def on_shelf() -> list[str]:
    return sorted(path.name for path in shelf.root().glob("*/*"))


# Who may have it


def test_a_file_comes_as_what_it_is_and_is_never_shown(client):
    file = hang(make_post(audience=Audience.PUBLIC), "ใบเบิก ๒๕๖๙.docx", content := make_docx(WORDS))
    response = client.get(file.get_absolute_url())
    assert b"".join(response) == content
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E0%B9%83%E0%B8%9A%E0%B9%80%E0%B8%9A%E0%B8%B4%E0%B8%81%20"
        "%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99.docx"
    )
    assert response["Content-Type"] == DOCX.media_type
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_whoever_may_not_read_the_post_gets_what_is_not_there(client):
    host, outsider = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host)
    inner = make_post(by=host, communities=[closed])
    places = [
        (hang(inner, content=make_docx("หนึ่ง")), [host]),
        (hang(make_reply(inner, by=host), content=make_docx("สอง")), [host]),
        (hang(make_post(), content=make_docx("สาม")), [host, outsider]),
    ]
    nothing = reverse("posts:file", args=[File.objects.latest("pk").pk + 1])
    client.force_login(outsider)
    for file, readers in places:
        assert status(client, file) == (200 if outsider in readers else 404)
    assert bare_page(client, places[0][0].get_absolute_url()) == bare_page(client, nothing)
    client.logout()
    assert {status(client, file) for file, _ in places} == {404}
    client.force_login(host)
    assert {status(client, file) for file, _ in places} == {200}


def test_a_thread_that_moves_takes_its_files_with_it(client):
    host, outsider = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host)
    post = make_post(by=host, communities=[make_community(by=host)])
    file = hang(post)
    client.force_login(outsider)
    assert status(client, file) == 200
    posts.edit_post(post, by=host, text="x", title="x", communities=[closed])
    assert status(client, file) == 404
    assert File.objects.visible_to(outsider).count() == 0


def test_a_file_of_the_same_bytes_elsewhere_opens_no_door(client):
    host, outsider = make_person(), make_person()
    closed = make_community(audience=Audience.MEMBERS, by=host)
    hidden = hang(make_post(by=host, communities=[closed]))
    mine = hang(make_post(by=outsider))
    client.force_login(outsider)
    assert hidden.sha256 == mine.sha256
    assert status(client, mine) == 200
    assert status(client, hidden) == 404


def test_lost_bytes_are_not_there(client, caplog):
    file = hang(make_post(audience=Audience.PUBLIC))
    shelf.path_of(file.sha256).unlink()
    assert status(client, file) == 404
    assert "has lost its bytes" in caplog.text


def test_files_stand_below_what_they_hang_on(client, me, django_assert_max_num_queries):
    question = make_question(by=me)
    answer, comment = make_answer(question), make_reply(question)
    client.get(question.get_absolute_url())
    for at, post in enumerate((question, answer, comment)):
        hang(post, f"แนบ {at}.docx", make_docx(str(at)))
    page = client.get(question.get_absolute_url()).content.decode()
    for at in range(3):
        assert f"แนบ {at}.docx" in page
    assert page.count("Word, ") == 3


def queries_of(client, files: int) -> list[str]:
    story = make_post(audience=Audience.PUBLIC)
    for at in range(files):
        hang(make_reply(story), f"{at}.docx", make_docx(str(at)))
        hang(story, f"x{at}.docx", make_docx(f"x{at}"))
    FRAGMENTS.clear()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(story.get_absolute_url()).content.decode()
    assert page.count("Word, ") == 2 * files
    return [query["sql"] for query in queries]


def test_as_many_queries_for_three_as_for_one_and_none_for_their_words(client):
    queries_of(client, 1)
    one, three = queries_of(client, 1), queries_of(client, 3)
    assert len(one) == len(three)
    assert [query for query in three if "words_text" in query] == []


# Attach


def test_attach_to_a_new_story(client, me):
    files = [sent("a.docx", make_docx(WORDS)), sent("c.txt", "สวัสดี".encode())]
    response = client.post(STORY, {"title": "มีไฟล์", "text": "ดูข้างล่าง", "attached": files})
    assert response.status_code == 302
    found = [(file.name, file.media_type, file.reading) for file in Post.objects.get().files.all()]
    assert found == [
        ("a.docx", DOCX.media_type, Reading.WAITING),
        ("c.txt", TEXT.media_type, Reading.WAITING),
    ]


@pytest.mark.parametrize(("url", "words"), [(JOURNAL, {"text": "สองบรรทัด"}), (QUESTION, {"title": "ถาม"})])
def test_attach_to_other_kinds(client, me, url, words):
    assert client.post(url, {**words, "attached": [sent("ก.pdf", make_pdf("x"))]}).status_code == 302
    assert Post.objects.get().files.get().name == "ก.pdf"


def test_attach_to_answer_and_comment(client, me):
    question = make_question()
    url = reverse("posts:reply_new", args=[question.pk])
    client.post(url, {"kind": "answer", "text": "ดูไฟล์", "attached": [sent("a.pdf", make_pdf("x"))]})
    client.post(url, {"kind": "comment", "text": "อีกไฟล์", "attached": [sent("b.pdf", make_pdf("y"))]})
    assert {post.kind: post.files.get().name for post in question.thread.all()} == {
        Kind.ANSWER: "a.pdf",
        Kind.COMMENT: "b.pdf",
    }


def test_every_form_that_writes_can_send_files(client, me):
    post = make_question(by=me)
    urls = [JOURNAL, STORY, QUESTION, post.get_absolute_url()]
    urls += [reverse(f"posts:{name}", args=[post.pk]) for name in ("post_edit", "reply_new")]
    for url in urls:
        page = client.get(url).content.decode()
        form = page[page.index('enctype="multipart/form-data"') :]
        assert 'type="file" name="attached"' in form[: form.index("</form>")], url


def test_take_away_and_add_on_editing(client, me):
    reply = make_reply(make_post(), by=me)
    going, staying = hang(reply, "ไป.docx", make_docx("a")), hang(reply, "อยู่.docx", make_docx("b"))
    url = reverse("posts:post_edit", args=[reply.pk])
    page = client.get(url).content.decode()
    assert "ไป.docx" in page
    client.post(url, {"text": "ใหม่", "take_away": [going.pk], "attached": [sent("มา.docx", make_docx("c"))]})
    assert [file.name for file in reply.files.all()] == ["อยู่.docx", "มา.docx"]
    assert staying in reply.files.all()
    assert Event.objects.latest("pk").verb == Verb.EDITED


def test_files_of_another_post_are_not_taken_away(client, me):
    mine, theirs = make_post(by=me), hang(make_post())
    hang(mine)
    url = reverse("posts:post_edit", args=[mine.pk])
    assert client.post(url, {"title": "x", "text": "y", "take_away": [theirs.pk]}).status_code == 422
    assert File.objects.filter(pk=theirs.pk).exists()


def test_the_same_bytes_hang_on_a_post_once_and_lie_there_once(client, me):
    content = make_docx(WORDS)
    for _ in range(2):
        client.post(JOURNAL, {"text": "x", "attached": [sent("a.docx", content), sent("b.docx", content)]})
    assert File.objects.count() == 2
    assert len({file.post_id for file in File.objects.all()}) == 2
    assert len(on_shelf()) == 1


# What does not hang here: every word comes back, with what to do


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("รายงาน.pdf", b"MZ\x90\x00" + b"\x00" * 600, "เราไม่รับไฟล์ชนิดนี้"),
        ("a.html", b"<html><script>1</script>", "เราไม่รับไฟล์ชนิดนี้"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ซ่อนโปรแกรม"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "เราไม่รับไฟล์ชนิดนี้"),
        ("a.docm", papers.packed({"word/document.xml": "", "word/vbaProject.bin": b""}), "เราไม่รับไฟล์ชนิดนี้"),
        ("a.docx", papers.packed({"word/document.xml": "", "xl/workbook.xml": ""}), "เราไม่รับไฟล์ชนิดนี้"),
        ("a.zip", papers.packed({"a.txt": "x"}), "แตกไฟล์"),
        ("a.doc", OLD + bytes(600), "Office รุ่นเก่า"),
        ("a.docx", OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "รหัสผ่าน"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(50), "HEIC"),
        ("a.jpg", b"\xff\xd8\xff\xe1" + bytes(50), "อ่านรูปนี้ไม่ออก"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(50), "อ่านรูปนี้ไม่ออก"),
        ("a.mp3", b"ID3\x04" + bytes(50), "ฟังเสียงนี้ไม่ออก"),
        ("a.pdf", b"", "ไม่มีอะไรอยู่ข้างใน"),
        ("a.pdf", b"%PDF-1.4" + bytes(3 * 1024 * 1024), "เกิน 2 MB"),
    ],
)
def test_an_unwelcome_file_costs_no_word(client, me, settings, name, content, advice):
    settings.FILE_BYTES = 2 * 1024 * 1024
    given = {"title": "ชื่อที่พิมพ์", "text": "เรื่องที่พิมพ์ไว้ยาวมาก", "tags": "ป้ายที่พิมพ์"}
    response = client.post(STORY, {**given, "attached": [sent("ดี.pdf", make_pdf("x")), sent(name, content)]})
    assert response.status_code == 422
    page = response.content.decode()
    for words in (*given.values(), name, advice, "เลือกไฟล์อีกครั้ง"):
        assert words in page
    assert not Post.objects.exists()
    assert len(on_shelf()) == 1  # the good one, which is swept away unless a draft has it


def test_files_that_came_with_a_faulty_form_are_asked_for_again_where_there_is_no_draft(client, me):
    response = client.post(STORY, {"title": "ย" * 301, "text": "ยังอยู่", "attached": [sent("a.pdf", make_pdf("x"))]})
    assert response.status_code == 422
    assert "เลือกไฟล์อีกครั้ง" in response.content.decode()
    assert "เลือกไฟล์อีกครั้ง" not in client.post(STORY, {"title": "ย" * 301, "text": "x"}).content.decode()


def test_too_many_files_cost_no_word(client, me, settings):
    settings.POST_FILES = 3
    files = [sent(f"{at}.txt", f"{at}".encode()) for at in range(150)]
    response = client.post(JOURNAL, {"text": "คำที่พิมพ์ไว้", "attached": files})
    assert response.status_code == 422
    page = response.content.decode()
    assert "คำที่พิมพ์ไว้" in page
    assert len(response.context["form"].errors["attached"]) == 2
    assert "แนบได้ไม่เกิน 3 ไฟล์" in page
    assert on_shelf() == []


def test_an_odd_name_costs_no_word(client, me):
    for name in ("ก" * 300 + ".pdf", "a." + "ข" * 300, "a\x00.pdf"):
        response = client.post(JOURNAL, {"text": "คำที่พิมพ์ไว้", "attached": [sent(name, make_pdf("x"))]})
        assert response.status_code == 302, name


def test_with_those_that_hang_there_already(client, me, settings):
    settings.POST_FILES = 2
    post = make_post(by=me, kind=Kind.JOURNAL, text="x")
    there = [hang(post, f"{at}.docx", make_docx(str(at))) for at in range(2)]
    url = reverse("posts:post_edit", args=[post.pk])
    more = sent("c.pdf", make_pdf("x"))
    assert client.post(url, {"text": "y", "attached": [more]}).status_code == 422
    more.seek(0)
    assert client.post(url, {"text": "y", "attached": [more], "take_away": [there[0].pk]}).status_code == 302


@pytest.mark.parametrize(("is_colleague", "most"), [(True, 100_000), (False, 0)])
def test_no_more_reaches_the_disk_than_may_be_kept(rf, settings, is_colleague, most):
    settings.FILE_BYTES = 100_000
    request = rf.post(JOURNAL)
    request.user = make_person() if is_colleague else AnonymousUser()
    handler = LimitedUploads(request)
    handler.new_file("attached", "a.pdf", "application/pdf", None)
    for at in range(10):
        handler.receive_data_chunk(bytes(30_000), at * 30_000)
        assert sum(path.stat().st_size for path in shelf.root().glob("*/*")) <= most
    arrived = handler.file_complete(300_000)
    assert (arrived.name, arrived.size, arrived.read()) == ("a.pdf", 300_000, b"")
    assert on_shelf() == []


def test_a_visitor_writes_nothing_down(client, settings):
    big = sent("a.pdf", b"%PDF-" + bytes(4 * 1024 * 1024))
    assert client.post(JOURNAL, {"text": "x", "attached": [big]}).status_code == 302
    assert on_shelf() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("รายงาน.pdf", "รายงาน.pdf"),
        ("REPORT.PDF", "REPORT.pdf"),
        ("C:\\งาน\\รายงาน.pdf", "รายงาน.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a.html", "a.html.pdf"),
        ("ใบเสร็จ\u202efdp.exe", "ใบเสร็จfdp.exe.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil 1.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("ก" * 400 + ".pdf", "ก" * 146 + ".pdf"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert safe_name(given, PDF) == kept
