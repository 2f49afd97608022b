"""The dashboard as an application that has loaded everything before the first visitor comes.

streamlit run serve.py
"""

import streamlit as st

import dashboard.ui.show
import dashboard.workspace.directory
import dashboard.workspace.evidence
from dashboard.ui import cached

LOADED = (dashboard.ui.show, dashboard.workspace.directory, dashboard.workspace.evidence)

cached.warm()
app = st.App("app.py")
