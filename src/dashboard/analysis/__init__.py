"""Measures: each a function from evidence to a small table. Formulas stand in ``statistics`` or in their measure."""

from dashboard.analysis.codings import codings
from dashboard.analysis.differences import differences
from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.quotes import quotes
from dashboard.analysis.table import Table

__all__ = ["Table", "codings", "differences", "feeling", "friction", "prevalence", "quotes"]
