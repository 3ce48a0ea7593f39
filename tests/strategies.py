"""Articles as they come: Markdown, plain text, and both damaged. Shared by the laws of the suite and
by `make fuzz`, which looks at far more of them."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

FUZZING = os.environ.get("CRAMPLINT_FUZZ") == "1"


def looked_at(examples: int) -> settings:
    """As many articles in the suite, four times as many in each round where there is time."""
    return settings(
        max_examples=examples * (4 if FUZZING else 1),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


# Ends in a line feed or not, since what comes next is part of the damage.
MARKDOWN = (
    "# Leg cramps at night\n\n",
    "## When to see a doctor\n\n",
    "## Wann? – “Über” cafés\n",
    "Setext\n-----\n",
    "---\n",
    "***\n\n",
    "> quoted\n> more\n\n",
    "> [!WARNING]\n> Call 911.\n\n",
    "- calves\n- feet\n  1. one\n  2. two\n\n",
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n\n",
    "```python\nx = 1\n```\n\n",
    "~~~\n",
    "    code\n\n",
    "<div>x</div>\n\n",
    "<!-- c -->",
    "<!--",
    "<b><i>x</b>",
    "&amp; &nbsp;x &#x41;",
    "*em* **strong** `code` ~~gone~~ ",
    '[l](http://x.y "t") ![i](j.png) <https://a.example> ',
    "[l]: x\n",
    "[l]",
    "[^1] ",
    "[^1]: note\n\n",
    "::: reveal Title\n",
    ":::\n",
    "!!! note\n    x\n",
    "*[A]: b\n",
    "{{ name }}",
    "{rel=external}",
    "\\",
)
SAID = (
    "Leg cramps are painful and pass in minutes. Stretch the calf.\n",
    "Take 300–400 mg of magnesium daily; it cures cramps.\n",
    "It helps, and donâ€™t wait &nbsp;long. Take .5 mg QD, then 5.0 mg.\n",
    "See your doctor if cramps wake you often or your legs feel weak.\n",
    "When should I see a doctor?\nIf cramps are severe.\n",
    "Warning signs include:\n",
    "For educational purposes only.\n",
    "“It helped me a lot,” says Ana, 39.\n",
    "Diabetics who suffer from cramps can ask a nurse about them.\n",
    "A study found that 4 in 10 people (12%) sleep better.[1]\n",
    "Try [this brand](https://www.amazon.com/dp/B0?tag=cramps-20&utm_source=x) [here] (/x).\n",
    "References\n1. Smith J. Cramps. BMJ 2019.\n",
)
DAMAGE = (
    "Rest the tenseThat muscle.Then walk about.\n",
    "-\nrest\n-\nsleep well\n",
    "•\n",
    "? Pro tip: drink water\n? “Rest helped me a lot last winter.”\n",
    "Five Ways to Sleep Better\nRead More →Tired After Lunch\nRead More →\n",
    "Deep sleep gWhy We Nap at Noonrows lighter as we age.\n",
    "<span style='color:red'>Wear wide shoes.</span><br/>\n",
    "Connect\nhello@clinic.example\n❤️ 📚 🎨\n© Cramps 2024 • All rights reserved.\n",
    "Products / Tools / Resources\n",
    "<!-- cramplint-disable-next-line claim/detox -- quoted -->\n",
    "<!-- cramplint-disable * -->\n",
    "**Rest well and walk.\n",
    "\n",
    "\n\n",
    "   ",
    "\t",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\x0c",
    "\ufffd",
    "e\u0301",
    "👨‍👩‍👧 ",
    "日本語のテキスト。",
)
FRONT = (
    "",
    "",
    "---\ntitle: Leg cramps\ntype: article\nlang: en\n---\n\n",
    "---\ntitle: 'A: b'\nrelated: [x, Tired After Lunch]\ndisclaimer: site\n---\n",
    "---\nlocale: gb\ncramplint: {ignore: {claim/cure: quoted}}\n---\n",
)
PIECES = (*MARKDOWN, *SAID, *DAMAGE)
KINDS = st.sampled_from(("markdown", "text"))


def _cut(text: str, place: float, width: int) -> str:
    """The text without some of its letters, as a careless copy leaves it."""
    start = int(len(text) * place)
    return text[:start] + text[start + width :]


_WHOLE = st.tuples(
    st.sampled_from(FRONT),
    st.lists(st.one_of(*[st.sampled_from(PIECES)] * 5, st.text(max_size=20)), max_size=12).map(
        "".join
    ),
).map("".join)
# What a Source may hold: no carriage return, no surrogate.
TEXTS = (
    st.one_of(
        _WHOLE, st.builds(_cut, _WHOLE, st.floats(0, 1, exclude_max=True), st.integers(1, 30))
    )
    .map(lambda text: text.replace("\r", "\n"))
    .filter(lambda text: text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))
)

# Patterns, and texts of letters that they hold or that count as others.
PATTERNS = (
    r"\bas an? (?:AI|large) model\b",
    r"(?:abc|de+f)[xy]?\d",
    r"x?(?:foo)*bar|q(?=foo)uux",
    "(?:ab){2}c|d",
    r"\bno\b.{0,20}\bcure",
    "['’]s|n['’]t",
    r"(?<![\w-])(?:ab|cd)\s++(?:e\s++)?f(?!\w)",
    r"(?:\A|(?<=[.!]\s))(?:a|b)(?:-|\s++)(?P<it>c(?:d|e)f)\b",
    r"(?>a\b|ab)(?:\W{1,3}b){1,2}",
    r"\Ba+b?|c\B\w",
    r"(?:a |b_|-)(?:cd|e)(?: f)?(?=\sx|\b)",
    r"[^\W\d]+(?:\s|,)c\$?",
)
WORDS = st.text("abcdefnoxqur1_ AI'’.,!-$%\n\u0131\u017f\u212a\u00b5\u03bc", max_size=40)
