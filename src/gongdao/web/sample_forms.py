"""The forms of the gallery: one field of every kind, in the reader's language."""

from typing import Any

from django import forms
from django.utils.translation import get_language


def said(zh: str, en: str) -> str:
    """One of the two, by the language of the page."""
    return zh if (get_language() or "").startswith("zh") else en


class SampleForm(forms.Form):
    """One field of every kind."""

    category = forms.ChoiceField(widget=forms.RadioSelect)
    statement = forms.CharField(widget=forms.Textarea, max_length=2000)
    link = forms.CharField(required=False)
    language = forms.ChoiceField()
    evidence = forms.FileField(required=False)
    agree = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "category": said("发生了什么", "What is it about"),
            "statement": said("请说说经过", "Tell us what happened"),
            "link": said("内容链接", "Link to the content"),
            "language": said("用哪种语言回复您", "Language of our answer"),
            "evidence": said("证据材料", "Evidence"),
            "agree": said("我所说的属实", "What I say is true"),
        }
        for name, label in words.items():
            self.fields[name].label = label
        self.fields["statement"].help_text = said(
            "写明时间、地点和经过，不必写您的姓名。", "Say when and where. Leave your own name out."
        )
        self.fields["link"].help_text = said(
            "从应用里举报时会自动填好。", "Filled in for you if you come from the app."
        )
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("abuse", said("辱骂、人身攻击", "Insults or personal attacks")),
            ("fraud", said("虚假商品或欺诈", "Fake goods or fraud")),
            ("privacy", said("泄露他人隐私", "Somebody's private data")),
        ]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("zh-hans", "中文"),
            ("en", "English"),
        ]


class SampleFilter(forms.Form):
    """A filter of one field."""

    state = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].label = said("状态", "State")
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", said("全部", "All")),
            ("open", said("处理中", "Open")),
        ]
