"""A busy machine is no reason to fail."""

import hypothesis

if hypothesis.settings.default.deadline:
    hypothesis.settings.register_profile("farmtag", deadline=None)
    hypothesis.settings.load_profile("farmtag")
