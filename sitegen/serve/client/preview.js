// The preview's part in the browser: follows the server's state, exchanges style sheets, loads the page anew.
// Named in pages as they go out, never on disk.

import { overlay, showProblems, showUnderWay } from "./overlay.js";
import { keepPlace, restorePlace } from "./place.js";
import { settled } from "./post.js";
import { layOutTheRest } from "./sight.js";
import { exchangeStyles } from "./styles.js";

const script = document.querySelector("script[data-page]");
const page = script.dataset.page;
let styles = script.dataset.styles;
let source = null;

function connect() {
  source?.close();
  source = new EventSource(`/_sitegen/events?page=${encodeURIComponent(location.pathname)}`);
  source.addEventListener("state", (event) => follow(JSON.parse(event.data)));
  source.onerror = () => {
    showUnderWay("The preview is not running. This page waits for it.");
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

function start() {
  if (overlay.isConnected) return;
  document.documentElement.append(overlay);
  layOutTheRest();
  // A browser keeps at most six connections to a host: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close();
    else connect();
  });
  if (!document.hidden) connect();
}

function follow(state) {
  if (state.page !== page) {
    source.close(); // what comes after this is for the page that comes after this
    settled().then(() => {
      keepPlace();
      location.reload();
    });
    return;
  }
  showProblems(state.problems, state.more);
  showUnderWay(state.underWay);
  dispatchEvent(new CustomEvent("sitegen:state", { detail: state })); // for scripts of extensions
  if (state.styles !== styles) {
    styles = state.styles;
    exchangeStyles(styles);
  }
}

restorePlace();
// The page comes first: the rest of the site is built once we have said that it is there.
if (document.readyState === "complete") start();
else addEventListener("load", start, { once: true });
// A load may have no end: an image may never come.
setTimeout(start, 1000);
