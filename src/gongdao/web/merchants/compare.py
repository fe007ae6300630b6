"""Platforms side by side, with the reader's own figures beside the claimed ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.disputes.counting import PlatformFigures
from gongdao.domain.policy.comparing import About, compare
from gongdao.web import words
from gongdao.web.merchants.numbers import outside_packs
from gongdao.web.public.private import private
from gongdao.web.public.quotes import quoted, titles
from gongdao.web.public.rules import today

USUAL = ("taobao", "jd", "pinduoduo", "dianping")
"""Those that an article compares for merchants."""
_MOST = 6


@private
@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """`?p=taobao&p=jd`: readable by anybody; own figures for members of an organisation."""
    known, language = outside_packs(), words.language()
    asked = [each for each in dict.fromkeys(request.GET.getlist("p")) if each in known]
    chosen = (asked or [each for each in USUAL if each in known])[:_MOST]
    packs = [known[each] for each in chosen]
    table = compare(packs, About.REVIEW, today())
    called = [titles(pack) for pack in packs]
    caller = caller_of(request.user)
    own = app().disputes.counting.beside(caller) if caller.person else {}
    page = {
        "platforms": [
            (each, pack.title.in_(language), each in chosen) for each, pack in known.items()
        ],
        "columns": [column.title.in_(language) for column in table.columns],
        "rows": [
            {
                "title": row.label.in_(language),
                "cells": [quoted(*each) for each in zip(row.cells, called, strict=True)],
            }
            for row in table.rows
        ],
        "own": _own(chosen, own),
        "member": bool(app().disputes.organising.mine(caller)),
        "here": "merchants",
    }
    return render(request, "merchants/compare.html", page)


def _own(chosen: Sequence[str], own: Mapping[str, PlatformFigures]) -> list[dict[str, Any]]:
    """What to show beside each platform; nothing where there were no disputes."""
    return [
        {
            "there": each in own,
            "upheld": own[each].rate.upheld if each in own else 0,
            "n": own[each].rate.n if each in own else 0,
            "days": own[each].days if each in own else None,
            "answers": own[each].answers if each in own else 0,
        }
        for each in chosen
    ]
