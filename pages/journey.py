"""Journey: where people struggle, and how they feel along the way."""

from dashboard.ui import choosing, frame, session, states, unmet_needs
from dashboard.ui.show import show

frame.heading("Where do people struggle?")
with session.catching():
    of = states.seen()
    if of is not None and states.needs_journey(of):
        pool, stage = choosing.together(), choosing.stage()
        show("friction", of, pool=pool, page="journey")
        if of.study.codebook:
            frame.section(f"Which themes at “{stage}”?" if stage else "Which themes, at which stage?")
            show("friction", choosing.at_stage(of, stage), "theme", pool=pool, page="journey", key="within")
        frame.section("How do people feel along the way?")
        show("feeling", of, pool=pool, page="journey")
    if of is not None:
        unmet_needs.unmet_needs(of, pool=choosing.together(), page="journey")
