"""Every promise of a port is held twice: by the fake and by PostgreSQL."""

import pytest
from tests.stories.stage import Stage, stage_on_fakes, stage_on_postgres


@pytest.fixture(params=["fakes", pytest.param("postgres", marks=pytest.mark.django_db)])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Give a new, empty house."""
    return stage_on_fakes() if request.param == "fakes" else stage_on_postgres()
