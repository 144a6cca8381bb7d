// Puts the newest style sheets in the place of ours; an old one goes when the new one is there, so nothing flickers.
// Their addresses may be those of an earlier build: the server answers with the newest of that name.

export function exchangeStyles(version) {
  for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
    const url = new URL(old.href);
    if (url.origin !== location.origin) continue;
    url.search = version;
    const link = old.cloneNode();
    link.href = url.href;
    link.onload = link.onerror = () => old.remove();
    old.after(link);
  }
}
