/** A paper's citations, from where they stand: on its page. */

/**
 * The citations of the paper that the link belongs to: { title: nodes, words, formats: [{ label, file, text }] }, each text
 * the same as the file of that format. Fails where the page cannot be had, or says nothing.
 */
export async function citationsOf(link) {
  const page = link.closest("article.paper") ? document : await fetched(link);
  const section = page.querySelector(".citations");
  const { copy, copied, selected, save, close } = section.dataset;
  return {
    title: document.importNode(page.querySelector("h1"), true).childNodes,
    words: { title: section.querySelector("h2").textContent, copy, copied, selected, save, close },
    formats: Array.from(section.querySelectorAll("[data-cite]"), ({ dataset, textContent }) => ({
      label: dataset.cite,
      file: dataset.file,
      text: dataset.lineEnd === "crlf" ? textContent.replaceAll("\n", "\r\n") : textContent,
    })),
  };
}

async function fetched(link) {
  const title = link.closest("li").querySelector(".card-title a, .row-title a");
  const response = await fetch(title.href);
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
