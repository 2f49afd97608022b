"""Everything that can go wrong and that a person can act on.

DashboardError
├── UnreadableFile        a file that was given cannot be understood
├── InvalidStudy          a study.yaml, codebook, journey or rule does not hold together
├── InvalidFilter         a filter, rule or key names something the study does not have
├── NotAllowed            this person may not do that
├── NotFound              a study, source, passage, job or revision that is not there
├── Conflict              somebody else changed the same thing in the meantime
├── Cancelled             work was stopped because a person asked for it
├── ConfigurationError    a setting, an installed model or the data directory is not usable
└── EngineError           the evidence could not be computed or opened

Every message is one sentence for the reader: what happened, to what, what to do.
"""


class DashboardError(Exception):
    """A problem that the person in front of the page or the terminal can act on."""


class UnreadableFile(DashboardError):
    """A file cannot be read as anything the dashboard knows."""


class InvalidStudy(DashboardError):
    """A study, its codebook, its journey or one of its rules does not hold together."""


class InvalidFilter(DashboardError):
    """A filter or a key names something that the study does not have."""


class NotAllowed(DashboardError):
    """The person who asks may not do this."""


class NotFound(DashboardError):
    """What was asked for is not there (any more)."""


class Conflict(DashboardError):
    """The thing to be changed was changed by somebody else in the meantime."""


class Cancelled(DashboardError):
    """Work stopped because a person cancelled it."""


class ConfigurationError(DashboardError):
    """A setting, an installed model or the data directory cannot be used."""


class EngineError(DashboardError):
    """Evidence could not be computed or opened."""
