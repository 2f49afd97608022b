"""The last step of publishing: who may open it and until when, what a viewer will see, and the button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard.charts.measures import MEASURES
from dashboard.evidence.tables import Evidence
from dashboard.sharing.frozen import About
from dashboard.sharing.groups import TOGETHER
from dashboard.sharing.policy import Policy
from dashboard.ui import cached, frame, published, session
from dashboard.ui.publish_draft import STEP, STEPS, UNDER, depends_on
from dashboard.ui.publish_links import CHOSEN, state_of
from dashboard.ui.publish_quotes import DOUBTFUL, counted, listed, quotes_of
from dashboard.ui.publish_review import still
from dashboard.ui.publish_terms import Terms, audience_of, done, terms, usual, written
from dashboard.workspace import sharing
from dashboard.workspace.sharing import Preview, SharedLink

_SEEN = "publish:seen"
_NEW = ""
_QUOTES = 5


def look(of: Evidence, policy: Policy, links: Sequence[SharedLink], *, now: datetime) -> None:
    """Draw who may open it, what they will see, and the button that publishes."""
    shared = session.workspace().settings.shared
    open_ = [link for link in links if state_of(link, now) == "open"]
    left, right = st.columns([1, 1], gap="large")
    with left:
        frame.section("Under which link")
        under = _under(of.study.id, open_)
        frame.section("Who may open it, and until when")
        if under is not None:
            ends = f"until {frame.day(under.share.expires_at)}" if under.share.expires_at else "without an end"
            who = audience_of(under.share.audience, shared=shared)
            frame.say(f"As before: {who}, {ends}. Whoever opens it again sees “updated”.")
        else:
            _who(of, shared=shared, now=now)
    with right:
        frame.section("Ready?")
        _ready(of, policy, under, links, now=now)
    frame.section("What a viewer will see")
    _preview(of, policy, links)


def _under(study: str, open_: Sequence[SharedLink]) -> SharedLink | None:
    """The link that the version goes under; None for a new one."""
    if not open_:
        frame.say("A new link.")
        return None
    known = {link.share.token: link for link in open_}
    wanted = session.kept(UNDER + study, open_[0].share.token)
    options = [*known, _NEW]
    chosen = st.radio(
        "Under which link",
        options,
        index=options.index(wanted) if wanted in options else 0,
        format_func=lambda token: "A new link" if token == _NEW else _as_option(known[token]),
        key="publish:under-which",
        label_visibility="collapsed",
        on_change=lambda: session.keep(UNDER + study, session.widget("publish:under-which")),
    )
    return known.get(str(chosen))


def _as_option(link: SharedLink) -> str:
    return f"Version {link.versions[0].number + 1} of “{frame.as_label(link.share.title)}”; the link stays"


def _who(of: Evidence, *, shared: bool, now: datetime) -> None:
    terms(of.study.id, usual(of.study.name, now), shared=shared, now=now)
    if not shared:
        frame.say(
            "Nobody signs in here and the server listens on this machine alone: the link opens on this machine only. "
            "What you can send is the one HTML file, which stands beside the link afterwards.",
            tone="caution",
        )


def _ready(
    of: Evidence, policy: Policy, under: SharedLink | None, links: Sequence[SharedLink], *, now: datetime
) -> None:
    ws = session.workspace()
    least = sharing.least_k(ws)
    missing = policy.k < least and not policy.reason
    if missing:
        frame.say(
            f"Groups of {policy.k} are fewer than the {least} that hold here, and no reason is written: go back to "
            "“Groups” and write one, or choose a larger size.",
            tone="wrong",
        )
    else:
        frame.say(
            "A version is frozen: what you change in the study afterwards stays yours until you publish again. "
            "You can revoke the link at any moment."
        )
        quotes = quotes_of(of, policy, links)
        if quotes:
            doubtful = bool(listed(quotes, DOUBTFUL))
            frame.say(counted(quotes), tone="caution" if doubtful else "plain")
    label = "Publish" if under is None else f"Publish version {under.versions[0].number + 1}"
    st.button(
        label, key="publish:publish", type="primary", disabled=missing, on_click=publish,
        args=(of.study.id, policy, under, usual(of.study.name, now)),
    )  # fmt: skip


def publish(study: str, policy: Policy, under: SharedLink | None, first: Terms) -> None:
    """Publish, and show the link; what stands against it is said at the top of the page. first: see ``terms``."""
    ws = session.workspace()
    with session.doing():
        if under is not None:
            share = sharing.publish(ws, study, policy, token=under.share.token)
        else:
            given = written(study, first)
            title = "" if given.title == first.title else given.title  # the study's own name goes through redaction
            share = sharing.publish(
                ws, study, policy, title=title, audience=given.audience, expires_at=given.expires_at
            )
            done(study)
        session.keep(CHOSEN, share.token)
        session.keep(UNDER + study, share.token)
        session.set_widget(STEP, STEPS[-1])
        session.notice("Published. The link stands here." if under is None else "The new version is what viewers see.")


def _preview(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> None:
    """What a viewer will see of it, made as it would be published, and thrown away."""
    decided = tuple(each.id for each in sharing.redacted(session.workspace(), of.study.id))
    asked = (*depends_on(of, policy, links), policy, decided)
    held = session.kept(_SEEN)
    if held is None or held[0] != asked:
        again = held is not None and held[0][0] == of.study.id
        if again:
            frame.say("You changed something since you looked.", tone="caution")
        st.button(
            "Look again" if again else "Look at it", key="publish:look", on_click=session.keep, args=(_SEEN, (asked,))
        )
        return
    if len(held) == 1:
        with st.spinner("Making what a viewer would see", show_time=True):
            session.keep(_SEEN, (asked, sharing.previewed(session.workspace(), of.study.id, policy)))
    seen: Preview = session.kept(_SEEN)[1]
    made, about = seen.evidence, seen.about
    for warning in seen.warnings:
        frame.say(warning, tone="caution")
    with st.container(border=True, key="publish-preview"):
        frame.say(about.title, tone="quiet")
        frame.section(about.headline or "What did customers say?")
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _shown(made, about)
        with right:
            published.method(about)


def filters_of(made: Evidence) -> list[str]:
    """What viewers can filter by, a line an attribute; without the mark of those it does not tell apart."""
    kept = {name: [value for value in made.values_of(name) if value != TOGETHER] for name in made.attributes}
    return [f"{name}: {', '.join(values)}" for name, values in kept.items() if values]


def _shown(made: Evidence, about: About) -> None:
    said = filters_of(made)
    frame.say("\n".join(["Viewers can filter by", *said]) if said else "Viewers can filter by nothing.")
    for finding in about.findings:
        frame.say("\n".join(filter(None, (finding.claim, finding.said))))
    if not cached.people_heard(made):
        return
    if made.study.codebook:
        measure = MEASURES["prevalence"]
        frame.say(measure.headline(cached.table(made, "prevalence")), tone="lead")
        st.plotly_chart(cached.figure(made, "prevalence"), key="publish:chart", config={"displayModeBar": False})
    rows = cached.quotes(made, (), "prevalence", "clearest", _QUOTES).rows
    quoted = [(str(row["passage"]), str(row["text"])) for row in rows.to_dict("records")]
    still(quoted, key="publish:quotes", label="The first quotes")
