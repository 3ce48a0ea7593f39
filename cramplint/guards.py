"""Guards: what makes the same words a denial, a quotation or a report instead of a claim.

A sentence has guards of its own (`Sentence.guards`); most depend on the place in it as well, since
"no cure is known, but this tea cures cramps" denies only its first half.
"""

from __future__ import annotations

import re

from .meaning import Sentence
from .model import Article, Span
from .patterns import lazy

# What sets a clause apart from what was said before it. A comma alone does not: "not, as some
# say, a cure" is one denial.
_CLAUSE = lazy(
    r"[;:]|\s[–—-]\s|—|\b(?:but|however|although|though|whereas|yet|instead|except|so that)\b"
    r"|,\s+(?:and|so|or|which|who|while|then|it|this|they|we|you|he|she)\b",
    re.IGNORECASE,
)
_NEGATOR = lazy(
    r"\b(?:no|not|never|none|nothing|neither|nor|cannot|without|hardly|unlikely|unproven|"
    r"few|little|lacks?|lacking|myths?|false(?:ly)?|untrue|misleading|debunk\w*|disprove[nd]?|"
    r"fail(?:s|ed)? to|so-called|rather than|nobody|no one|avoid(?:s|ing)?|beware|wary|"
    r"refuse[sd]?|stop(?:s|ped)? short of|far from|overstate[sd]?|exaggerat\w+|unable to|"
    r"doubt(?:s|ful|ed)?|sceptical|skeptical|distrust|suspicious|too good to be true|"
    r"red flag|hype|ignore|stay away|steer clear|scams?)\b|n['’]t\b",
    re.IGNORECASE,
)
# Words that hold a negator and deny nothing.
_NO_DENIAL = lazy(
    r"\b(?:not (?:only|just|merely|simply)|no (?:doubt|wonder|matter|longer)|without (?:a )?doubt|"
    r"nothing (?:beats|else|like)|a (?:few|little)|never (?:again|fails?|been (?:easier|better))|"
    r"cannot (?:fail|go wrong)|(?:do not|don['’]t) (?:worry|wait|miss|suffer|forget))\b",
    re.IGNORECASE,
)
_DENIED_AFTER = lazy(
    r"\b(?:(?:is|are|was|were|remains?) (?:just |simply |still |all |largely |mostly )?(?:an? )?"
    r"(?:\w+ )?(?:myths?|false|untrue|unproven|nonsense|wrong|misleading|misconceptions?|"
    r"exaggerat\w+|overstated|unsupported|hype|fraud\w*|scams?|not (?:true|supported|proven|"
    r"correct|backed))|(?:has|have|had) (?:not|never) been (?:shown|proven|demonstrated|studied|"
    r"confirmed)|(?:has|have|had|with|there is|on|despite) (?:no|little|weak|scant|limited) "
    r"(?:\w+ )?(?:evidence|proof|support|science)|lacks? (?:\w+ )?(?:evidence|proof|support)|"
    r"(?:do|does|did|is|are|was|were) ?(?:not|n['’]t)\b[^.;]{0,30}\b(?:stand up|hold up|true|"
    r"supported|proven))\b",
    re.IGNORECASE,
)
_SAID = lazy(
    r"\b(?:claim(?:s|ed|ing)?|alleg\w+|supposed(?:ly)?|reportedly|purport\w*|promis(?:es?|ed|ing)|"
    r"advertis\w+|advert(?:s|isements?)?|ads?|market(?:ed|ers|ing)|sellers?|"
    r"manufacturers?|influencers?|proponents|advocates|enthusiasts|believers|touted|hailed|hyped|"
    r"billed as|is said to|are said to|people (?:say|believe|think)|some (?:\w+ )?(?:say|believe|"
    r"think|swear)|you (?:may|might|will) (?:have )?(?:heard?|read|seen?|hear)|according to|"
    r"products? that|anyone who|anything that|websites?|headlines?|labels? (?:that )?(?:say|said)|"
    r"warn(?:s|ed|ing)? (?:\w+ ){0,3}(?:that|against|about|of))\b",
    re.IGNORECASE,
)
_PAST = lazy(
    r"\b(?:historically|in the (?:past|19\d\ds?|18\d\ds?|(?:nine|eigh)teenth|middle ages)|"
    r"once (?:thought|believed|used|said|sold|hoped)|(?:was|were) (?:once )?(?:thought|believed|"
    r"used|sold|said|known) (?:to|as|for)|used to be|in 1[5-9]\d\d|centur(?:y|ies) ago|"
    r"in folk medicine|folklore|traditionally|old wives|for centuries)\b",
    re.IGNORECASE,
)
_HEDGE = lazy(
    r"\b(?:may|might|could|can|perhaps|possibly|maybe|in theory|theoretically|seems?|appears?|"
    r"some(?:times)?|suggests?|suggested|likely|probably|unclear|uncertain|unknown|"
    r"mixed|modest|slight(?:ly)?|tend(?:s|ed)? to|one (?:of (?:many|several)|possible|rare))\b",
    re.IGNORECASE,
)
_STUDY = lazy(
    r"\b(?:trials?|stud(?:y|ies)|participants|researchers|meta-analys[ie]s|"
    r"(?:systematic |cochrane )?reviews? (?:of|found|concluded|in)|placebo|volunteers|in (?:mice|rats|cells))\b",
    re.IGNORECASE,
)
_LINK_SHARE = 0.6  # of a sentence: what is linked is then the title of what it leads to


def guards_at(article: Article, sentence: Sentence, hit: Span) -> frozenset[str]:
    """What guards the words at `hit`, which lies in `sentence`. Of the whole sentence: question,
    conditional, cited. Of its clause: negated (before it, or denied behind it), hedged. Of what
    stands before: attributed (others say so), past (was once believed), study (a report of one).
    quoted: between quotation marks, or in a quotation. linked: the title of another page."""
    found = set(sentence.guards & {"question", "conditional", "cited"})
    start, end = sentence.span
    # The front matter's title is no prose, and yet said to readers.
    prose = article.source.text if start < article.meta.span.end else article.prose
    before, after = prose[start : hit.start], prose[hit.end : end]
    clause = before[_last_end(before) :]
    if _NEGATOR.search(_NO_DENIAL.sub(" ", clause)) or _DENIED_AFTER.search(after):
        found.add("negated")
    if _HEDGE.search(clause):
        found.add("hedged")
    if _SAID.search(before):
        found.add("attributed")
    if _PAST.search(prose, start, end):
        found.add("past")
    if _STUDY.search(prose, start, end):
        found.add("study")
    if _in_quotes(article, sentence, hit) or "quoted" in sentence.guards:
        found.add("quoted")
    if any(
        link.span.holds(hit) and len(link.text) > _LINK_SHARE * (end - start)
        for link in article.links_in(hit)
    ):
        found.add("linked")
    return frozenset(found)


def _last_end(text: str) -> int:
    """Where the clause begins that `text` breaks off in."""
    return max((m.end() for m in _CLAUSE.finditer(text)), default=0)


def _in_quotes(article: Article, sentence: Sentence, hit: Span) -> bool:
    """True if the block's quotation marks enclose `hit`. An apostrophe is no quotation mark."""
    block = article.block_at(hit.start)
    whole = block.span if block else sentence.span
    before = article.prose[whole.start : hit.start]
    after = article.prose[hit.end : whole.end]
    curly = before.rfind("“") > before.rfind("”") and "”" in after
    return curly or (before.count('"') % 2 == 1 and '"' in after)
