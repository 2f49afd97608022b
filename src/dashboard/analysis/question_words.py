"""The words a question is recognised by, and a question as plain words without hesitations.

Word lists are English. Every pattern takes time linear in the text: repetitions are bounded, or each step of them has
only one way to match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|--+|\.{2,}|[^\w\s]")


def vocabulary(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


BREAKS = vocabulary(", . ? ! ; : — – - -- --- … .. ... ？ ؟ ( )")
"""Marks that end a clause."""

_PAUSES = vocabulary(", - – — -- --- … ... ..")
HESITATIONS = vocabulary("um uh er erm uhm ehm hmm hm mm mhm ah oh ehh umm uhh")
_ASIDES = frozenset(
    tuple(aside.split())
    for aside in (
        "like",
        "you know",
        "i mean",
        "sort of",
        "kind of",
        "i don't know",
        "i guess",
        "i suppose",
        "say",
        "please",
        "just",
        "well",
        "so",
        "yeah",
        "okay",
        "ok",
        "right",
        "sorry",
        "for example",
        "if you can",
        "if you like",
        "if any",
        "if anything",
        "basically",
        "actually",
        "roughly",
        "maybe",
        "perhaps",
        "also",
        "if i may",
        "if i may ask",
        "in your own words",
    )
)
_LONGEST_ASIDE = 4

CONNECTIVES = vocabulary(
    "and so but or okay ok right now then well yeah yes no also plus just like sorry alright great cool thanks "
    "because basically actually maybe first next finally lastly please honestly still"
)
"""Words before a question that do not change what it asks."""

AUXILIARIES = vocabulary("do does did is are was were am have has had can could would will should shall may might must")
NEGATED = vocabulary(
    "don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't can't couldn't wouldn't won't "
    "shouldn't mustn't ain't"
)
PRONOUNS = vocabulary("i you he she it we they that this there these those")
SUBJECTS = PRONOUNS | vocabulary(
    "the a an your my our his her its their anyone anybody someone somebody everyone everybody nobody anything "
    "something everything nothing any some most many people one what all"
)
WH = vocabulary("what how why when where which who whose whom")
BE = vocabulary("is are was were be been")

IDIOMS = vocabulary(
    "pros_cons terms_conditions back_forth research_development sales_marketing bits_pieces bits_bobs ups_downs "
    "search_replace supply_demand trial_error drag_drop copy_paste cut_paste plug_play day_night now_again "
    "food_drink step_step before_after again_again over_over more_more health_safety dos_don'ts in_out up_down "
    "bed_breakfast black_white profit_loss nuts_bolts odds_ends wear_tear give_take rules_regulations "
    "name_address first_last friends_family mum_dad husband_wife questions_answers frequently_asked tried_tested "
    "there_back here_there on_off long_short click_collect research_analysis time_time arts_crafts stop_start "
    "left_right nice_easy nice_warm sick_tired loud_clear safe_sound hit_miss round_round salt_pepper fish_chips "
    "lost_found time_money time_effort person_person years_years thoughts_feelings strengths_weaknesses "
    "costs_benefits advantages_disadvantages highs_lows likes_dislikes wants_needs roles_responsibilities "
    "open_closed"
)
"""Pairs of words that name one thing."""

TOGETHER = vocabulary(
    "between both compare compared comparing comparison difference differences balance trade-off relationship "
    "combine combined combination mix across versus apart"
)
"""Words that ask about two things as one."""

_COMPARATIVES = (
    "better worse easier harder faster slower quicker simpler clearer cheaper nicer smoother safer stronger friendlier"
)
MILD = vocabulary(
    "easy hard difficult simple quick fast slow clear unclear useful helpful unhelpful good bad great nice "
    "happy unhappy "
    "satisfied dissatisfied friendly unfriendly polite reliable unreliable expensive cheap fair unfair intuitive "
    "convenient inconvenient complicated comfortable uncomfortable enjoyable pleasant unpleasant boring fun "
    "effective "
    "efficient safe unsafe valuable smooth painful tedious weird odd strange clumsy clunky fiddly messy "
    "overpriced dated cumbersome modern outdated broken "
    "beautiful ugly poor attractive pretty impressive impressed worried worrying dear strict kind rude knowledgeable "
    f"improvement problem enough {_COMPARATIVES}"
)
"""Evaluations that an interviewer can lend to a participant."""
COMPARATIVES = frozenset(_COMPARATIVES.split())
FEELINGS = vocabulary(
    "frustrated frustrating frustrate frustrates frustration annoyed annoying annoy annoys angry upset upsetting "
    "disappointed disappointing confused confusing stressful stressed irritated irritating furious anxious love "
    "loved hate hated delighted delightful thrilled disgusted ashamed ignored betrayed relieved relief "
    "embarrassed embarrassing overwhelmed overwhelming bored tempted scared fed-up painless let-down"
)
CHARGED = vocabulary(
    "awful terrible horrible dreadful appalling ridiculous hideous useless rubbish pathetic disgraceful shocking "
    "outrageous amazing excellent fantastic brilliant awesome wonderful outstanding incredible superb lovely "
    "nightmare disaster cheated rip-off scam world-class award-winning groundbreaking cutting-edge horrendous "
    "unbelievable shoddy exploitative greedy stupid"
)
"""Words that carry a verdict wherever they stand (Payne 1951: loaded words)."""
VERDICTS = MILD | FEELINGS | CHARGED
PLAIN_DESCRIPTIONS = VERDICTS | vocabulary(
    "accurate responsive helpful knowledgeable professional clean tidy organised organized well-organised "
    "well-organized on well secure modern flexible affordable fresh tasty warm quiet healthy honest transparent "
    "relevant interesting up-to-date attentive punctual prompt consistent stable readable accessible too very"
)
"""Qualities of which one question should ask one."""

FACTS = vocabulary(
    "year time day date month week colour color percentage proportion number age size plan version browser device "
    "phone model brand name platform point country city town postcode email address package tier price amount "
    "level department company school course size team currency language"
)
"""After “what”: the answer is a word or a number."""
NAMED_FACTS = re.compile(
    r"^(?:what's|what is|what was|what're|what are) (?:the|your|their|its) (?:(?:\w+ ){0,2}?"
    r"(?:name|title|age|maximum|minimum|number|price|cost|date|postcode|address|salary|budget|url|brand|model"
    r"|most|least"
    r"|email|deadline|total|average|percentage|size)s?(?: (?!like\b)|$)|(?:best|usual|right|earliest"
    r"|latest) (?:time|day|date)\b)"
)

PROBES = re.compile(
    r"^(?:(?:do |now |just |please |then |also |maybe |so )?(?:"
    r"(?:tell|walk|talk|take|show|give|teach|remind) (?:me|us)\b"
    r"|describe\b|explain\b|elaborate\b|expand on\b|share (?:with (?:me|us)|your|a|an|some|any|how|what)\b"
    r"|say (?:a (?:bit|little) |some |something )?more\b|help (?:me|us) (?:understand|see|picture)\b"
    r"|paint (?:me )?a picture|let's talk (?:about|through)|think back\b|think aloud\b|go on$|carry on$|keep going$"
    r"|feel free to (?:show|tell|share|describe|explain|talk|walk))"
    r"|i(?:'d| would) (?:really |just )?(?:love|like|be interested|be curious|be keen) "
    r"(?:to (?:hear|know|understand|learn|see|ask)|you to|in|about|for you to)\b"
    r"|i(?:'m| am) (?:really |just |quite |also )?(?:curious|interested|keen|wondering|trying to understand)\b"
    r"|i (?:just |really )?(?:want|wanted|was going) to (?:understand|know|hear|learn|ask)\b"
    r"|i (?:wonder|wondered|was wondering)\b|you (?:were saying|said something|mentioned)\b)"
)
"""An invitation to tell (Spradley 1979: descriptive questions; Patton 2015: probes)."""
INDIRECT = re.compile(
    r"^(?:(?:can|could|would|will) you (?:please |just |maybe |perhaps |possibly |also |kindly |be able to |briefly "
    r"|quickly |like to )?"
    r"(?:tell|walk|talk|take|show|give|describe|explain|elaborate|expand|share|say (?:a (?:bit|little) |some "
    r"|something )?more"
    r"|help (?:me|us)|paint|think back|recall|(?:remember|think of) (?:what|how|why|an?\b|the (?:first|last"
    r"|time|moment|day)\b)|go (?:into|over|through)|speak|outline)\b"
    r"|(?:would|do) you mind (?:just )?(?:telling|walking|talking|taking|showing|giving|describing|explaining"
    r"|sharing|saying)\b"
    r"|(?:do|would) you (?:want|like|care) to (?:tell|say|share|describe|explain|show|talk|elaborate|expand)\b"
    r"|(?:can|could|may|might) (?:i|we) (?:just )?(?:ask|hear|get you to|know)\b"
    r"|(?:do|can|did) you (?:still )?(?:remember|recall) (?:what|how|why)\b"
    r"|do you have (?:any |some )?(?:thoughts|ideas?|views?|feelings|opinions?|sense|examples?)\b"
    r"|(?:is there )?any (?:particular |specific |special )?(?:reason|thoughts|ideas?|example)\b)"
)
"""Closed by grammar, open in use (Clark & Schunk 1980: indirect requests)."""

META = re.compile(
    r"^(?:would you say|do you think|did you say|do you mean|you know|do you know|you see|can you remember"
    r"|do you (?:see|know) what i mean|does that make sense|is that (?:okay|ok|all right|alright)|if (?:so|not|any)"
    r"|do you mind if i ask|can i ask|may i ask|if i may|if you don't mind(?: me asking)?)$"
)
"""Clauses about the asking, which ask nothing themselves."""


@dataclass(frozen=True)
class Words:
    """A question as lower-case words and marks; hesitations, asides and repeated starts are left out.

    at: for each word, its start and end in the question as it was said.
    """

    words: tuple[str, ...]
    at: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start and end, in the question, of the words from ``first`` up to and without ``last``."""
        return self.at[first][0], self.at[last - 1][1]


def words_of(question: str) -> Words:
    """The words of a question.

    >>> words_of("So, um, do you, do you still use it?").words
    ('do', 'you', 'still', 'use', 'it', '?')
    """
    found = [(m.group().lower().replace("’", "'"), m.span()) for m in _TOKEN.finditer(question)]
    spoken = _without_repeats(_without_asides(found))
    return Words(tuple(word for word, _ in spoken), tuple(at for _, at in spoken))


_Spoken = list[tuple[str, tuple[int, int]]]


def _without_asides(found: _Spoken) -> _Spoken:
    """Hesitations go, with the commas around them; words such as “like” go where commas set them apart."""
    kept: _Spoken = []
    i = 0
    while i < len(found):
        word = found[i][0]
        length = 1 if word in HESITATIONS else 0
        if not length and (not kept or kept[-1][0] in BREAKS):
            for size in range(_LONGEST_ASIDE, 0, -1):
                aside = tuple(word for word, _ in found[i : i + size])
                if aside in _ASIDES and i + size < len(found) and found[i + size][0] == ",":
                    length = size
                    break
        if not length:
            kept.append(found[i])
            i += 1
            continue
        i += length
        if i < len(found) and found[i][0] in _PAUSES:
            if kept and kept[-1][0] == ",":
                kept.pop()
            i += 1
    return kept


def _without_repeats(found: _Spoken) -> _Spoken:
    """A start that is said twice is kept once, the second time: “do you, do you still”."""
    kept: _Spoken = []
    for entry in found:
        kept.append(entry)
        for size in range(4, 0, -1):
            again = [word for word, _ in kept[-size:]]
            between = 1 if len(kept) > size and kept[-size - 1][0] in _PAUSES else 0
            before = [word for word, _ in kept[-2 * size - between : len(kept) - size - between]]
            if before != again or len(before) < size or BREAKS & set(again):
                continue
            if between or size > 1 or again[0] in SUBJECTS | AUXILIARIES | WH:
                del kept[-2 * size - between : len(kept) - size]
                break
    return kept
