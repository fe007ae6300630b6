"""`gongdao courses`: what whoever writes courses looks at, with no database."""

import json
from pathlib import Path
from typing import Annotated

import typer

from gongdao.bootstrap.course_shelf import checked_courses

courses = typer.Typer(no_args_is_help=True, help="Courses of the house pack.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(courses, name="courses")


@courses.callback()
def group() -> None:
    """Courses of the house pack."""


@courses.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A house pack; else our own.", file_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Read every course and its questions, and name the first that is not whole."""
    found = [
        {
            "course": each.course.code,
            "edition": each.course.edition,
            "sections": len(each.course.sections),
            "quiz": each.course.exam.quiz,
            "questions": each.course.exam.questions,
            "reading_minutes": each.reading_minutes,
            "most_minutes": each.most_minutes,
        }
        for each in checked_courses(folder)
    ]
    if as_json:
        print(json.dumps({"courses": found}, ensure_ascii=False))
        return
    for line in found:
        print(
            f"{line['course']}: {line['sections']} sections, {line['reading_minutes']} min to "
            f"read, {line['most_minutes']} min can count, {line['questions']} questions a try"
        )
