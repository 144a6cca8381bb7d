// Puts the newest style sheets in the place of ours; an old one goes when the new one is there, so nothing flickers.
// Their addresses may be those of an earlier build: the server answers with the newest of that name.

const before = new WeakMap(); // a new sheet → the one in whose place it comes
const leaving = new WeakSet();

export function exchangeStyles(version) {
  for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
    const url = new URL(old.href);
    if (url.origin !== location.origin || leaving.has(old)) continue;
    url.search = version;
    const link = old.cloneNode();
    link.href = url.href;
    before.set(link, old);
    leaving.add(old);
    // All before it, for an exchange may begin while another is under way.
    link.onload = link.onerror = () => {
      for (let each = old; each; each = before.get(each)) each.remove();
    };
    old.after(link);
  }
}
