from maillage.plan.tests.conftest import convention, coordinator, territory

__all__ = ["convention", "coordinator", "territory"]
