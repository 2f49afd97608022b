"""What the pages are drawn with: the only Streamlit besides ``pages/``, ``app.py`` and ``serve.py``."""
