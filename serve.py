"""The dashboard as an application that has loaded everything before the first visitor comes.

streamlit run serve.py
"""

import os
import sys

import streamlit as st

import dashboard.ui.show
import dashboard.workspace.directory
import dashboard.workspace.evidence
from dashboard.errors import ConfigurationError
from dashboard.settings import from_environment
from dashboard.ui import cached, doorway, logs

LOADED = (dashboard.ui.show, dashboard.workspace.directory, dashboard.workspace.evidence)

try:
    settings = from_environment(os.environ)
    doorway.configure(settings)
except ConfigurationError as problem:
    sys.exit(f"The dashboard does not start. {problem}")
if settings.shared:
    logs.set_up()
cached.warm()
app = st.App(
    "app.py",
    secrets=doorway.secrets(settings),
    routes=doorway.routes(settings),
    middleware=doorway.middleware(settings),
)
