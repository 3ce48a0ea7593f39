"""A site's own templates: what they may do, and what is said where they fail."""

from __future__ import annotations

import os

import pytest

from cramplint.model import CrampError, Source
from cramplint.parse import parse
from cramplint.render.body import Links, Place
from cramplint.render.facts import facts
from cramplint.render.html import render
from cramplint.render.page import index, page
from cramplint.render.urls import safe
from cramplint.rules import Tables, folder
from cramplint.templates import read
from cramplint.understand import understand

TEXT = "---\ntitle: Cramps & <b>\n---\n\nRest.\n\n## More\n\nSleep.\n"


@pytest.fixture
def drawn(tmp_path):
    """name -> text of templates -> the page, and the index, that they make"""

    def run(**templates):
        for name, text in templates.items():
            file = tmp_path / name.replace("__", "/").replace("_", ".")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        theme = read(tmp_path)
        reading = understand(parse(Source("a.md", TEXT, "markdown")), Tables(folder() / "data"))
        body = render(reading, Links(safe, {}.get))
        made = page(body, facts(reading), Place("a.html", "", ""), (), theme)
        return made, index((), "", "", theme=theme)

    return run


def test_one_template_changes_what_it_names_and_the_rest_stays(drawn):
    made, listed = drawn(base_css="body{color:navy}", page_css="h1{color:red}")
    assert "<style>body{color:navy}h1{color:red}</style>" in made
    assert "<style>body{color:navy}.index" in listed
    assert "<h1>Cramps &amp; &lt;b&gt;</h1>" in made


def test_a_template_may_build_on_ours(drawn):
    made, _ = drawn(
        article_html='{% extends "cramplint/article.html" %}\n'
        '{% block content %}<p>{{ title }}</p>{% include "parts/foot.html" %}{{ super() }}{% endblock %}',
        parts__foot_html="<p>{{ site_name or 'nowhere' }}</p>",
    )
    assert "<p>Cramps &amp; &lt;b&gt;</p><p>nowhere</p>" in made
    assert "<h1>Cramps" in made


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("{{ title", 1, "unexpected end of template"),
        ("\n{{ title | shout }}", 2, "No filter named 'shout'"),
        ("\n\n{{ titel }}", 3, "'titel' is undefined"),
        ("{{ facts.nothing }}", 1, "has no attribute 'nothing'"),
        ("\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("\n{% include 'gone.html' %}", 2, "there is no template gone.html"),
        ("\n{% include '../../secret.html' %}", 2, "there is no template ../../secret.html"),
        ("\n{{ title.__class__.__mro__ }}", 2, "unsafe"),
        ("{{ facts.__init__.__globals__ }}", 1, "unsafe"),
        ("{{ title.format_map({}) }}{{ '{0.__class__}'.format(title) }}", 1, "unsafe"),
        ("{% for i in range(10 ** 9) %}x{% endfor %}", 1, "OverflowError"),
        ("{% do sections.append(1) %}", 1, "unknown tag 'do'"),
        ("\n{{ sections.clear() }}", 2, "SecurityError"),
        ("{% extends 'article.html' %}", 1, "RecursionError"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(drawn, tmp_path, text, line, what):
    with pytest.raises(CrampError) as caught:
        drawn(article_html=text)
    assert caught.value.where == f"{tmp_path.as_posix()}/article.html:{line}"
    assert what in caught.value.what


def test_what_is_wrong_in_a_part_is_said_of_the_part(drawn, tmp_path):
    with pytest.raises(CrampError) as caught:
        drawn(article_html="{% include 'part.html' %}", part_html="\n\n{{ nothing }}")
    assert caught.value.where == f"{tmp_path.as_posix()}/part.html:3"


def test_values_are_escaped_wherever_they_are_put(drawn):
    made, _ = drawn(article_html='<p title="{{ title }}">{{ title }}</p>')
    assert made == '<p title="Cramps &amp; &lt;b&gt;">Cramps &amp; &lt;b&gt;</p>'


def test_a_folder_without_a_template_is_refused_with_what_is_near(tmp_path):
    (tmp_path / "artikel.html").write_text("x")
    with pytest.raises(CrampError, match=r"did you mean article\.html"):
        read(tmp_path)
    (tmp_path / "artikel.html").unlink()
    with pytest.raises(CrampError, match="holds no template"):
        read(tmp_path)
    with pytest.raises(CrampError, match="no such folder"):
        read(tmp_path / "gone")


def test_what_leads_out_of_the_folder_is_refused(tmp_path):
    secret, own = tmp_path / "secret.html", tmp_path / "own"
    secret.write_text("secret")
    own.mkdir()
    (own / "page.css").write_text("")
    try:
        os.symlink(secret, own / "article.html")
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(CrampError, match="leads out of the folder"):
        read(own)


@pytest.mark.parametrize(
    ("data", "what"), [(b"\xff\xfe", "UTF-8"), (b"x" * (2 << 20), "too large")]
)
def test_what_is_no_text_is_refused(tmp_path, data, what):
    (tmp_path / "article.html").write_bytes(data)
    with pytest.raises(CrampError, match=what):
        read(tmp_path)


def test_other_files_are_left_alone(tmp_path):
    (tmp_path / "page.css").write_text("a{}")
    (tmp_path / "README.md").write_bytes(b"\xff")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "article.html").write_bytes(b"\xff")
    assert read(tmp_path).files == (("page.css", "a{}"),)
