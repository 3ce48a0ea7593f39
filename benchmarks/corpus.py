"""A corpus of made-up health articles: as many as wanted, the same ones whoever makes them.

Article `number` depends on the seed and on its number alone, and links to lower numbers only: the
first 1,000 of 10,000 articles are the corpus of 1,000. About a third of them are damaged, as
scraping and careless editing damage texts.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

LEAST: Final = 5000  # bytes of an article, aimed at
MOST: Final = 8000
DAMAGED: Final = 0.35
SEED: Final = 1

_TABLE: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_WORDS: Final = {slot: tuple(words) for slot, words in _TABLE["words"].items()}
_TEXTS: Final = {kind: tuple(texts) for kind, texts in _TABLE["texts"].items()}
_SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Made:
    """An article of the corpus: where it goes, below the folder, and what it says."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who writes one article: its number, its dice, and the words that it keeps to."""

    number: int
    seed: int
    dice: Random
    own: dict[str, str]

    def say(self, template: str) -> str:
        return _SLOT.sub(lambda slot: self._word(slot[1]), template)

    def one(self, templates: tuple[str, ...]) -> str:
        return self.say(self.dice.choice(templates))

    def some(self, templates: tuple[str, ...], least: int, most: int) -> list[str]:
        return [self.say(t) for t in self.dice.sample(templates, self.dice.randint(least, most))]

    def _word(self, slot: str) -> str:
        match slot:
            case "number":
                return str(self.number)
            case "note":
                return str(self.dice.randint(1, 5))
            case "link":
                return self.link()
            case "letter":
                return self.dice.choice("ABCDEFGHJKLMNPRSTW")
        kind = slot.lower()
        # An article is about one thing, and now and then names another.
        word = self.own.get(kind) if self.dice.random() < 0.75 else None
        word = word or self.dice.choice(_WORDS[kind])
        return word[:1].upper() + word[1:] if slot[0].isupper() else word

    def link(self) -> str:
        """From this article's folder to an earlier article; the first one has only itself."""
        other = self.dice.randrange(self.number) if self.number else 0
        return "../" + path(other, self.seed)


def article(number: int, seed: int = SEED) -> Made:
    """Article `number`, from 0."""
    dice = Random(f"{seed} {number}")
    own = {kind: dice.choice(_WORDS[kind]) for kind in ("nutrient", "group", "part")}
    own["condition"] = _subject(number, seed)[0]
    writer = _Writer(number, seed, dice, own)
    body = "\n\n".join(_body(writer))
    if dice.random() < DAMAGED:
        for damage in dice.sample(_DAMAGES, dice.randint(1, 3)):
            body = damage(writer, body)
    return Made(path(number, seed), f"{_front_matter(writer)}\n\n{body}\n")


def articles(count: int, seed: int = SEED) -> Iterator[Made]:
    """The first `count` articles."""
    return (article(number, seed) for number in range(count))


def long(size: int, seed: int = SEED) -> str:
    """An article of about `size` bytes: the front matter of the first one, then the bodies of as
    many as it takes, the last one cut."""
    front, _, text = article(0, seed).text.partition("\n---\n")
    room, bodies = size - len(front.encode()) - 5, [text.encode()]
    length = len(bodies[0])
    for number in range(1, size):
        if length >= room:
            break
        bodies.append(article(number, seed).text.partition("\n---\n")[2].encode())
        length += len(bodies[-1])
    whole = b"".join(bodies)[: max(room, 1)].decode("utf-8", "ignore")
    return f"{front}\n---\n{whole}"


def brief(made: Made) -> Made:
    """The article's front matter and what stands before the next blank line, and no more."""
    front, end, body = made.text.partition("\n---\n\n")
    return Made(made.path, front + end + body.partition("\n\n")[0] + "\n")


def write(folder: Path, count: int, seed: int = SEED, *, short: bool = False) -> None:
    """Write the first `count` articles below `folder`; what is `brief` of them, if `short`."""
    for made in map(brief, articles(count, seed)) if short else articles(count, seed):
        file = folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made.text, "utf-8", newline="\n")


def files(folder: Path, count: int, seed: int = SEED) -> list[Path]:
    """Where `write` put the first `count` articles."""
    return [folder / path(number, seed) for number in range(count)]


def _subject(number: int, seed: int) -> tuple[str, str]:
    dice = Random(f"subject {seed} {number}")
    return dice.choice(_WORDS["condition"]), dice.choice(_WORDS["angle"])


def _slug(number: int, seed: int) -> str:
    condition, angle = _subject(number, seed)
    return f"{condition.lower().replace(' ', '-')}-{angle}-{number}"


def path(number: int, seed: int = SEED) -> str:
    """Where article `number` stands below the folder."""
    condition, _ = _subject(number, seed)
    return f"{condition.lower().replace(' ', '-')}/{_slug(number, seed)}.md"


def _front_matter(writer: _Writer) -> str:
    dice, number = writer.dice, writer.number
    date = f"{dice.randint(2019, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    # One line a key, since one of the publishers reads no more.
    lines = [
        f'title: "{writer.one(_TEXTS["titles"])}"',
        f'description: "{writer.say("What to know about {condition}, {symptom} and {nutrient}.")}"',
        f"slug: {_slug(number, writer.seed)}",
        f"type: {dice.choices(('article', 'story', 'news'), (18, 1, 1))[0]}",
        f"created: {date}",
        f"date: {date}",
    ]
    if dice.random() < 0.8:
        lines.append(writer.say('authors: [{{name: "{name} {surname}", credentials: {letters}}}]'))
    if dice.random() < 0.5:
        lines.append(writer.say('reviewed_by: [{{name: "{name} {surname}", credentials: MD}}]'))
        lines.append(f"last_reviewed: {date}")
    if number and dice.random() < 0.7:
        related = sorted({dice.randrange(number) for _ in range(3)})
        lines.append(f"related: [{', '.join(_slug(other, writer.seed) for other in related)}]")
    return "\n".join(
        ["---", *(line.replace("{{", "{").replace("}}", "}") for line in lines), "---"]
    )


def _body(writer: _Writer) -> Iterator[str]:
    """The blocks of an article: what every page has, and sections until it is long enough."""
    dice = writer.dice
    yield " ".join(writer.some(_TEXTS["plain"][:10], 2, 4))
    tail = list(_tail(writer))
    room = dice.randint(LEAST, MOST) - 900 - sum(len(block.encode()) + 2 for block in tail)
    pieces: list[Callable[[_Writer], str]] = [_paragraph, _bullets, _steps, _table, _dosing]
    headings = dice.sample(_TEXTS["headings"], len(_TEXTS["headings"]))
    while room > 0 and headings:
        section = [f"## {writer.say(headings.pop())}", _paragraph(writer)]
        for piece in dice.choices(pieces, (6, 3, 1, 1, 3), k=dice.randint(1, 3)):
            section.append(piece(writer))
        room -= sum(len(block.encode()) + 2 for block in section)
        yield from section
    yield from tail


def _tail(writer: _Writer) -> Iterator[str]:
    dice = writer.dice
    if dice.random() < 0.85:
        yield "## When to get help"
        yield from _tiers(writer)
    if dice.random() < 0.75:
        yield "## Common questions"
        for question in writer.some(_TEXTS["questions"], 2, 4):
            yield f"### {question}"
            yield " ".join(writer.some(_TEXTS["plain"], 1, 3))
    if dice.random() < 0.8:
        yield "## About this page"
        yield writer.one(_TEXTS["disclaimers"])
    yield "## Read next"
    yield "\n".join(f"- [{writer.one(_TEXTS['titles'])}]({writer.link()})" for _ in range(3))
    yield "## Sources"
    yield "\n".join(f"[^{note}]: {writer.one(_TEXTS['sources'])}" for note in range(1, 6))


def _tiers(writer: _Writer) -> Iterator[str]:
    dice = writer.dice
    signs = writer.some(_TEXTS["signs"], 5, 9)
    if dice.random() < 0.5:
        cut = dice.randint(2, 3)
        yield "Call 911 now if:"
        yield "\n".join(f"- {sign}" for sign in signs[:cut])
        yield "Book an appointment if:"
        yield "\n".join(f"- {sign}" for sign in signs[cut:])
    else:
        yield "See a doctor if:"
        yield "\n".join(f"- {sign}" for sign in signs)


def _paragraph(writer: _Writer) -> str:
    sentences = writer.some(_TEXTS["plain"], 3, 6)
    if writer.dice.random() < 0.2:
        sentences.insert(writer.dice.randrange(len(sentences)), writer.one(_TEXTS["risky"]))
    if writer.dice.random() < 0.2:
        first, _, rest = sentences[0].partition(" ")
        sentences[0] = f"**{first}** {rest}"
    return " ".join(sentences)


def _bullets(writer: _Writer) -> str:
    items = writer.some(("{symptom}", "{doing}", "{food} and {food}", "{test}", "{drug}"), 3, 5)
    return writer.say("For {condition}, think of:\n\n") + "\n".join(f"- {item}" for item in items)


def _steps(writer: _Writer) -> str:
    steps = writer.some(_TEXTS["plain"][9:12] + _TEXTS["plain"][17:21], 3, 4)
    return "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1))


def _table(writer: _Writer) -> str:
    rows = ["| Food | Portion | Amount |", "| --- | --- | ---: |"]
    for _ in range(writer.dice.randint(3, 6)):
        rows.append(writer.say("| {food} | {amount} g | {small} mg |"))
    return "\n".join(rows)


def _dosing(writer: _Writer) -> str:
    return " ".join(writer.some(_TEXTS["amounts"], 2, 3) + writer.some(_TEXTS["plain"], 1, 2))


def _lost_bullets(_: _Writer, body: str) -> str:
    return body.replace("\n- ", "\n")


def _asked_bullets(_: _Writer, body: str) -> str:
    return body.replace("\n- ", "\n? ")


def _typographic_bullets(_: _Writer, body: str) -> str:
    return body.replace("\n- ", "\n• ")


def _misread(_: _Writer, body: str) -> str:
    """UTF-8 taken for Windows-1252: dashes and micro signs, and apostrophes made for it."""
    for sign in "–µ":
        body = body.replace(sign, sign.encode().decode("cp1252"))
    return body.replace("does not", "doesn’t".encode().decode("cp1252"))


def _glued(writer: _Writer, body: str) -> str:
    places = [place.start() for place in re.finditer(r"(?<=[a-z]\.) (?=[A-Z])", body)]
    for place in sorted(writer.dice.sample(places, min(3, len(places))), reverse=True):
        body = body[:place] + body[place + 1 :]
    return body


def _insert(writer: _Writer, body: str, block: str) -> str:
    blocks = body.split("\n\n")
    blocks.insert(writer.dice.randrange(1, len(blocks)), block)
    return "\n\n".join(blocks)


def _inserted(*templates: str) -> Callable[[_Writer, str], str]:
    return lambda writer, body: _insert(writer, body, writer.one(templates))


def _twice(writer: _Writer, body: str) -> str:
    return _insert(writer, body, max(body.split("\n\n"), key=len))


def _without_signs(_: _Writer, body: str) -> str:
    return re.sub(r"## When to get help\n\n.*?(?=\n## )", "", body, flags=re.DOTALL)


def _risky(writer: _Writer, body: str) -> str:
    return _insert(writer, body, " ".join(writer.some(_TEXTS["risky"], 3, 5)))


_DAMAGES: Final[tuple[Callable[[_Writer, str], str], ...]] = (
    _lost_bullets,
    _asked_bullets,
    _typographic_bullets,
    _misread,
    _glued,
    _twice,
    _without_signs,
    _risky,
    _inserted('<div class="ad"><span>Advertisement</span></div>', "<p>{Condition} &nbsp;</p>"),
    _inserted(
        "{{ page.title }}", "%%AUTHOR%%", "[INSERT LINK HERE]", "TODO: check this with {name}"
    ),
    _inserted("Read more: [{condition}](missing-page-{amount}.md)", "See [below](#no-such-part)."),
    _inserted("Share on Facebook Tweet Pin It", "Subscribe to our newsletter for weekly tips!"),
    _inserted(
        "As an AI language model, I cannot give medical advice.", "Sure! Here is the article:"
    ),
    _inserted("## {Nutrient} in short\n\n## {Nutrient} at length"),
    _inserted("### What helps\n\nCommon signs include:\n\n{symptom}\n{symptom}\n{symptom}"),
)


def main() -> None:
    """`python -m benchmarks.corpus FOLDER COUNT` writes the articles to look at."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    write(asked.folder, asked.count, asked.seed)


if __name__ == "__main__":
    main()
