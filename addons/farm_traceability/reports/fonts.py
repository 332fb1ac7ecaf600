"""Letters for the pages."""

from ..letters import Faces, faces, width, wrap, wrapped
