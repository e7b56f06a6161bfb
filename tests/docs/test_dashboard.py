"""The example dashboard and alerts ask for metrics and labels that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from tests.adapters.prometheus.test_telemetry import busy

DOCS = Path(__file__).resolve().parents[2] / "docs"
METRIC = re.compile(r"\b((?:trialbell|process)_\w+)(\{[^}]*\})?")
FROM_PROMETHEUS = {"job", "instance"}
"""Labels that Prometheus itself puts on what it scrapes."""


def exposed() -> dict[str, set[str]]:
    """Every series that a process that has done everything shows, with its labels."""
    series: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(generate_latest(busy().registry).decode()):
        for sample in family.samples:
            series.setdefault(sample.name, set()).update(sample.labels)
    return series


def dashboard() -> dict[str, Any]:
    """The example dashboard."""
    loaded: dict[str, Any] = json.loads((DOCS / "dashboard.json").read_text(encoding="utf8"))
    return loaded


def queries() -> list[str]:
    """What the dashboard and the alerts ask."""
    asked = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    rules = yaml.safe_load((DOCS / "alerts.yml").read_text(encoding="utf8"))
    return asked + [rule["expr"] for group in rules["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("query", queries())
def test_a_query_names_metrics_and_labels_that_exist(query: str) -> None:
    """A metric that is renamed is found here, and not by an empty panel."""
    series = exposed()
    found = METRIC.findall(query)
    assert found, query
    for name, selector in found:
        assert name in series, query
        labels = set(re.findall(r"(\w+)\s*=", selector))
        assert labels <= series[name] | FROM_PROMETHEUS, query
    grouped = {
        label.strip() for by in re.findall(r"by \(([^)]*)\)", query) for label in by.split(",")
    }
    assert grouped <= set().union(*(series[name] for name, _ in found)) | FROM_PROMETHEUS, query


def test_every_metric_of_ours_is_on_the_dashboard() -> None:
    """What is measured and shown nowhere is not looked at."""
    asked = " ".join(queries())
    families = text_string_to_metric_families(generate_latest(busy().registry).decode())
    for family in families:
        if family.name.startswith("trialbell_") and not family.name.endswith("_created"):
            assert family.name in asked


def test_panels_do_not_cover_one_another() -> None:
    """Each cell of the grid belongs to one panel, and no id is used twice."""
    panels, cells = dashboard()["panels"], set[tuple[int, int]]()
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert (x, y) not in cells, panel["title"]
                cells.add((x, y))
    assert len({panel["id"] for panel in panels}) == len(panels)
