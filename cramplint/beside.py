"""What an amount is of, by the words right beside it."""

from __future__ import annotations

import re

from .model import Span
from .patterns import lazy

# Between an amount and its nutrient: nothing but such words.
_TO_NAME = lazy(
    r"[\s(,]*(?:(?:of|a|an|the|elemental|pure|extra|supplemental|oral|actual|total|worth|each|more|"
    r"daily|day|per|every|night|chelated|liposomal|natural|synthetic|active|high-dose|plain|your|"
    r"in total|one|two|split|once|twice|times)\s+){0,5}\(?",
    re.IGNORECASE,
)
_FROM_NAME = lazy(
    r"[\s)(:,=≈~|–—-]*(?:(?:at|of|in|to|is|are|a|an|the|as|about|around|up|doses?|dosages?|"
    r"supplements?|supplementation|tablets?|capsules?|form|powder|supplemental|recommended|daily|"
    r"usually|typically|between|from|roughly|approximately|by|per|day|each|with|for|"
    r"adults|men|women|least|elemental|given|taken|\w+ly)[\s(:,]+){0,6}",
    re.IGNORECASE,
)
_OF_ELSE = lazy(r"\s+(?P<of>of\s+)?(?:(?:the|pure|your|elemental)\s+)?(?P<word>[A-Za-z][\w'’-]*)")
# What may stand behind an amount and is not what it is of.
_GOES_ON = lazy(
    r"(?:"
    r"a|about|after|again|all|alone|also|always|amount|amounts|an|and|any|are|"
    r"around|as|at|b\.i\.d|be|because|bedtime|been|before|between|bid|both|but|by|"
    r"can|can['’]t|capsule|capsules|consistently|contains|could|daily|daily-dose|day|"
    r"days|depending|did|divided|do|does|dosage|dose|doses|down|during|each|each-day|"
    r"eased|either|elemental|even|evening|every|extra|far|feels|first|for|four|from|"
    r"gives|gummies|had|has|have|he|help|helps|her|his|i|if|improved|in|increasing|"
    r"initially|instead|into|is|isn['’]t|it|its|just|later|less|level|limit|limits|"
    r"line|mark|max|maximum|may|might|month|monthly|more|morning|most|must|needs|"
    r"never|night|nightly|no|not|now|of|often|on|once|once-daily|one|only|option|or|"
    r"orally|our|over|per|per-day|pill|pills|plus|powder|product|protocol|provides|"
    r"q\.d|q\.o\.d|qd|qid|qod|range|reduced|regimen|regularly|relieved|safely|seems|"
    r"she|should|so|softgel|softgels|sometimes|split|starting|still|straight|strength|"
    r"suits|supplement|supplementation|supplements|t\.i\.d|tablet|tablets|take|taken|"
    r"taking|target|than|that|the|then|these|they|this|those|three|through|throughout|"
    r"tid|to|together|too|total|twice|twice-daily|two|typically|under|unless|until|up|"
    r"upper|usually|version|was|we|week|weekly|weeks|well|were|when|which|while|who|"
    r"right|enough|plenty|best|fine|ideal|ample|keeps|keep|makes|make|calms|settles|works|gets|"
    r"brings|"
    r"lifts|stops|ends|eases|every|once|after|so|whether|please|usually|good|great|thrice|melts|"
    r"under|"
    r"plus|seemed|suffice|suffices|counts|restores|cures|fixes|lowers|raises|begin|begins|starts|"
    r"straight|since|unless|via|thereafter|nobody|everyone|people|adults|men|women|children|kids|"
    r"or-so|"
    r"will|with|within|without|won['’]t|work|works|would|you|your"
    r")\Z",
    re.IGNORECASE,
)
_LABEL = lazy(
    r"\W*(?P<label>[A-Za-z][^:–—(\n|]{1,40}?)\s*(?:\([^)\n]{0,20}\)\s*)?[:–—(|"
    r"-]\s*(?:\D{0,14}\s)?\Z"
)
_PLAIN_LABEL = lazy(
    r"\b(?:men|women|males?|females?|adults?|child(?:ren)?|kids|teens?\w*|age[ds]?|years?|weeks?|"
    r"days?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"dos(?:es?|ages?|ing)|start\w*|max\w*|limits?|morning|midday|evening|night|bedtime|daily|"
    r"weekly|"
    r"typical|recommend\w*|suggest\w*|upper|general|everyone|pregnan\w*|breastfeeding|lactat\w+|"
    r"target|amounts?|how|supplements?|tablets?|capsules?|us|uk|eu|usa|europe\w*|britain|step|"
    r"phase|"
    r"month|goal|best|take|tip|note|yes|answer|a|q|elderly|seniors?|athletes?|maintenance|loading|"
    r"breakfast|lunch|dinner|powder|oral|level|total|rda|need\w*|intake|use|range|over|older|"
    r"form|strength|cramps?|sleep|first|then|second|third|finally|low|high|moderate|ul|efsa|nhs|"
    r"nih)\b",
    re.IGNORECASE,
)


# Whom an amount is for. Children by name, by school, by age.
PEOPLE = lazy(
    r"\b(?:(?P<children>child(?:ren)?(?:'s|’s)?|kids?|kiddos?|toddlers?|infants?|bab(?:y|ies)|"
    r"teen(?:s|"
    r"agers?)?|tots?|youngsters?|little ones?|(?:[2-9]|1[0-7]|three|four|five|six|seven|eight|nine|"
    r"ten|"
    r"eleven|twelve)-year-olds?|(?:first|second|third|fourth|fifth|sixth)[ -]graders?|"
    r"kindergart\w+|pre-?schoolers?|school-?child(?:ren)?|(?:your|my|our) (?:\w+ )?(?:son|"
    r"daughter)s?|"
    r"adolescents?|boys|girls|under 1[0-8]s?|newborns?)|(?P<pregnancy>pregnan\w+|breast-?feeding|"
    r"lactat\w+|nursing mothers|expecting|expectant)|(?P<older>(?:over|aged|age|ages|older than|"
    r"past) "
    r"(?:5\d|[6-9]\d)|"
    r"(?:5[01]|60|65|7[01])(?: years?)? (?:and|or) (?:over|older|above)|(?:5[01]|6[05]|7[01])\+|"
    r"older (?:adults?|people|men|women)|seniors?|elderly)|"
    r"(?P<adults>adults?|men|women|grown-?ups))\b",
    re.IGNORECASE,
)
# A verb between an amount and a name: what is named is acted on, not weighed.
_ACTS = lazy(
    r"\b(?:can|may|could|might|will|lowers?|blocks?|causes?|reduces?|depletes?|interferes?|drains?|"
    r"hinders?|upsets?|robs?)\b",
    re.IGNORECASE,
)
_ANOTHER = lazy(
    r"th(?:is|ese) (?:\w+ )?(?:amino acids?|herbs?|extracts?|hormones?|enzymes?|oils?|roots?|"
    r"plants?|probiotics?|bacteria|antioxidants?|spices?|mushrooms?|proteins?|fib(?:er|re)s?)\b",
    re.IGNORECASE,
)


def acts(text: str, start: int, end: int) -> bool:
    """True if between an amount and a name something is done to what is named."""
    return bool(_ACTS.search(text, start, end))


def follows(text: str, start: int, end: int) -> bool:
    """True if from an amount's end to a name there is nothing but words that join them."""
    return bool(_TO_NAME.fullmatch(text, start, end))


def precedes(text: str, start: int, end: int) -> bool:
    """True if from a name's end to an amount there is nothing but words that join them."""
    return bool(_FROM_NAME.fullmatch(text, start, end))


def of_what(text: str, start: int, end: int) -> Span | None:
    """The word behind an amount that says what it is of ("500 g of carrots"), whatever that is."""
    said = _OF_ELSE.match(text, start, end)
    return Span(*said.span("word")) if said and not _GOES_ON.match(said["word"]) else None


def labelled(text: str, start: int, end: int) -> bool:
    """True if a line begins with a label before its amount, which names a thing ("Tyrosine: ")."""
    label = _LABEL.match(text, start, end)
    return bool(label and not _PLAIN_LABEL.search(label["label"]))


def of_another(prose: str, *after: Span) -> bool:
    """True if the sentence `after` an amount says what kind of thing it is of, which no nutrient of
    the table is ("500 mg daily. This amino acid …")."""
    return any(_ANOTHER.match(prose, *span) for span in after)
