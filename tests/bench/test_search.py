"""What the benchmark of search measures with: queries, peers, the invented house. Not how well anything does."""

import random

import pytest
from benchmarks.search import bm25, house, peers, public, queries, targets
from benchmarks.search.timing import quantiles

from lomwong.text.segment import index_terms, words

SAID = [
    ["เราแลกเปลี่ยนเรียนรู้กันทุกเดือน", "เรื่องการสอนออนไลน์ของคณะ", "ใครสนใจมานั่งด้วยกันได้เลย", "นัดบ่ายวันพุธ"],
    ["ห้องปฏิบัติการเปิดแปดโมงเช้า", "ต้องจองเครื่องมือก่อนหนึ่งวัน", "microscope อยู่ชั้น 3", "ถามพี่เจ้าหน้าที่ได้"],
]
QUESTIONS = [("ห้องปฏิบัติการเปิดกี่โมง", 1), ("เรื่องการสอนออนไลน์นัดวันไหน", 0), ("Where is the microscope", 1)]
PASSAGES = [" ".join(pieces) for pieces in SAID]


def edits(one: str, other: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours between two texts."""
    table = {(0, at): at for at in range(len(other) + 1)} | {(at, 0): at for at in range(len(one) + 1)}
    for i in range(1, len(one) + 1):
        for k in range(1, len(other) + 1):
            cost = one[i - 1] != other[k - 1]
            table[i, k] = min(table[i - 1, k] + 1, table[i, k - 1] + 1, table[i - 1, k - 1] + cost)
            if i > 1 and k > 1 and one[i - 2 : i] == other[k - 2 : k][::-1]:
                table[i, k] = min(table[i, k], table[i - 2, k - 2] + 1)
    return table[len(one), len(other)]


@pytest.mark.parametrize("seed", range(20))
def test_a_typo_is_one_edit(seed):
    asked = [question for question, _ in QUESTIONS]
    assert [edits(*pair) for pair in zip(asked, queries.typed_wrong(asked, seed), strict=True)] == [1, 1, 1]


def test_the_same_seed_gives_the_same_typos():
    asked = [question for question, _ in QUESTIONS] * 20
    assert queries.typed_wrong(asked) == queries.typed_wrong(asked)
    assert queries.typed_wrong(asked) != queries.typed_wrong(asked, seed=2)


def test_key_words_stand_in_question_and_passage():
    pairs = queries.key_words(QUESTIONS, PASSAGES)
    assert pairs.keys() == {0, 1}  # of the third question only one word stands in its passage
    for number, pair in pairs.items():
        question, right = QUESTIONS[number]
        assert all(word in question and word in PASSAGES[right] for word in pair)
    pair = pairs[0]
    misspelt = queries.with_one_misspelt(pair, random.Random(3))
    assert edits(" ".join(pair), misspelt) == 1


def test_the_other_layout_is_what_the_same_keys_give():
    assert queries.in_other_layout("สวัสดี") == "l;ylfu"
    assert queries.in_other_layout("l;ylfu") == "สวัสดี"


def test_rank_is_counted_to_ten():
    assert public.reciprocal_rank([7, 5, 3], 5) == 0.5
    assert public.reciprocal_rank(range(20), 10) == 0.0
    assert public.mean_reciprocal_rank([("a", 1), ("b", 2)], lambda _: [1]) == 0.5


def test_quantiles_are_of_the_calls():
    taken = quantiles([float(number) for number in range(1, 201)])
    assert (taken.p50, taken.p99, taken.calls) == (101.0, 199.0, 200)


@pytest.fixture
def on_disk(tmp_path):
    return [peers.Fts5(tmp_path / "fts5.sqlite3"), peers.Tantivy(tmp_path / "tantivy")]


def test_peers_take_our_words_whole_and_find_the_same(on_disk):
    cut = [index_terms(passage) for passage in PASSAGES]
    plain = bm25.Bm25(cut)
    for peer in on_disk:
        peer.index(cut)
        for question, right in QUESTIONS:
            found = peer.ask(words(question), 10)
            assert found[0] == plain.ask(words(question), 10)[0] == right
        assert peer.ask(["ปฏิบัต"], 10) == []  # part of a word of the index: marks above do not cut it
        assert peer.ask([], 10) == []
        assert peer.size() > 0


def test_no_word_is_read_as_syntax_by_a_peer(on_disk):
    for peer in on_disk:
        peer.index([["a", "b"]])
        assert peer.ask(['"', "NOT", "*", "a", "("], 10) == [0]


def test_a_vector_of_words_is_quoted_for_postgresql():
    assert peers.vector(["o'clock", "back\\slash", "a", "a"]) == "'o''clock':1 'back\\\\slash':2 'a':3,4"


def test_the_same_size_gives_the_same_house():
    assert list(house.written(50, SAID)) == list(house.written(50, SAID))


def test_words_cut_piece_by_piece_are_the_words_of_the_whole():
    whole = [index_terms(f"{post.title} {post.text}") for post in house.written(200, SAID)]
    assert list(house.terms(index_terms, 200, SAID)) == whole


@pytest.mark.django_db
def test_the_house_is_as_if_people_had_written_it(monkeypatch):
    from lomwong.activity.models import Event
    from lomwong.people.models import OPERATOR
    from lomwong.posts.models import Post
    from lomwong.search.index import rebuild
    from lomwong.search.queries import search

    monkeypatch.setattr(house, "PEOPLE", 20)
    house.fill(400, lambda _: None, SAID)
    house.move_on(400)
    colleague = house.colleague()
    readable = Post.objects.visible_to(colleague)
    assert 200 < readable.count() < Post.objects.count() == Event.objects.count() == 400
    for post in Post.objects.threads():
        assert post.reply_count == post.thread.count() == house.THREAD - 1
        assert {*post.placements.values_list("community")} == {*post.thread.last().placements.values_list("community")}
    assert rebuild() == 400
    found = {hit.number for hit in search("microscope", viewer=OPERATOR, limit=400).hits}
    seen = {hit.number for hit in search("microscope", viewer=colleague, limit=400).hits}
    assert seen == found & set(readable.values_list("number", flat=True))
    assert len(seen) < len(found)


def test_a_target_is_met_or_not():
    assert targets.least("MRR", 0.9, 0.9).is_met
    assert not targets.most("ms", 100.0, 100.5).is_met
    flips = {"quality": {"flips": {"flips": 1, "of": 2_000}}}
    assert targets.of_flips(flips).is_met
    assert not targets.of_flips({"quality": {"flips": {"flips": 2, "of": 2_000}}}).is_met
