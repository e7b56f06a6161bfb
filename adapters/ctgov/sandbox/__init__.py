"""A local stand-in for the registry: serves recorded data days as ClinicalTrials.gov would."""

from adapters.ctgov.sandbox.days import BadFolder
from adapters.ctgov.sandbox.sandbox import Sandbox
from adapters.ctgov.sandbox.server import SandboxServer, serve

__all__ = ["BadFolder", "Sandbox", "SandboxServer", "serve"]
