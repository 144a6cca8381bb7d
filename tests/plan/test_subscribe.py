"""The page that says how to hear of what is new, and the one host that its form may be sent to."""

import pytest

from sitegen.model.settings import Subscribe
from sitegen.plan.hosting import plan_hosting
from sitegen.plan.subscribe import plan_subscribe

FORM = Subscribe("https://mail.example:8443/join?list=1", "email")
LINK = Subscribe("https://mail.example/join")


@pytest.mark.parametrize(
    ("subscribe", "policy"),
    [
        (None, "form-action 'self';"),
        (LINK, "form-action 'self';"),
        (FORM, "form-action 'self' https://mail.example:8443;"),
    ],
)
def test_forms_go_to_the_provider_of_the_mail_form_and_to_no_other(make_context, subscribe, policy):
    context = make_context(subscribe=subscribe)
    [headers] = [page.view for page in plan_hosting(context) if page.url == "_headers"]
    assert policy in headers
    assert f"form-action 'self'{context.frame.form_target};" == policy


def test_the_page_names_the_site_s_feeds_and_those_of_collections(make_context):
    [page] = plan_subscribe(make_context())
    assert [group.title for group in page.view.outlines] == ["", "Collections"]
    assert page.view.opml == "feeds.opml"


def test_without_feeds_the_page_leads_to_mail_alone_and_without_both_there_is_none(make_context):
    [page] = plan_subscribe(make_context(base_url="", subscribe=LINK))
    assert (page.view.outlines, page.view.opml, page.view.mail) == ((), "", LINK)
    assert list(plan_subscribe(make_context(base_url=""))) == []
