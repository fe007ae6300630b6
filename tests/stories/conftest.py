"""Every story that asks for a `stage` plays twice: on fakes and on PostgreSQL."""

import pytest
from tests.stories.stage import Stage, stage_on_fakes, stage_on_postgres


@pytest.fixture(params=["fakes", pytest.param("postgres", marks=pytest.mark.django_db)])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Give a new, empty house."""
    return stage_on_fakes() if request.param == "fakes" else stage_on_postgres()


@pytest.fixture
def fakes() -> Stage:
    """Give a new, empty house on fakes, for what needs no database."""
    return stage_on_fakes()


@pytest.fixture
def postgres(db: None) -> Stage:
    """Give a new, empty house on PostgreSQL."""
    return stage_on_postgres()
