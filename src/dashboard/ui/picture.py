"""A chart that stands on the page as a picture, made in the browser: nothing is sent, nothing is fetched."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import frame

_COMPONENT = st.components.v2.component(
    "dashboard.picture",
    html='<div class="dr-picture"></div>',
    css=frame.asset("picture.css"),
    js=frame.asset("dom.js") + frame.asset("picture.js"),
)


def picture(*, key: str, of: str, name: str, title: str, notes: str) -> None:
    """Buttons that save the chart in the container with the key ``of`` as SVG and PNG, under its title and notes.

    name: of the file, without its ending.
    """
    _COMPONENT(key=key, data={"of": of, "name": name, "title": title, "notes": notes}, height="content")
