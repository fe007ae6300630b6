/*
 * The desk's queue stays up to date while its page is open, and nothing moves under one's hands:
 * - nothing is asked while the page is hidden, and at once when it is seen again;
 * - nothing is replaced while one picks a category in it;
 * - the focus stays where it was, and so does the line that one looks at;
 * - an answer that is not a part of this page (a sign-in, an error) replaces nothing.
 */
(() => {
  "use strict";

  const PART = "live-queue";
  let kept = null;

  const picking = () => document.activeElement?.closest(`#${PART} form`) !== null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== PART) return;
    if (document.hidden || picking()) event.preventDefault();
  });

  document.addEventListener("visibilitychange", () => {
    const part = document.getElementById(PART);
    if (part && !document.hidden) window.htmx?.trigger(part, "seen");
  });

  const asked = (detail) => new URL(detail.pathInfo.requestPath, location.href).pathname;

  const scrolls = (pane) => pane.scrollHeight > pane.clientHeight && getComputedStyle(pane).overflowY === "auto";

  /* What one looks at: the line with the focus, or the first in sight; else the open case. */
  const lookedAt = (pane) => {
    const focused = document.activeElement?.closest("[data-queue-item] > a");
    if (focused) return focused;
    const top = scrolls(pane) ? pane.getBoundingClientRect().top : 0;
    if (scrolls(pane) ? pane.scrollTop === 0 : pane.getBoundingClientRect().top >= 0) return null;
    const lines = Array.from(pane.querySelectorAll("[data-queue-item] > a"));
    return lines.find((line) => line.getBoundingClientRect().top >= top) || document.getElementById("case");
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.xhr.responseURL && new URL(detail.xhr.responseURL).pathname !== asked(detail)) {
      detail.shouldSwap = false;
      return;
    }
    const pane = document.getElementById("queue");
    if (detail.elt.id !== PART || !pane) return;
    const line = lookedAt(pane);
    const link = document.activeElement?.closest(`#${PART} a`);
    kept = {
      line: line?.id,
      top: line?.getBoundingClientRect().top,
      focus: link?.getAttribute("href"),
      folds: Array.from(pane.querySelectorAll("details"), (each) => each.open),
      narrowed: document.activeElement?.closest(`#${PART} summary`) !== null,
    };
  });

  const restore = () => {
    if (!kept) return;
    const pane = document.getElementById("queue");
    pane.querySelectorAll("details").forEach((each, n) => { each.open = kept.folds[n] ?? each.open; });
    if (kept.narrowed) pane.querySelector("summary")?.focus({ preventScroll: true });
    if (kept.focus) {
      const links = Array.from(pane.querySelectorAll("a"));
      links.find((link) => link.getAttribute("href") === kept.focus)?.focus({ preventScroll: true });
    }
    const line = kept.line && document.getElementById(kept.line);
    if (line) {
      const by = line.getBoundingClientRect().top - kept.top;
      if (scrolls(pane)) pane.scrollTop += by;
      else window.scrollBy({ top: by, behavior: "instant" });
    }
    kept = null;
  };

  document.addEventListener("htmx:afterSwap", restore);
})();
