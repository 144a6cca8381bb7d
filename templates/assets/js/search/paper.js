/** What a paper's own page says: it is there anyway, so the index does not hold every abstract once more. */

const NOTHING = { abstract: "", links: [] };

/** { abstract, links: [{ url, label }] }, plain text; nothing where there is no such page. */
export async function readPage(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) return NOTHING;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const links = Array.from(page.querySelectorAll(".out a[href^=http]"), ({ href, textContent }) => ({ url: href, label: textContent }));
    return { abstract: page.querySelector(".abstract")?.textContent.trim() ?? "", links };
  } catch {
    return NOTHING;
  }
}
