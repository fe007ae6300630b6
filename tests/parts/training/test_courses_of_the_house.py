"""The courses that are shipped: whole in both languages, safe to show, and enough for a firm."""

import re
import shutil
from pathlib import Path

import pytest
from tests.fakes.house import shipped_packs
from tests.fakes.training import shipped_courses

from gongdao.adapters.course_files import FileCourses
from gongdao.adapters.markdown import rendered
from gongdao.adapters.quiz_files import FileExams, read_bank
from gongdao.bootstrap import pack_root
from gongdao.bootstrap.course_shelf import checked_courses
from gongdao.domain.flows.ways_learned import fulfils
from gongdao.domain.kernel.errors import NotFound, PackInvalid
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.quiz import Bank, Option, Question, paper
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.training.certificates import number_of, plain
from gongdao.domain.training.courses import Course

COURSES = shipped_courses().all()
HOUSE = pack_root() / "house"
OF_ONE_RULE = {"advertising", "leaving_alone", "sharing"}
"""Short ones: each explains the one rule that its way back is about."""


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.code)
def test_each_has_real_sections_in_both_languages(course: Course) -> None:
    fewest = 3 if course.code in OF_ONE_RULE else 5
    assert fewest <= len(course.sections) <= 8
    for section in course.sections:
        assert 110 <= len(section.text.en.split()) <= 250
        assert 250 <= len(section.text.zh) <= 600
        for text in (section.text.zh, section.text.en):
            html = rendered(text)
            assert not re.search(r"<(script|style|img|iframe|form|a )|\son\w+=|style=", html)
    exam = course.exam
    asked = FileExams(HOUSE / "quizzes").paper(exam.quiz, "seed", exam.questions)
    assert len(asked.questions) == exam.questions


@pytest.mark.parametrize("code", FileExams(HOUSE / "quizzes").codes())
def test_every_question_says_where_a_course_explains_it(code: str) -> None:
    bank = read_bank(HOUSE / "quizzes" / f"{code}.yaml")
    course = shipped_courses().get(bank.course)
    assert course.exam.quiz == code
    asked = {question.read for question in bank.questions}
    assert asked == {section.code for section in course.sections}


def test_every_exam_on_a_way_back_has_a_course_that_is_enough_for_it() -> None:
    ways = shipped_packs().versions("house")[0].ways_back
    assert ways is not None
    for step in ways.steps():
        if isinstance(step, ExamStep):
            assert any(fulfils(course, step) for course in COURSES), step.code


@pytest.mark.parametrize("code", FileExams(HOUSE / "quizzes").codes())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_length_of_an_option_does_not_give_it_away(code: str, language: str) -> None:
    bank = read_bank(HOUSE / "quizzes" / f"{code}.yaml")
    longest = 0
    for question in bank.questions:
        long = {each.code: len(each.words.in_(language)) for each in question.options}
        longest += long.pop(question.right) > max(long.values())
    assert longest < 0.45 * len(bank.questions)


def test_the_courses_of_firms_can_take_two_hours() -> None:
    pack = shipped_packs().versions("house")[0]
    assert pack.training is not None
    assert pack.firms is not None
    most = {each.course.code: each.most_minutes for each in checked_courses()}
    counted = sum(most[code] for code in pack.training.firms.courses)
    assert counted >= pack.firms.qualification.minutes_least
    assert set(pack.training.firms.exams) <= set(most)
    assert {team.course for team in pack.training.teams} <= set(most)


def test_a_folder_that_says_nothing_of_its_course_is_named(tmp_path: Path) -> None:
    for name in ("courses", "quizzes"):
        shutil.copytree(HOUSE / name, tmp_path / name)
    (tmp_path / "courses" / "tea").mkdir()
    with pytest.raises(PackInvalid) as refused:
        list(checked_courses(tmp_path))
    assert "course.yaml is not there" in str(refused.value)


@pytest.mark.parametrize(
    ("written", "shows"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](//evil.example)", "[x](//evil.example)"),
        ("![x](https://evil.example/a.png)", "!<a href"),
        ("<b onclick=x>", "&lt;b onclick=x&gt;"),
        ("|a|\n|:-:|\n|b|", "<th>a</th>"),
        ("[rules](/rules/)", '<a href="/rules/">rules</a>'),
    ],
)
def test_markdown_shows_no_html_of_its_own(written: str, shows: str) -> None:
    html = rendered(written)
    assert shows in html
    assert "<script" not in html
    assert "<img" not in html
    assert "style=" not in html


def _folder(tmp_path: Path, **changed: bytes | None) -> FileCourses:
    to = tmp_path / "merchants"
    to.mkdir()
    for name in ("course.yaml", "zh.md", "en.md"):
        content = (HOUSE / "courses" / "merchants" / name).read_bytes()
        new = changed.get(name.replace(".", "_"), content)
        if new is not None:
            (to / name).write_bytes(new)
    return FileCourses(tmp_path)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"en_md": b"# t\n\n## only one\n\nwords\n"}, "en.md has 1 sections"),
        ({"en_md": b"\xff\xfe"}, "not UTF-8"),
        ({"zh_md": None}, "zh.md is missing"),
        ({"course_yaml": b"place: 1\n"}, "Field required"),
        ({"course_yaml": b"{:"}, "expected"),
        ({"zh_md": b"## a\n## b\n"}, "without a title or a text"),
    ],
)
def test_a_broken_course_says_what_is_wrong(
    tmp_path: Path, changed: dict[str, bytes | None], says: str
) -> None:
    with pytest.raises(PackInvalid) as problem:
        _folder(tmp_path, **changed).all()
    assert says in str(problem.value.facts["what"])


def test_there_is_no_course_by_a_path() -> None:
    for code in ("../quizzes", "", "nothing"):
        with pytest.raises(NotFound):
            shipped_courses().get(code)


def test_papers_differ_by_seed_and_ask_every_question_in_time() -> None:
    options = tuple(Option(c, Words(zh=c, en=c)) for c in "abc")
    words = Words(zh="问", en="ask")
    questions = tuple(Question(f"q{n}", words, options, "a", words) for n in range(14))
    bank = Bank("b", words, "1", questions)
    papers = [paper(bank, f"seed {n}", 5).codes for n in range(80)]
    assert paper(bank, "seed 1", 5).codes == papers[1]
    assert len(set(papers)) > 70
    assert {code for codes in papers for code in codes} == {q.code for q in questions}


def test_a_number_is_read_as_people_type_it() -> None:
    number = number_of("01890000-0000-7000-8a1b-2c3d4e5f6071")
    assert len(number) == 14
    assert plain(number.lower().replace("-", " ")) == number
    assert plain("oooo-1111-llll") == "0000-1111-1111"
    assert plain("1234") == plain("x" * 500) == plain("") == ""
