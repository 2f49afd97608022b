"""Publishing a study: nothing of its people is in what viewers get, it is frozen, an ended link opens nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import Opened

from dashboard.analysis.prevalence import prevalence
from dashboard.errors import InvalidStudy, NotFound
from dashboard.study import AttributeRule, Segment, Theme
from dashboard.workspace import coding, published, publishing, sharing, sources, studies, views
from dashboard.workspace.access import Published, Workspace
from dashboard.workspace.evidence import built
from dashboard.workspace.findings import Finding, add
from dashboard.workspace.jobs import build_now
from dashboard.workspace.sharing import Policy

NAMES = [f"Zorb{c}linna" for c in "abcdefgh"]


def hostile(ws: Workspace) -> str:
    """A study with a name in every place where a name can stand."""
    name = NAMES[0]
    study = studies.create(ws, f"What {name} Qwuill wants")
    sheet = ["id,name,email,company,plan,manager"]
    for place, each in enumerate(NAMES):
        said = (
            f"{each} Qwuill: I am {each}, mail {each}.q@example.com, and my boss Tarvo Menk knows. The price is high."
        )
        text = f"Hesper Lodge: Hello {each}, what does it cost?\n{said}\n"
        sources.add(ws, study, [(f"talk {each}.txt", text.encode())])
        sheet.append(f"P9{place}7,{each} Qwuill,{each}.q@example.com,{each} and Sons,pro,{name}")
    sources.add(ws, study, [("people.csv", "\n".join(sheet).encode())])
    now = ws.records.study(study)
    changed = replace(
        now,
        codebook=(Theme(f"{name}'s price", f"As {name} said", cues=("price", name), include=(f"I am {name}",)),),
        attributes=(AttributeRule("plan"),),
        segments=(Segment(f"{name}'s friends", "plan = 'pro'"),),
    )
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(changed, version=ws.records.study_row(study).version)
    build_now(ws, study)
    return study


def viewer(ws: Workspace, token: str) -> Published:
    return Published(ws.settings, ws.user, ws.records, token)


@pytest.mark.parametrize("policy", [Policy(), Policy(k=2, reason="a test", pseudonyms=True, transcripts=True)])
def test_no_name_address_or_id_is_in_any_byte_of_a_version(ws: Workspace, policy: Policy) -> None:
    study = hostile(ws)
    number = add(ws, study, Finding(0, f"{NAMES[1]} pays too much", status="ready"))
    view = views.save(ws, study, f"{NAMES[2]}'s view", page="themes", choices={"text": [NAMES[3]]}, pinned=True)
    headline = f"{NAMES[4]} Qwuill is right"
    share = sharing.publish(ws, study, replace(policy, headline=headline, findings=(number,), views=(view,)))
    version = sharing.newest(ws, share.token)
    shown = published.evidence(viewer(ws, share.token))
    tables = "".join(
        shown.open_table(file.stem).collect("pandas").to_pandas().to_csv()
        for file in sorted((ws.settings.data_dir / "snapshots" / version.id).glob("*.parquet"))
        if file.stem != "private"
    )
    files = b"".join(file.read_bytes() for file in (ws.settings.data_dir / "snapshots" / version.id).iterdir())
    told = tables + files.decode("utf-8", "replace") + publishing.html_of(ws, share.token)
    for word in [*NAMES, "qwuill", "tarvo", "menk", "hesper", "@example", "p907", "people.csv"]:
        assert word.casefold() not in told.casefold(), word
    assert published.about(viewer(ws, share.token)).findings[0].claim.endswith("pays too much")


def test_a_version_is_frozen_and_an_ended_link_opens_nothing(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    share = sharing.publish(ws, study, Policy(headline="Banks first"), title="For the board")
    mine = viewer(ws, share.token)
    before = prevalence(published.evidence(mine)).rows
    row = ws.records.study_row(study)
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(replace(ws.records.study(study), name="Another", codebook=()), version=row.version)
    assert prevalence(published.evidence(mine)).rows.equals(before)
    assert published.about(mine).headline == "Banks first"
    with pytest.raises(NotFound):
        published.evidence(viewer(ws, share.token[:-1] + "x"))
    sharing.revoke(ws, share.token)
    for opens in (published.evidence, published.about):
        with pytest.raises(NotFound):
            opens(mine)
    assert sharing.shares(ws, study)[0].ended


def test_a_link_ends_at_its_last_moment_and_its_files_may_go(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    over = ws.records.now() - timedelta(seconds=1)
    share = sharing.publish(ws, study, Policy(), expires_at=over)
    with pytest.raises(NotFound):
        published.evidence(viewer(ws, share.token))
    share = sharing.publish(ws, study, Policy())
    published.evidence(viewer(ws, share.token))
    again = sharing.publish(ws, study, Policy(headline="Anew"), token=share.token)
    assert published.about(viewer(ws, again.token)).number == 2
    assert "headline" in published.about(viewer(ws, again.token)).changed
    sharing.remove_version(ws, sharing.newest(ws, share.token).id)
    assert published.about(viewer(ws, share.token)).number == 1


def test_a_link_is_changed_while_it_is_open_and_not_opened_again(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    token = sharing.publish(ws, study, Policy(), title="One", audience=("a@example.com",)).token
    later = ws.records.now() + timedelta(days=3)
    sharing.change_link(ws, token, title=" Two ", audience=("@Example.com",), expires_at=later)
    share = sharing.shares(ws, study)[0].share
    assert (share.title, share.audience, share.expires_at) == ("Two", ("@example.com",), later)
    with pytest.raises(InvalidStudy):
        sharing.change_link(ws, token, title=" ", audience=(), expires_at=None)
    over = ws.records.now() - timedelta(seconds=1)
    sharing.change_link(ws, token, title="Two", audience=(), expires_at=over)
    with pytest.raises(NotFound, match="has ended"):
        sharing.change_link(ws, token, title="Two", audience=(), expires_at=later)
    with pytest.raises(NotFound, match="has ended"):
        sharing.publish(ws, study, Policy(), token=token, expires_at=later)
    assert sharing.shares(ws, study)[0].share.expires_at == over


def test_smaller_groups_need_a_reason(sample: Opened) -> None:
    with pytest.raises(InvalidStudy, match="write why"):
        sharing.publish(sample.ws, sample.study, Policy(k=2))
    assert [each.k for each in sharing.consequences(sample.ws, sample.study, Policy())] == [3, 5, 10]


def test_a_person_hides_shows_passes_and_leaves_out(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    quote = next(q for q in sharing.suspicious(ws, study, Policy()) if not q.marks and len(q.text) > 40)
    whole, at = built(ws, study), quote.anchor.start
    word = quote.text.split()[1]
    start = quote.text.index(word, len(quote.text.split()[0]))
    part = coding.anchor(whole, quote.anchor.source, quote.anchor.turn, at + start, at + start + len(word))
    numbers = sharing.redact(ws, study, [part], "hide", "[product]")
    found = {q.passage: q for q in sharing.suspicious(ws, study, Policy())}[quote.passage]
    assert "[product]" in found.redacted
    assert found.decisions == numbers
    sharing.withdraw(ws, study, numbers)
    sharing.pass_quotes(ws, study, [quote.anchor])
    assert {q.passage: q for q in sharing.suspicious(ws, study, Policy())}[quote.passage].state == "passed"
    sharing.redact(ws, study, [quote.anchor], "leave out")
    assert {q.passage: q for q in sharing.suspicious(ws, study, Policy())}[quote.passage].state == "left out"
    assert quote.text not in publishing.publish_html(ws, study)
