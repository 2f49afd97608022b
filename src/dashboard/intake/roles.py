"""What each column of a survey or a sheet is: by its name, its wording, the range and the kind of what stands in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.intake.headers import Header, compact
from dashboard.intake.profiles import Profile
from dashboard.intake.scales import best_end
from dashboard.intake.wording import (
    ABOUT_PERSON,
    COUNTS,
    DATES,
    EFFORT,
    EMAILS,
    GOOD_BAD,
    IDS,
    ITEM,
    METADATA,
    NAMES,
    NPS_GROUPS,
    OPEN,
    RANKS,
    RATES,
    RECOMMENDS,
    SATISFIED,
    SHORT_FACT,
    STAGES,
)


@dataclass(frozen=True)
class Judged:
    """The role of one column; best: as in Column; several: it holds, or is, one of several choices of a question."""

    role: str
    best: str = ""
    several: bool = False


def judged(header: Header, profiles: Sequence[Profile], *, name: str) -> list[Judged]:
    """The role of every column. name: of the file, which may say that it holds NPS."""
    ranks = _rank_questions(header, profiles)
    items = _items(header, profiles)
    found = [
        _about(header, at, profile) or _asked(header, at, profile, ranks=ranks, item=at in items, name=name)
        for at, profile in enumerate(profiles)
    ]
    _like_siblings(header, profiles, found)
    _one_of(found, "participant", lambda at: _id_rank(header, at, profiles[at]))
    _one_of(found, "date", lambda at: _date_rank(header, at))
    return found


def _one_of(found: list[Judged], role: str, rank: Callable[[int], int]) -> None:
    """Leave the best column of a role its role; the others are metadata."""
    places = [at for at, column in enumerate(found) if column.role == role]
    if len(places) < 2:
        return
    best = min(places, key=lambda at: (rank(at), at))
    for at in places:
        if at != best:
            found[at] = Judged("metadata")


def _date_rank(header: Header, at: int) -> int:
    """How good a date is as the day of the answers: 0 best."""
    return min((DATES.index(name) for name in map(compact, header.written[at]) if name in DATES), default=99)


# ---------------------------------------------------------------- columns about the respondent or the form


def _about(header: Header, at: int, profile: Profile) -> Judged | None:
    """The role of a column that is no answer to a question, None where it may be one."""
    names = [compact(text) for text in header.written[at]]
    full = header.names[at].casefold()
    if not names and not profile.filled:
        return Judged("ignored")
    if header.import_ids[at].startswith("QID") and not any(name in EMAILS for name in names):
        return None  # Qualtrics says that it is a question
    if any(name in EMAILS for name in names) or profile.emails > 0.6:
        return Judged("email")
    if any(name in NAMES for name in names) and profile.words < 6 and not profile.numbers:
        if header.dialect == "Qualtrics" and "name" in names and set(profile.counts) <= {"Anonymous", "Anonym"}:
            return Judged("metadata")
        return Judged("name")
    if header.dialect in ("Qualtrics", "SurveyGizmo") and names[:1] and names[-1] == "status":
        return Judged("metadata")
    if _id_rank(header, at, profile) < 99:
        return _identifier(header, at, profile)
    if any(name in METADATA for name in names) or any(name.endswith("npsgroup") for name in names):
        return Judged("metadata")
    if any(name in DATES for name in names):
        if profile.dates > 0.5 or profile.filled == 0 or _is_serial(profile):
            return Judged("date" if profile.filled else "metadata")
        if header.dialect and names[0] in ("timestamp", "starttime", "startdate", "enddate"):
            return Judged("date")
    if profile.filled and profile.addresses > 0.8:
        return Judged("metadata")
    if profile.filled and profile.tokens > 0.6:
        return Judged("metadata")
    if profile.filled and profile.dates > 0.9:
        return Judged("date" if re.search(r"date|datum|time|when|fecha", full) and len(full) < 30 else "metadata")
    if re.match(r"(?:points|feedback) ?[-–] ", full) and header.dialect == "Microsoft Forms":
        return Judged("ignored")
    return None


def _id_rank(header: Header, at: int, profile: Profile) -> int:
    """How good a column is as the participant's id: 0 best, 99 not at all."""
    for text in header.written[at]:
        small = re.sub(r"[_\-.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).strip(" :?*").casefold()
        for rank, pattern in enumerate(IDS):
            if re.fullmatch(pattern, small):
                if rank == 1 and small in ("code", "code name", "codename", "pseudonym") and not _may_name(profile):
                    continue
                if rank == 0 and small in ("case", "person", "subject") and profile.variety < 0.5:
                    continue
                return rank if profile.filled else 50 + rank
    return 99


def _may_name(profile: Profile) -> bool:
    """Whether the cells may be names that somebody gave to people: not numbers, one or two words."""
    return not profile.numbers and profile.words <= 2.5 and profile.distinct >= 3


def _identifier(header: Header, at: int, profile: Profile) -> Judged:
    rank = _id_rank(header, at, profile)
    if not profile.filled or profile.words > 3:
        return Judged("metadata")
    if rank >= 2 and profile.running and header.dialect:
        return Judged("metadata")  # the tool's own count of its rows
    return Judged("participant" if rank < 2 or profile.variety > 0.5 else "metadata")


def _is_serial(profile: Profile) -> bool:
    """Whether numbers are days as Excel counts them, between 1990 and 2050."""
    return bool(profile.numbers) and profile.low > 32_000 and profile.high < 55_000


# ---------------------------------------------------------------- answers


def _asked(header: Header, at: int, profile: Profile, *, ranks: frozenset[str], item: bool, name: str) -> Judged:
    """The role of a column that holds answers, or describes who answers."""
    text = f"{header.questions[at]} {header.choices[at]}".casefold()
    written = " ".join(header.written[at]).casefold()
    if not profile.filled:
        if header.import_ids[at].upper().endswith("TEXT") or re.search(r"_text\b|please specify|open-ended", written):
            return Judged("open")
        return Judged("ignored")
    if any(compact(cell) in STAGES for cell in header.written[at]) and profile.distinct <= 15 and not profile.numbers:
        return Judged("stage")
    if score := _score(header, at, profile, text=text, ranks=ranks, item=item, name=name):
        return score
    if _is_open(header, at, profile, written):
        return Judged("open")
    if profile.several:
        return Judged("choice", several=True)
    short = len(header.names[at].split()) <= 3 and not header.names[at].endswith("?")
    if short or (ABOUT_PERSON.search(text) and not header.choices[at] and len(text.split()) < 12):
        return Judged("attribute")
    if profile.variety > 0.6 and profile.distinct > 12:
        return Judged("attribute")
    return Judged("choice")


def _score(
    header: Header, at: int, profile: Profile, *, text: str, ranks: frozenset[str], item: bool, name: str
) -> Judged | None:
    """A score, or a rank, which is a choice; None where it is neither."""
    short = [compact(cell) for cell in header.written[at]]
    if (header.questions[at] in ranks) or (profile.numbers and RANKS.search(text)):
        return Judged("choice")
    values = {value.casefold() for value in profile.counts}
    if values <= GOOD_BAD and len(values) >= 2 and (SATISFIED.search(text) or RATES.search(text)):
        return Judged("csat", "high")
    if values <= NPS_GROUPS and len(values) >= 2 and "nps" in text and "promoter" in " ".join(values):
        return Judged("metadata")
    if profile.scale and not COUNTS.search(text):
        kind = "csat" if SATISFIED.search(text) else "ces" if EFFORT.search(text) else "rating"
        return Judged(kind, "high")
    if not profile.numbers or profile.low < 0:
        return None
    whole, high, low = profile.whole, profile.high, profile.low
    about_nps = bool(re.search(r"(?<![a-z])nps(?![a-z])", name.casefold()))
    if whole and high <= 10 and profile.distinct <= 14:
        scale_from_one = low >= 1 and re.search(r"\b1\b[^\d]{0,80}\b10\b|\b10\b[^\d]{0,80}\b1\b", text) is not None
        named = re.search(r"\bnps\b|net promoter", text) is not None
        if RECOMMENDS.search(text) and (high > 5 or named) and not scale_from_one:
            return Judged("nps", "high")
        tool = about_nps or (high > 5 and (low == 0 or high == 10) and header.dialect == "")
        if tool and any(cell in ("score", "npsscore", "nps", "rating", "ratingscore") for cell in short):
            return Judged("nps" if about_nps or "score" in short[-1] else "rating", "high")
    if profile.distinct < 2 and not (SATISFIED.search(text) or EFFORT.search(text) or RATES.search(text)):
        return None
    if high > 100 or (high > 10 and not re.search(r"score|rating|csat|satisf|zufrieden|ces\b|sus\b", text)):
        return None
    if values <= {"0", "1"}:
        return None
    named = re.search(r"\bcsat\b|\bces\b|\brating\b|\bstars?\b|\bscore\b|satisfaction|\beffort\b", text) is not None
    if not named and COUNTS.search(text):
        return None
    anchored = "; ".join(value for value in profile.numbers if not value.isdecimal())
    best = best_end(header.names[at]) or best_end(anchored)
    coded = header.dialect == "Qualtrics" and profile.plain_numbers  # numbers may stand for choices, in any order
    statement = _is_statement(text)
    if EFFORT.search(text):
        return Judged("ces", best or ("high" if "easy" in text else ""))
    if SATISFIED.search(text) and not statement:
        return Judged("csat", best or ("" if coded else "high"))
    if RECOMMENDS.search(text) and high >= 5:
        return Judged("rating", best or "high")
    if not profile.plain_numbers or (RATES.search(text) and not statement):
        if coded and not re.search(r"\brat(?:e|ing)\b|\bscale\b|stars", text):
            return None
        usual = re.search(r"\bstars?\b|\brat(?:e|ed|ings?)\b|\bquality\b|\bscores?\b|★", text) is not None
        return Judged("rating", best or ("high" if usual and not coded else ""))
    asked = text.rstrip(" *").endswith("?") and len(text.split()) >= 4 and (best != "" or high in (5, 7, 10))
    if (asked or (statement and high in (3, 4, 5, 6, 7, 10))) and low >= 1 and not coded:
        return Judged("rating", best)
    return Judged("rating", best) if item else None


def _is_statement(text: str) -> bool:
    """Whether a header is a statement to agree with: of some length, no question, and not the name of a field."""
    small = text.rstrip(" *")
    if small.endswith("?") or len(small.split()) < 4:
        return False
    return small.endswith(".") or re.search(r"\b(?:i|my|we|this|it|the)\b", small) is not None


def _is_open(header: Header, at: int, profile: Profile, written: str) -> bool:
    """Whether people answered in their own words: by the length and the variety of what they wrote."""
    if header.import_ids[at].upper().endswith("TEXT") and not profile.numbers:
        return True
    if profile.numbers and profile.plain_numbers:
        return False
    asked_openly = OPEN.search(written) is not None
    fact = (
        SHORT_FACT.search(written) is not None
        and profile.words < 5
        and re.search(r"comment|why|explain|describe|feedback", written) is None
    )
    if "please specify" in written or "(please describe" in written:
        return profile.distinct > 1 or profile.seen <= 3
    if profile.several and not (asked_openly and profile.words >= 8):
        return False
    if profile.words >= 5 and profile.variety >= 0.5:
        return True
    if fact:
        return False
    if asked_openly:
        return profile.variety >= 0.4 and (profile.words >= 1.5 or profile.variety >= 0.8 or profile.seen < 20)
    return profile.longest >= 12 and profile.variety >= 0.6 and profile.words >= 3


def _rank_questions(header: Header, profiles: Sequence[Profile]) -> frozenset[str]:
    """Questions that ask for a rank, and whose columns hold numbers."""
    groups: dict[str, list[Profile]] = defaultdict(list)
    for question, choice, profile in zip(header.questions, header.choices, profiles, strict=True):
        if choice and profile.filled:
            groups[question].append(profile)
    found = set()
    for question, own in groups.items():
        if not RANKS.search(question.casefold()) or not all(profile.numbers for profile in own):
            continue
        found.add(question)
    return frozenset(found)


def _items(header: Header, profiles: Sequence[Profile]) -> frozenset[int]:
    """Columns called Q1, Q2 … or G1Q2[SQ1] … that are items of one scale: the same range in at least three of them."""
    if header.dialect == "Qualtrics":
        return frozenset()
    ranges: dict[float, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        is_scale = profile.whole and profile.low >= 1 and profile.high in (5, 7, 10) and profile.distinct >= 3
        part = header.dialect == "LimeSurvey" and header.choices[at] != ""
        if is_scale and (part or ITEM.fullmatch(header.names[at].casefold())):
            ranges[profile.high].append(at)
    return frozenset(at for places in ranges.values() if len(places) >= 3 for at in places)


def _like_siblings(header: Header, profiles: Sequence[Profile], found: list[Judged]) -> None:
    """Columns of one question share a role: one option a column is a choice; an empty one is what its siblings are."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, choice in enumerate(header.choices):
        if choice and found[at].role not in ("metadata", "participant", "name", "email", "date"):
            groups[header.questions[at]].append(at)
    for places in groups.values():
        if len(places) < 2:
            continue
        for at in places:
            profile = profiles[at]
            if (
                profile.distinct == 1
                and found[at].role != "open"
                and sum(profiles[p].distinct <= 1 for p in places) > 0.6 * len(places)
            ):
                found[at] = Judged("choice", several=True)
        filled = Counter(found[at].role for at in places if profiles[at].filled and found[at].role != "open")
        if not filled:
            continue
        usual = filled.most_common(1)[0][0]
        pattern = next(found[at] for at in places if found[at].role == usual)
        for at in places:
            if found[at].role == "ignored" or (usual == "choice" and found[at].role in ("attribute", "rating")):
                found[at] = pattern
