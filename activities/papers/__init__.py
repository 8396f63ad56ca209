"""Papers as PDF: facts that the register keeps, set by typst from a folder of templates."""

from activities.papers.rendering import PaperNotRendered, render_paper
from activities.papers.template_folder import Templates

__all__ = ["PaperNotRendered", "Templates", "render_paper"]
