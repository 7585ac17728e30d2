"""A finding: one thing that is wrong in a vocabulary or in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"
INFO: Final = "info"
SEVERITIES: Final = (ERROR, WARNING, INFO)
"""From the gravest to what is merely worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `check` names what was looked for ("statement-modality", "hierarchy-cycle"), `resource`
    is the IRI it is about, `label` what people call that, `message` says why it matters and what to do. `source` is
    the file or page it is in, "" where that is not known; `value` is what was found there, where that helps."""

    check: str
    severity: str
    resource: str
    message: str
    label: str = ""
    source: str = ""
    value: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape that `validate --format json` prints."""
        return {
            "check": self.check,
            "severity": self.severity,
            "resource": self.resource,
            "label": self.label,
            "source": self.source,
            "value": self.value,
            "message": self.message,
        }


def in_order(findings: list[Finding]) -> list[Finding]:
    """The gravest first, then by source, check and resource; each once."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda one: (SEVERITIES.index(one.severity), one.source, one.check, one.resource, one.value),
    )
