"""What a page says of when to seek care: its red flags, in English.

A lead is a heading, a lead-in or the first words of a paragraph that sends the reader to care
("See a GP if:", "Red flags"). With signs below it, it is a section; with none left, it is hollow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..model import Article, Block, Pair, RedFlags, Sentence, Span, fold

# -- the words: who gives care, how a reader is sent there, what sends them

_WHO = (
    r"(?:doctors?(?:'s)?|gps?|physicians?|clinicians?|nurses?|midwi(?:fe|ves)|paramedics?|"
    r"specialists?|obstetricians?|cardiologists?|neurologists?|pa?ediatricians?|podiatrists?|"
    r"psychiatrists?|gyna?ecologists?|opticians?|optometrists?|dentists?|health visitors?|"
    r"providers?|practitioners?|professionals?|care teams?|(?:medical|health ?care|health|care) "
    r"(?:teams?|workers?|experts?|staff)|surgery|maternity unit)"
)
_HELP = (
    r"(?:(?:medical|emergency|urgent|immediate|prompt|professional|hospital|health ?care|mental health)"
    r"(?: [\w-]+){0,2}? (?:care|help|attention|advice|treatment|assistance|evaluation|assessment|"
    r"services?|support|appointments?|consultation|review)|(?<=get )help|(?<=seek )help|"
    r"(?<=ask for )help|(?<=need )help|(?<=urgent )help)"
)
_PLACE = (
    r"(?:999|911|9-1-1|112|111|000|triple zero|triple nine|811|988|116 123|13 11 14|nhs 24|"
    r"healthdirect|healthline|nurse-on-call|a ?& ?e|accident (?:and|&) emergency|"
    r"emergency (?:room|department|services?|unit|ward|numbers?|lines?|doctor)|(?:the |nearest )(?:er|ed)|"
    r"local emergency|ambulance|casualty|hospital|minor injur(?:y|ies) (?:unit|clinic)|urgent[ -]care|"
    r"urgent treatment cent(?:re|er)|walk-in (?:clinic|cent)|out[ -]of[ -]hours|poison (?:control|cent)\w*|"
    r"crisis (?:line|team|centre|center)|samaritans|lifeline)"
)
_CARE = rf"(?:{_WHO}|{_HELP}|{_PLACE})\b"
_ASK = r"(?:ask|speak (?:to|with)|talk (?:to|with)|tell|inform|notify|check (?:in )?with|let)"
_SEND = (
    rf"(?:see|call|contact|consult|visit|phone|ring|dial|telephone|seek|get|go(?: \w+)? to|go for|head \w* ?to|"
    rf"make|book|arrange|schedule|request|alert|reach out to|report to|attend|follow up with|turn to|"
    rf"be (?:seen|checked|assessed|evaluated|examined|reviewed)(?: out)? by|{_ASK})"
)
_GAP = r"(?:[\w'/-]+,? ){0,6}?"
_SENT = (
    rf"\b(?:(?P<verb>{_SEND}) (?P<gap>{_GAP}){_CARE}|"
    rf"(?:worth|consider|recommend) (?:seeing|calling|contacting|visiting|speaking to|talking to|getting) {_GAP}{_CARE}|"
    r"(?:should|must|needs? to) (?:always |also |promptly |immediately )?be (?:\w+ly )?"
    r"(?:evaluated|seen|checked|assessed|examined|reviewed|investigated|looked at|reported|discussed)|"
    r"(?:have|get) (?:it|them|this|these|that|your \w+|the \w+) (?:\w+ )?(?:checked|looked at|examined|assessed|evaluated|seen)|"
    rf"(?:needs?|requires?|warrants?|deserves?|merits?|calls? for|demands?) (?:[\w'-]+ ){{0,4}}?(?:{_CARE}|visit|checking|check-up)|"
    r"(?:medical|emergency|urgent|immediate) (?:attention|help|care) (?:is|right away|immediately|as soon)|"
    r"(?:is|are|be|as|constitutes?) (?:an? )?(?:true |medical |possible )*emergenc(?:y|ies))"
)
# What stands before the sending words and takes them back, or puts them in another's mouth.
_NOT_SENT = (
    r"(?:\bno (?:need|reason|point)[\w ]*|\b(?:do|does|did|may|might|should|need|will|would|are|is)(?:n't| not)\b[\w ]*|"
    r"\b(?:without|instead of|rather than|unless|never|rarely|seldom|hardly|avoid|afraid|reluctant|embarrassed|"
    r"directed|told|asked|advised|decided|refuse[ds]?|had|went|have|how)\b(?: [\w]+){0,4}|"
    r"\b(?:if|when|once|after|before|until|while|as) (?:you|they|he|she|i|we|people)(?:'ve| have)?(?: \w+)?|"
    r"\b(?:i|we|he|she|they|who|people|patients|some|many|most|others)(?:'ve| have| usually| often| may| can| also)?|"
    r"\b(?:doctor|gp|nurse|provider|physician|pharmacist|they|clinician)s? (?:may|might|will|can|could|would|often|usually)\b[\w ]*|"
    r"\b(?:questions?|ways|chance|time|able|helps?|what|things|results?) (?:\w+ )?(?:to|you|when|your))\s*$"
)
_SENT_ALL_THE_SAME = r"\b(?:hesitate|wait|delay|put off|be afraid|think twice)\b[\w ]*$"
_SOLD = r"\b(?:our|us|my|we)\b"
_SIGN = (
    r"(?:\b(?:pain(?:s|ful)?(?! ?(?:med|reli|kill|management))|aches?|aching|swell\w*|swollen|red(?:ness)?|warm(?:th)?(?= |,|\.|$)|"
    r"numb\w*|weak(?:ness|er)?|tingl\w+|fever\w*|temperature|chills|rash\w*|breath\w*|wheez\w+|faint\w*|"
    r"pass(?:ing|ed|es)? out|collaps\w+|unconscious\w*|consciousness|unresponsive|confus\w+|seizures?|fits?|convuls\w+|vomit\w*|"
    r"nause\w+|diarrh\w+|bleed\w*|bloody|blood (?:in|clots?)|cough\w*|dizz\w+|light-?headed\w*|headaches?|vision|sight|speech|slurr\w+|"
    r"stiff neck|rigid|lumps?|swallow\w*|wounds?|ulcers?|sores?|injur\w+|dehydrat\w+|dark urine|urinat\w+|bladder|bowel\w*|"
    r"palpitations?|heart ?beats?|heart rate|yellow\w*|jaundice|suicid\w*|self-harm|harm(?:ing)? (?:yourself|your|others)|"
    r"(?:los[ei]\w*|loss of|lost) (?:\w+ )?(?:weight|balance|control|feeling|sensation|strength|appetite)|weight loss|twitch\w*|spasms?|wasting|"
    r"drows\w+|itch\w*|bruis\w+|discolou?r\w*|tender(?:ness)?|throbb\w+|tetanus|toxin\w*|infect(?:ion|ed)|sweat\w*|pus|blue|pale|"
    r"shock|paraly\w+|droop\w*|stroke|heart attack|sleep(?:ing)?|wak(?:e|es|ing)(?: you| up)?|cannot (?:walk|move|stand|breathe|speak)|"
    r"can't (?:walk|move|stand|breathe|speak)|allergic reaction|fatigue|tired\w*|anxi\w+|panic\w*|depress\w+|low mood|crisis))"
)
_COURSE = (
    r"(?:\b(?:sever(?:e|ely|ity)|sudden(?:ly)?|persist\w*|lasts?|lasting|worse\w*|spread\w*|frequent(?:ly)?|recurr\w+|recurring|"
    r"ongoing|constant(?:ly)?|intense|unusual(?:ly)?|unexplained|excruciating|unbearable|debilitating|"
    r"(?:keeps?|com(?:es?|ing)) (?:coming )?back|(?:more|longer) than (?:a|an|\d+|one|two|three|ten|few) ?\w*|side effects?|unwell|very ill|"
    r"(?:worried|concerned) (?:about|by|that)|new symptoms?|(?:any|these|other|the following|your) (?:symptoms|signs)|"
    r"interfer\w+|disrupt\w*|(?:no|not|n't)(?: \w+){0,2} (?:improv\w*|better|help\w*|go(?:ne|ing)? away|respond\w*|eas\w+|work|settl\w*|clear\w*|heal\w*|resolv\w*))"
    r"|\w*n't (?:\w+ )?(?:improve|get better|help|go away|respond|ease|settle|clear|heal|resolve|stop|work)\b)"
)
# What tells a reader little: cut to five letters, as it is compared.
_VAGUE = r"unwel|side |very |worri|conce|new s|any s|these|other|the f|your |unusu|not |n't |no "
# Advice on whether to take something, which is no advice on when to seek care.
_BEFORE = (
    r"\b(?:before|prior to) (?:\w+ing\b|you (?:start|take|use|try|change|make|stop|begin|add|buy)|any|use|changes)|"
    r"\b(?:consider\w*|want\w*|thinking|interested|plan\w*|like|wish\w*|decid\w+|looking) (?:\w+ ){0,2}(?:try|tak|us[ei]|start|supplement|add|increas)\w*"
)
_LABEL = (
    r"^(?:(?:non-urgent|urgent|immediate|emergency|important|note|caution|warning|safety|medical|danger|stop)"
    r"(?: (?:advice|action|information|note|help|notice|warning))?(?: required| needed)?\s*[:!–—-]+\s*)"
)
_NOT_LEAD = (
    r"without (?:seeing|a )|\bno need\b|\b(?:do|does|should|are|is)(?:n't| not) (?:\w+ )?(?:need|have|require|worry)|"
    r"\bneed (?:our|us|this|a (?:detox|cleanse|reset|massage|coach))|\bour\b|\bus\b|before (?:taking|using|starting|trying|use|you )|"
    r"\bquestions? (?:to ask|for|your)|what to (?:ask|expect|tell|bring)|how to (?:talk|speak|tell|prepare|find|choose)|"
    r"how (?:your|a|the|doctors?|gps?) |\bprepar(?:e|ing) (?:for|to)|\bfind (?:a|your)\b|\babout magnesium|\bwhat (?:your|a|the) (?:doctor|gp)|"
    r"(?:supplement|product|label|seller|shop|brand|scam|advert\w*|marketing|website|dating|relationship)s?\b"
)
_FLAGS = r"(?:red[- ]flags?|danger signs?|alarm (?:signs?|symptoms?|features)|emergency (?:warning )?(?:signs?|symptoms?)|warning signs?)"
_GRAVE = (
    r"(?:an? )?(?:medical )?(?:emergency|stroke|heart attack|(?:blood )?clots?|dvt|deep vein thrombosis|sepsis|infection|meningitis|"
    r"something (?:more )?serious|serious [\w ]+|complications?|trouble|pulmonary embolism|cauda equina[\w ]*)"
)
_FLAG_LEAD = (
    rf"^(?:\S+ ){{0,5}}?{_FLAGS}(?: (?:and symptoms|symptoms|signs))?(?: (?:are|include|to (?:watch|look|know|act)\b.*|you should.*|that (?:need|require|mean|should|warrant).*|"
    rf"(?:not|never) to ignore|(?:of|for) {_GRAVE}|checklist|such as))?\s*[:?!.]*$"
)
_WORRY = r"\b(?:worry|worried|be concerned|concern(?:ing)?|be alarmed|emergency|seriously|something (?:more|else)|get help|seek help|take action|act)\b"
_WHEN = r"\b(?:when|reasons|signs?|symptoms?|how (?:do|will) (?:you|i) know)\b"
_WATCH = r"\b(?:monitor|watch(?: out)? for|look(?: out)? for|(?:never|not|don't|can't) (?:to )?ignore|pay attention to|be aware of)\b"
_URGED = r"\b(?:if|when|immediately|right away|straight away|straightaway|now|today|urgently|at once|without delay|as soon as|promptly|quickly)\b"
_LOOSE = (
    r"^(?:possible |potential |more |other |some )*(?:serious|dangerous|worrying|concerning|urgent) (?:conditions?|causes?|problems?|complications?|symptoms?|signs?)|"
    rf"\b{_FLAGS}|^(?:in an |is (?:it|this) an )?emergenc(?:y|ies)\b|^(?:getting|seeking|finding) {_HELP}|^(?:emergency|urgent|medical|immediate) (?:care|help|attention)$|"
    rf"^(?:seeing|visiting) (?:an? |your |the )?{_WHO}|\b(?:should|do) (?:i|you|we) (?:\w+ ){{0,3}}?(?:{_SEND}|worry|be (?:worried|concerned))|"
    r"\bwhen (?:is|are|do|does|can)\b.*\b(?:serious|dangerous|abnormal|not normal)\b|^(?:safety[- ]net\w*|what to watch|get help)"
)


_PREFACE = (
    r"(?:please |always |you(?:'ll| will)? (?:should|must|need to|may need to) (?:also )?|patients should |people should |"
    r"(?:it'?s|it is) (?:important|best|vital|essential|a good idea|time|worth\w*) (?:to )?|make sure (?:you |to )?|"
    r"in an emergency,? |(?:do not|don't) (?:hesitate|wait|delay)[ ,]*(?:to |and )?|immediately |be sure to |or )*"
)
_PROMISES = r"\b(?:if|when|signs?|symptoms?|features|flags?|reasons)\b|:$"
_LINES = ("item", "row", "quote", "code")


def is_red_flag(text: str) -> bool:
    """True for a heading or lead-in that announces signs to seek care for ("See a GP if:")."""
    return _lead(text) == "strong" and bool(_rx(_PROMISES).search(_plain(text)))


def red_flags(article: Article, sentences: Sequence[Sentence], pairs: Sequence[Pair]) -> RedFlags:
    """The advice on when to seek care that stands in `article`."""
    page = _Page(article, pairs)
    sections, hollow, asides = page.sections()
    mentions = [
        *asides,
        *(
            s.span
            for s in sentences
            if "question" not in s.guards
            and not any(part.meets(s.span) for part in (*sections, *asides))
            and _advises(article.words(s.span))
            and page.kind_at(s.span) not in ("heading", "code")
        ),
    ]
    said = " \n ".join(article.words(span) for span in (*sections, *mentions))
    named = {m[0].lower()[:5] for shape in (_SIGN, _COURSE) for m in _rx(shape).finditer(said)}
    named = {name for name in named if not _rx(_VAGUE).match(name)}
    listed = sum(b.kind in _LINES for b in article.blocks for s in sections if s.holds(b.span))
    return RedFlags(
        level="section" if sections else "mention" if mentions else "none",
        adequate=(len(named) > 1 or listed > 1) and bool(_rx(rf"\b{_CARE}").search(said)),
        sections=tuple(sorted(sections)),
        mentions=tuple(sorted(mentions)),
        hollow=tuple(sorted(hollow)),
    )


class _Page:
    """The blocks of an article and their words, each folded once."""

    def __init__(self, article: Article, pairs: Sequence[Pair]) -> None:
        self._article = article
        self._blocks = [b for b in article.blocks if b.kind != "rule"]
        self._words = [_plain(article.words(b.span)) for b in self._blocks]
        self._answers = {pair.question: pair.answer for pair in pairs}
        self._leads = [self._lead_at(i) for i in range(len(self._blocks))]

    def kind_at(self, span: Span) -> str:
        return next((b.kind for b in self._blocks if b.span.holds(span)), "")

    def sections(self) -> tuple[list[Span], list[Span], list[Span]]:
        """(sections, hollow leads, questions whose one answer says when to seek care)."""
        sections: list[Span] = []
        hollow: list[Span] = []
        asides: list[Span] = []
        for i, block in enumerate(self._blocks):
            words = self._words[i]
            if block.span in self._answers:
                if self._leads[i]:
                    answer = self._answers[block.span]
                    inside = [j for j, b in enumerate(self._blocks) if answer.holds(b.span)]
                    if any(_is_sign(self._words[j]) for j in inside):
                        many = sum(self._blocks[j].kind in _LINES for j in inside) > 1
                        (sections if many else asides).append(Span(block.span.start, answer.end))
            elif block.kind in ("row", "quote") and _advises(words):
                sections.append(block.span)
            elif self._run_in(words):
                sections.append(block.span)
            elif self._leads[i]:
                end = self._last_sign(i)
                if end is not None:
                    sections.append(Span(block.span.start, self._blocks[end].span.end))
                elif self._is_hollow(i):
                    hollow.append(block.span)
        return sections, hollow, asides

    def _lead_at(self, i: int) -> str:
        block, words = self._blocks[i], self._words[i]
        if block.kind == "heading":
            return "" if i == 0 and block.level == 1 else _lead(words)
        if block.kind in ("paragraph", "quote", "html", "item") and words.endswith(":"):
            last = re.split(r"(?<=[.!?]) ", words)[-1]
            return "strong" if _lead(last) == "strong" else ""
        return ""

    def _run_in(self, words: str) -> bool:
        """True for a paragraph that opens with its own lead: "When to call: if the pain lasts"."""
        head, colon, rest = words.partition(": ")
        if not colon or len(head.split()) > 12:
            found = re.match(
                r"((?:when|red flags?|warning|danger)\b[^.?!:]{3,70}[.?!–—]) (.+)", words, re.I
            )
            if not found:
                return False
            head, rest = found[1], found[2]
        return bool(_is_sign(rest)) and _lead(head + ":" if colon else head) == "strong"

    def _below(self, i: int) -> Iterator[int]:
        """The blocks that lead `i` speaks of: its section, or the list that follows a lead-in."""
        lead = self._blocks[i]
        for j in range(i + 1, len(self._blocks)):
            block = self._blocks[j]
            if block.kind == "heading":
                if lead.kind != "heading" or block.level <= lead.level:
                    return
            elif (
                lead.kind != "heading"
                and block.kind not in _LINES
                and not _fragment(self._words[j])
            ):
                return
            yield j

    def _last_sign(self, i: int) -> int | None:
        """The last block under lead `i` that names a sign; `i` itself if the lead names one; None
        if there is none."""
        strong = self._leads[i] == "strong"
        colon = self._words[i].endswith(":")
        last, sent, signs = None, bool(_sends(self._words[i])), 0
        listed = True  # still in the list that the lead opens
        for n, j in enumerate(self._below(i)):
            kind, words = self._blocks[j].kind, self._words[j]
            if self._leads[j] and kind != "item":
                break
            if kind not in _LINES:
                if colon and n == 0 and not _fragment(words):
                    break
                listed = listed and n == 0
            found = _is_sign(words)
            sent = sent or bool(_sends(words))
            signs += found
            if found or (strong and listed and kind in _LINES and not self._points_away(j)):
                last = j
        if last is None or not strong:
            named = _is_sign(_rx(_SENT).sub("", self._words[i]))
            if strong:
                return i if named and not colon else None
            return last if signs and sent or signs > 1 and self._leads[i] == "named" else None
        return last

    def _points_away(self, j: int) -> bool:
        """True for a block that is a link and little else."""
        span = self._blocks[j].span
        linked = sum(len(x.text) for x in self._article.links if span.holds(x.span) and not x.image)
        return linked * 5 > len(self._words[j]) * 4

    def _is_hollow(self, i: int) -> bool:
        words = self._words[i]
        if self._leads[i] != "strong" or not _rx(_PROMISES).search(words) or self._points_away(i):
            return False
        below = list(self._below(i))
        if any(self._leads[j] for j in below) or any(
            self._blocks[j].span.holds(link.span) for j in below for link in self._article.links
        ):
            return False
        following = i + 1
        if not below and following < len(self._blocks) and self._leads[following]:
            return False
        same = fold(words)
        return not any(fold(w) == same for j, w in enumerate(self._words) if j != i)


def _lead(text: str) -> str:
    """How surely `text` announces red flags: "strong"; "named" (needs two signs below it), "loose"
    (needs a sign and a word that sends to care below it), or ""."""
    plain = _plain(text)
    if not plain or len(plain.split()) > 40 or _rx(_NOT_LEAD).search(plain):
        return ""
    said = _rx(_LABEL).sub("", plain)
    if _rx(_FLAG_LEAD).search(said):
        return "strong"
    sent = _rx(_SENT).search(said)
    if _rx(_WHEN).search(said):
        aside = re.search(
            r"\bwhen you(?:'re)? (?:see|visit|call|go|talk|speak)", said, re.IGNORECASE
        )
        if (sent or _rx(_WORRY).search(said)) and not aside:
            return "strong"
    urged = _rx(_URGED).search(said)
    opened = re.match(_PREFACE + _SENT, said, re.IGNORECASE)
    if opened and opened["verb"]:
        tail = said[opened.end() :]
        if re.fullmatch(_ASK, opened["verb"], re.IGNORECASE) and not urged:
            return ""
        if not urged and re.match(r",? (?:about|before|for|on|to)\b", tail, re.IGNORECASE):
            return ""
        bare = re.search(rf"(?:{_HELP}|{_PLACE})$", opened[0], re.IGNORECASE)
        return "strong" if urged or bare or said.endswith(":") else "loose"
    if (
        said.endswith(":")
        and (urged or re.search(r"\b(?:these|following|any)\b", said))
        and _sends(said)
    ):
        return "strong"
    if _rx(_WATCH).search(said) and re.search(
        r"\b(?:signs|symptoms|changes)\b", said, re.IGNORECASE
    ):
        return "named"
    return "loose" if _rx(_LOOSE).search(said) else ""


@lru_cache(maxsize=64)
def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _plain(text: str) -> str:
    """Blanks folded, quotes straight, no blank before a mark; what opens a line (a number) cut."""
    text = re.sub(r"\s+([:,.;?!])", r"\1", " ".join(text.replace("’", "'").split()))
    return re.sub(r"^[^\w&]*(?:\d{1,2}[.):]\s+|[a-z][.)]\s+)?[^\w&]*", "", text).rstrip("*_ ")


def _is_sign(text: str) -> bool:
    return bool(_rx(_SIGN).search(text) or _rx(_COURSE).search(text))


def _fragment(text: str) -> bool:
    """True for a line that can be an entry of a list that lost its bullets, and names a sign."""
    short = not text.endswith(".") or text[:1].islower() or len(text.split()) < 10
    return short and not text.endswith(":") and _is_sign(text)


def _sends(text: str) -> re.Match[str] | None:
    """The first words of `text` that send the reader to care and are not taken back."""
    for sent in _rx(_SENT).finditer(text):
        before = text[: sent.start()]
        if _rx(_NOT_SENT).search(before) and not _rx(_SENT_ALL_THE_SAME).search(before):
            unless = re.search(r"\bunless (?!directed|told|asked)", text[sent.end() :])
            if not unless:
                continue
        if not _rx(_SOLD).search(sent["gap"] or ""):
            return sent
    return None


def _advises(text: str) -> bool:
    """True if `text` says of which sign to seek care for."""
    text = _plain(text)
    sent = _sends(text)
    if not sent or text[:1] in '“"':
        return False
    rest = text[: sent.start()] + " – " + text[sent.end() :]
    return _is_sign(rest) and not _rx(_BEFORE).search(rest)
