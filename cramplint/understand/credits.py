"""Who answers for a page: as the front matter and the text itself state it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..days import DATE, MONTH
from ..meaning import Credit, Credits, Dated, Zone
from ..model import Article, Block, Span
from ..patterns import lazy, lowered

_AUTHOR_KEYS = ("authors", "author", "by", "byline", "written_by", "writer", "creator")
_REVIEWER_KEYS = (
    *("reviewed_by", "reviewers", "reviewer", "reviewedby", "medically_reviewed_by"),
    *("medical_reviewer", "medical_reviewers", "clinical_reviewer", "reviewed-by"),
)
_BODY_KEYS = ("publisher", "organisation", "organization", "institution")
_TITLE_KEYS = (
    *("credentials", "job_title", "jobTitle", "role", "qualifications", "affiliation", "title"),
    *("honorificSuffix", "honorific_suffix", "position", "organisation", "organization", "bio"),
)
_BARE = lazy(r"(?!.*\b(?:mom|mum|mama|dad|mother|father|parent|wife)\b)(?:[A-Z]|.*[ .])")
_INTEREST_KEYS = (
    *("funding", "conflicts", "conflicts_of_interest", "disclosure", "disclosures", "sponsor"),
    *("sponsored", "competing_interests", "affiliate_disclosure"),
)
# No person, though it stands where one should.
_NOBODY = lazy(
    r"\W*(?:pending\b.*|none\b.*|tb[acd]|to be (?:confirmed|decided)|n/?a|not (?:yet|"
    r"applicable)\b.*|unknown|await\w*\b.*|todo\b.*|admin(?:istrator)?|anonymous|user|guest|null|"
    r"your name|name|xx+)?\W*",
    re.IGNORECASE,
)
_TEAM = lazy(
    r"\b(?:teams?|staff|editors|editorial|editorial board|contributors|writers|advisers|advisors|"
    r"panel|board|committee|group|clinic|hospitals?|health ?care|centre|center|trust|foundation|"
    r"universit(?:y|ies)|college|institutes?|society|association|department|services?|agency|"
    r"council|network|charity|ltd|limited|inc|llc|gmbh|company|media|press|library|pharmacy|practice|"
    r"surgery|(?-i:NHS|CDC|FDA|WHO|NIH|NICE)|government|ministry|bureau|organi[sz]ation|publishing|"
    r"labs?|desk|authority|alliance|league|federation|academy|school|project|community|programme|"
    r"program|health|wellness)\b|\A[\w’']+ & [\w’']+\Z",
    re.IGNORECASE,
)
_WORD = r"(?:[A-Z][\w’'.-]*|[dD]e|[vV]an|[vV]on|der|den|la|le|di|da|bin|al|Mc|O’|O')"
_NAME = (
    r"(?:(?:Dr|Prof|Professor|Doctor|Mr|Mrs|Ms|Miss|Sir|Nurse)\.?\s+)?"
    rf"[A-Z][\w’'.-]*(?:\s+{_WORD}){{0,4}}"
)
_LETTERS = (
    r"(?:N\.?D|M\.?D|Ph\.?D|D\.?O|R\.?N|R\.?D\.?N?|M\.?S|MSc|BSc|MBBS|MBChB|MB|BCh|BS|MA|BA|"
    r"PharmD|Pharm|CNS|NP|FNP|DNP|APRN|DC|LAc|MPH|FRC\w+|MRC\w+|MRPharmS|CPT|CNM|LCSW|PsyD|DDS|DPT|PT|OD|DPM|DMD|"
    r"FAC\w+|FAA\w+|PA-C|CHC|NBC-HWC|RDH|LPN|CRNA|ARNP|BSN|MSN|EdD|JD|MEd|IBCLC|RM|RMN|RGN|SLT)\.?"
)
_BY = lazy(
    r"(?:(?P<what>(?:medically|clinically|scientifically|medical|clinical|expert|fact|peer)?[ -]?"
    r"(?:written|authored|words|story|text|article|posted|published|reviewed|review|approved|"
    r"verified|vetted|fact-?checked|checked|edited|prepared|compiled|produced|developed|created|updated|translated)"
    r"(?: and (?:medically |clinically )?(?:reviewed|approved|edited|updated|maintained))?) by|"
    r"by)(?=[:\s])\s*:?\s*",
    re.IGNORECASE,
)
_LABELLED = lazy(
    r"(?P<what>(?:(?:medical|clinical|medically|lead|main|expert|guest|content|page|"
    r"article) )?(?:authors?|writers?|reviewers?|reviewed|review))\s*(?::|\n|\s[–—-]\s)\s*",
    re.IGNORECASE,
)
# "This leaflet was written by …": the page's own words on who made it.
_MADE = lazy(
    r"\b(?:this|the|our) (?:page|article|guide|leaflet|information|content|fact ?sheet|hand-?out|"
    r"post|text|resource|booklet|advice|material)(?: on this page)?(?: \w+){0,3}? (?P<what>written|"
    r"prepared|produced|compiled|authored|(?:medically |clinically )?reviewed|checked|developed|"
    r"approved)(?: (?:and|,) \w+)?(?: in \w+(?: \d{4})?)? by (?:the |our |an? )?",
    re.IGNORECASE,
)
_WROTE = lazy(
    r"^(?:the |our )?(?P<name>[\w’' -]{3,60}?) (?:wrote|prepared|produced|compiled) this "
    r"(?:page|article|guide|leaflet|information|post)\b",
    re.IGNORECASE,
)
_NAMED = lazy(_NAME)
_PARTS = lazy(
    r"[|•·]|\s[–—-]\s|\n|;|"
    r"\.\s{1,9}(?=(?:(?:[Mm]edically|[Cc]linically) )?(?:[Rr]eviewed|[Cc]hecked|[Ee]dited) by\b)"
)
_LED = lazy(
    r"(?:[,;:)\d]|\band|\blast|\bfirst)\s*$|\b(?:page|article|content|information|leaflet|guide|post)\b",
    re.IGNORECASE,
)
_UNREVIEWED = lazy(
    r"\b(?:no|not|has not|hasn['’]t|have not|was not)\b[^.\n]{0,60}\b(?:clinician|doctor|"
    r"physician|nurse|"
    r"pharmacist|medical(?:ly)?|clinical(?:ly)?|"
    r"health (?:care )?professional)[^.\n]{0,40}\b(?:review\w*|checked)\b"
    r"|\b(?:not (?:yet )?been|never been) (?:medically |clinically )?reviewed\b|"
    r"\bpending (?:clinical|medical) review\b",
    re.IGNORECASE,
)
_INTERESTS = lazy(
    r"\b(?:conflicts? of interests?|competing interests?|funded by|funding\b|sponsored (?:by|post|"
    r"content)|no sponsors?|paid for by|"
    r"(?:accepts?|takes?|receives?|received|earns?|earned|have|has) no (?:\w+ )?(?:money|"
    r"payments?|funding|advertis\w+|sponsorship|commissions?|financial)|"
    r"(?:earn|receive|get|make)s? (?:an? )?(?:small )?(?:\w+ )?(?:commissions?|fees?)\b|"
    r"affiliate (?:links?|partners?|program)|qualifying purchases|as an amazon|"
    r"(?:not|nobody|no one|was not|were not) (?:been )?paid|financial (?:interests?|disclosures?|"
    r"ties|relationship)|nothing to disclose|"
    r"supported by an? (?:\w+ )?grant|(?:I|we) (?:own|sell|work for|was paid|were paid|run)\b)",
    re.IGNORECASE,
)
# A page that says who paid, or who has not reviewed it, holds one of these.
_MONEY = (
    *("conflict", "interest", "fund", "sponsor", "paid", "earn", "commission", "affiliate"),
    *("disclos", "grant", "financ", " own ", " sell ", "qualifying", "amazon", "receive", "accept"),
)
_CHECKED = ("review", "checked")
_NAMING = ("by", "author", "writer", "review")  # and a line that credits somebody one of these
_PHRASE_ENDS = lazy(r"[,.;(|\n]")
_TEAM_WORDS = 8
_TAIL_WORDS = 8
_TAIL = 160  # code points of a line that credits somebody behind something else
_EDGE = 14  # blocks at either end of a page where it says who made it
_SHORT = 260  # code points of a line that credits somebody


def credited(article: Article, zones: Sequence[Zone], dates: Sequence[Dated]) -> Credits:
    """Who answers for the article, the front matter before the text; `dates` are its dates."""
    blocks = [b for b in article.blocks if b.kind not in ("code", "rule", "footnote")]
    ends = blocks if len(blocks) <= 2 * _EDGE else [*blocks[:_EDGE], *blocks[-_EDGE:]]
    aside = [z.span for z in zones if z.kind in ("references", "related", "testimonial")]
    own = [b for b in ends if not any(s.holds(b.span) for s in aside[:50])]
    people = [*_stated_people(article)]
    roles = {c.role for c in people}
    for credit in (*_bylines(article, own), *_bios(article, zones)):
        if credit.role not in roles and not any(credit.name == c.name for c in people):
            people.append(credit)
    return Credits(
        tuple(people),
        tuple(dates),
        _unreviewed(article, own) or _pending(article),
        _interests(article),
    )


# -- the front matter


def _stated_people(article: Article) -> Iterator[Credit]:
    data, keys = article.meta.data, article.meta.keys
    for role, names in (("author", _AUTHOR_KEYS), ("reviewer", _REVIEWER_KEYS)):
        for key in (k for k in data if str(k).lower() in names):
            value = data[key]
            for i, one in enumerate(value if isinstance(value, list) else [value]):
                where = f"{key}.{i}" if isinstance(value, list) else key
                span = _name_at(article, where, one) or keys.get(where, keys.get(key))
                yield from _stated(role, one, span or article.meta.span)
    for key in (k for k in data if str(k).lower() in _BODY_KEYS):
        name = _text(data[key].get("name") if isinstance(data[key], Mapping) else data[key])
        if name and not is_nobody(name):
            yield Credit("author", name, keys.get(key, article.meta.span), "", True, True)


def _name_at(article: Article, where: str, one: Any) -> Span | None:
    """The name in an entry such as `{name: Ana Ruiz}`."""
    key, name = article.meta.keys.get(f"{where}.name"), isinstance(one, Mapping) and one.get("name")
    if not (key and name):
        return None
    at = article.source.text.find(str(name), key.end, key.end + 8 + len(str(name)))
    return Span(at, at + len(str(name))) if at >= 0 else None


def _stated(role: str, one: Any, span: Span) -> Iterator[Credit]:
    if isinstance(one, Mapping):
        name = _text(one.get("name"))
        # "{name: Ana Ruiz, health coach}": to YAML what follows the comma is a key without a value.
        bare = [str(k) for k, v in one.items() if v is None and _BARE.match(str(k))]
        letters = ", ".join(filter(None, [*(_text(one.get(k)) for k in _TITLE_KEYS), *bare]))
        team = str(one.get("type", "")).lower().startswith("organi")
        url = _text(one.get("url"))
    else:
        name, letters, team, url = _text(one), "", False, ""
    if not name or is_nobody(name):
        return
    read = None if is_team(name) else _person(name)
    if read:
        name, more, note = read
        letters = ", ".join(filter(None, (more, letters)))
    else:
        note = ""
    yield Credit(role, name, span, letters, team or is_team(name), True, url, note)


def _pending(article: Article) -> Span | None:
    """Where the front matter names nobody as the reviewer."""
    data = article.meta.data
    for key in (k for k in data if str(k).lower() in _REVIEWER_KEYS):
        text = _text(data[key].get("name") if isinstance(data[key], Mapping) else data[key])
        if text and is_nobody(text):
            return article.meta.keys.get(key)
    return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


# -- the text


def _bylines(article: Article, blocks: Sequence[Block]) -> Iterator[Credit]:
    low = lowered(article.prose)
    for block in blocks:
        words = article.prose[block.span.start : block.span.end]
        if len(words) > _SHORT * 4:
            continue
        at = 0
        naming = any(map(low[slice(*block.span)].__contains__, _NAMING))
        for part in _split(words) if naming else ():
            at = words.find(part, at)
            yield from _credited(article, block.span.start + at, part)
            at += len(part)
        for made in _MADE.finditer(words) if " by " in words else ():
            name = _NAMED.match(words, made.end())
            rest = re.split(r"[.;\n]", words[made.end() :], maxsplit=1)[0]
            if name or is_team(rest[:80]):
                yield _credit(_role(made["what"]), rest[:120], block.span.start + made.end())
        wrote = _WROTE.match(words.lstrip()) if " this " in words else None
        if wrote and (is_team(wrote["name"]) or wrote["name"].istitle()):
            yield _credit(
                "author",
                wrote["name"],
                block.span.start + len(words) - len(words.lstrip()) + wrote.start("name"),
            )


def _split(words: str) -> list[str]:
    return [p for p in map(str.strip, _PARTS.split(words)) if p and len(p) <= _SHORT]


def _credited(article: Article, start: int, part: str) -> Iterator[Credit]:
    """What a line, or a part of one, credits: it begins with "by" or a label, and a name."""
    plain = part.lstrip("*_#> (")
    start += len(part) - len(plain)
    found = _BY.match(plain) or _LABELLED.match(plain)
    if not found:
        if len(plain) > _TAIL or " by" not in plain:
            return
        inner = next(_BY.finditer(plain, 1), None)
        if not inner or not inner["what"] or not _tail(plain[: inner.start()]):
            return
        found = inner
    rest = plain[found.end() :].rstrip("*_) ")
    name = _NAMED.match(rest)
    alone = not found["what"]
    if not name or _NOBODY.fullmatch(rest):
        team = re.match(r"(?:the |our )", rest)
        if found["what"] and is_team(rest[:60]) and len(rest) < 90:
            skip = team.end() if team else 0
            yield _credit(_role(found["what"] or ""), rest[skip:], start + found.end() + skip)
        return
    after = rest[name.end() :]
    if alone and (after.strip() and not _ends_name(after)):
        return
    if alone and len(name[0].split()) < 2 and after.strip():
        return
    yield _credit(_role(found["what"] or ""), rest, start + found.end())


def _tail(before: str) -> bool:
    """True if what stands before "reviewed by" is a date, a name or the page, no other work."""
    return len(before.split()) <= _TAIL_WORDS and bool(_LED.search(before))


def _ends_name(after: str) -> bool:
    return bool(
        re.match(
            rf"\s*(?:[,(|/]|\s[–—-]|$|(?i:on |in |updated|published|posted|{DATE})|\.\s*$)", after
        )
    )


def _role(what: str) -> str:
    low = what.lower()
    reviewed = re.search(r"review|approved|verified|vetted|checked", low)
    wrote = re.search(r"writ|author|prepar|compil|produc|develop|creat", low)
    return "reviewer" if reviewed and not wrote and not re.search(r"fact|edited", low) else "author"


def _credit(role: str, rest: str, start: int) -> Credit:
    """The credit that `rest`, a text at `start`, begins with."""
    phrase = _PHRASE_ENDS.split(rest, maxsplit=1)[0].strip()
    read = _person(rest)
    if read is None or (is_team(phrase) and len(phrase.split()) <= _TEAM_WORDS):
        return Credit(role, phrase, Span(start, start + max(len(phrase), 1)), "", is_team(phrase))
    name, letters, note = read
    at = rest.find(letters) if letters else -1
    end = start + (at + len(letters) if at >= 0 else len(name))
    return Credit(role, name, Span(start, end), letters, is_team(name), note=note)


_CREDENTIALS = lazy(
    rf"\s*(?:,\s*|\(|\s[–—-]\s|\s+(?={_LETTERS}(?:\W|$)))(?P<letters>[^|•·\n;]{{2,140}}?)"
    rf"(?=\)|\.\s|\.?\s*$|\n|,?\s+(?:on|in) {DATE}|[,\s–—|-]+{DATE}|\s(?:posted|updated|published|"
    rf"medically|reviewed|last)\b)",
    re.IGNORECASE,
)
_NOT_LETTERS = lazy(
    rf"(?:{DATE}|(?:medically |last )?(?:updated|published|posted|reviewed)\b.*|\d.*)\W*",
    re.IGNORECASE,
)
_NOTED = lazy(r"\((?P<note>[^()\n]{3,80})\)")


def _person(text: str) -> tuple[str, str, str] | None:
    """(name, credentials, note in brackets) at the start of `text`; None if no name is there."""
    found = _NAMED.match(text)
    if not found:
        return None
    name, after = found[0], text[found.end() :]
    # "Ana Ruiz RN": letters are no part of the name.
    letters = re.search(rf"\s+(?:{_LETTERS}(?:\s|$))+\W*$", name)
    if letters and len(name[: letters.start()].split()) > 1:
        after, name = name[letters.start() :] + after, name[: letters.start()]
    dated = re.search(rf"\s+{DATE}|\s+{MONTH}$", name, re.IGNORECASE)
    if dated:
        name = name[: dated.start()]
    said = _CREDENTIALS.match(after)
    held = said["letters"].strip(" *_") if said else ""
    if said and "." in held and after[said.end("letters") : said.end("letters") + 1] == ".":
        held += "."
    note = _NOTED.search(after)
    if _NOT_LETTERS.fullmatch(held):
        held = ""
    return name.rstrip(",."), held, note["note"] if note else ""


def is_nobody(name: str) -> bool:
    """True for what is written where no name is known: "TBD", "pending", "none"."""
    return bool(_NOBODY.fullmatch(name))


def is_team(name: str) -> bool:
    """True for the name of a team or a body; a person's name holds no such word."""
    bare = name.strip().strip("*_")
    acronym = bare.isupper() and " " not in bare and 2 < len(bare) < 8
    return bool(_TEAM.search(bare)) or acronym


_SELF = lazy(
    rf"(?P<name>{_NAME})(?:,\s*(?P<letters>{_LETTERS}(?:,? {_LETTERS}){{0,4}})|"
    r"\s+(?:is|has been|works as|trained as|practises as|qualified as|"
    r"studied)\s+(?P<job>[^.\n]{3,100}))"
)


def _bios(article: Article, zones: Sequence[Zone]) -> Iterator[Credit]:
    """The author whom a note on the author is about."""
    for zone in [z for z in zones if z.kind == "bio"][:5]:
        start = zone.heading.span.end if zone.heading else zone.span.start
        text = article.prose[start : min(zone.span.end, start + 600)]
        lead = len(text) - len(text.lstrip(" \n*_"))
        found = _SELF.match(text, lead) or _SELF.search(text, lead, lead + 200)
        role = "author"
        if zone.heading and "reviewer" in article.words(zone.heading.span).lower():
            role = "reviewer"
        if found and not found["name"].startswith("By "):
            said = (found["letters"] or found["job"] or "").strip()
            end = found.end("letters") if found["letters"] else found.end("name")
            span = Span(start + found.start(), start + end)
            note = _NOTED.search(text)
            yield Credit(
                role,
                found["name"],
                span,
                said,
                is_team(found["name"]),
                note=note["note"] if note else "",
            )


def _unreviewed(article: Article, blocks: Sequence[Block]) -> Span | None:
    low = lowered(article.prose)
    for block in blocks:
        if any(map(low[slice(*block.span)].__contains__, _CHECKED)):
            found = _UNREVIEWED.search(article.prose, *block.span)
            if found:
                return Span(*found.span())
    return None


def _interests(article: Article) -> Span | None:
    for key in article.meta.data:
        value = article.meta.data[key]
        if str(key).lower() in _INTEREST_KEYS and value not in (None, ""):
            return article.meta.keys.get(key, article.meta.span)
    if not any(map(lowered(article.prose).__contains__, _MONEY)):
        return None
    found = _INTERESTS.search(article.prose)
    return Span(*found.span()) if found else None
