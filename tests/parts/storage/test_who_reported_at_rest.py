"""Whoever reads the database's files learns neither who reported nor what was written."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from tests.stories.stage import stage_on_postgres

from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db

ACCOUNT, CONTACT = "zhang_san_0815", "zhang.san@example.org"
STATEMENT = "他在我的评论下面骂人，已经三天了。"
QUESTION, REPLY = "请问这条评论是哪一天发的？", "是十一月二日晚上九点左右。"
REASON = "举报人说被举报人今晚要来找他，需要马上联系到他本人。"


def tables_with(*secrets: str) -> dict[str, set[str]]:
    """The tables in which a secret stands as it is, as bytes of UTF-8, or escaped as in JSON."""
    found: dict[str, set[str]] = {secret: set() for secret in secrets}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(f"select string_agg(t::text, ' ') from {name} as t")  # noqa: S608
            (kept,) = cursor.fetchone()
            for secret in secrets:
                escaped = secret.encode("unicode_escape").decode()
                forms = (secret, secret.encode().hex(), escaped)
                if any(form.casefold() in (kept or "").casefold() for form in forms):
                    found[secret].add(table)
    return found


def test_who_reported_and_what_was_written_is_encrypted_at_rest() -> None:
    stage = stage_on_postgres()
    ana, sue = stage.hire("ana", Role.REVIEWER), stage.hire("sue", Role.SENIOR_REVIEWER)
    by_account = stage.accepted(ana, stage.account(ACCOUNT), statement=STATEMENT)
    by_contact = stage.report(contact=CONTACT, subject_ref="post-7")
    for receipt in (by_account, by_contact):
        reporter = stage.app.files.by_code(receipt.code)[1]
        stage.app.mailing.write(receipt.case, QUESTION, ana)
        stage.app.mailing.write(receipt.case, REPLY, reporter)
        stage.app.unmask.show(receipt.case, 1, "danger_to_life", REASON, sue)

    secrets = (ACCOUNT, CONTACT, STATEMENT, QUESTION, REPLY, REASON, by_account.code)
    assert tables_with(*secrets) == {secret: set() for secret in secrets}


def test_only_the_table_of_sign_ins_knows_the_address_that_somebody_signs_in_with() -> None:
    stage = stage_on_postgres()
    reporter = stage.account(ACCOUNT)
    get_user_model().objects.create_user(CONTACT, name="张三丰", party_id=reporter.person)
    receipt = stage.report(reporter)
    stage.app.mailing.write(receipt.case, REPLY, reporter)

    assert tables_with(CONTACT, "张三丰") == {CONTACT: {"account"}, "张三丰": {"account"}}
