"""Pages become bytes.

What a template finds, beside Jinja's own:

====================  =====================================================================================
`view`                `Page.view`: all that the page may show
`page`                the Page itself: `page.url`
`root`                what leads from this page to the site's root: `""`, `"../"`; `base_url` in XML
`href(url)`           a page or file of the site as seen from this page; `http…` and `#…` stay as they are
`absolute(url)`       the same under `settings.base_url`
`asset("css/x.css")`  where an asset was published, from the site's root: `href(asset("css/x.css"))`
`t(key, n=3)`         a text of the user interface
`card(view)`          `partials/card.html` with this `view`, whose `id` is the paper's; drawn once per root and view
`shared(name, *key)`  a partial that is the same on every page for which the key is; drawn once per root and key
`settings`            the site's Settings
`|tex`                a title or abstract: text, its math as MathML
`|bibtex(note)`       a Paper's BibTeX entry with a curator's note; `|ris`, `|csl_json` and `|apa` likewise
`|coins`              a Paper for Zotero, in the title of `<span class="Z3988">`
`|plain`              the same as plain text, for attributes, feeds and metadata
`|markdown`           a note or description, cleaned; `|markdown(article=true)` for the text of a free page
`|date`               a PartialDate as `<time>`; nothing for None
`|number`             a count with its digits grouped
`|json`               JSON that may stand in HTML
====================  =====================================================================================

In XML and JSON templates `|tex` and `|markdown` give text like any other, and `|date` the ISO form. XML escapes it, as
Atom's `type="html"` wants; JSON templates escape nothing by themselves: every value goes through `|json`.
"""

from sitegen.render.cite.kept import Citations
from sitegen.render.renderer import RENDERERS, Renderer

__all__ = ["RENDERERS", "Citations", "Renderer"]
