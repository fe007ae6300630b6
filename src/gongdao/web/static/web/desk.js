/*
 * Keys of the desk: j next case in the list, k previous, Enter opens it, n opens the next one, s shows
 * or folds what was reported, p takes the case that comes first, d goes to the decision, Ctrl+Enter
 * sends the form that one writes in, ? shows them. All of it can also be done with links and the Tab key; no letter does anything while
 * one writes in a field, and nothing moves by itself.
 */
(() => {
  "use strict";

  const writing = (element) =>
    element.closest("input:not([type=radio]), textarea, select, [contenteditable], dialog[open]") !== null;

  const links = () => Array.from(document.querySelectorAll("[data-queue-item] > a"));

  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const focused = all.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((link) => link.hasAttribute("aria-current"));
    const to = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[to].focus();
  };

  const help = () => {
    const dialog = document.getElementById("shortcuts");
    if (dialog && !dialog.open) dialog.showModal();
  };

  const visible = (element) => element.getClientRects().length > 0;

  const enter = (place) => {
    const fields = place.querySelectorAll("input:not([type=hidden]), select, textarea, button, summary, a");
    (Array.from(fields).find((field) => field.tagName !== "SUMMARY" && visible(field)) ||
      place.querySelector("summary") || place).focus();
  };

  const decide = () => {
    const pane = document.getElementById("decision");
    if (pane) enter(pane);
  };

  const fold = () => {
    const folds = Array.from(document.querySelectorAll("#case .snapshot > details, #case [data-fold]"));
    const open = folds.some((each) => !each.open);
    folds.forEach((each) => { each.open = open; });
  };

  const next = () => document.querySelector("[data-next]")?.click();

  const pull = () => document.querySelector("[data-pull]")?.click();

  const keys = { p: pull, j: () => step(1), k: () => step(-1), d: decide, n: next, s: fold, "?": help };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form[data-step]");
      if (form) form.requestSubmit(form.querySelector(".actions button[type=submit]"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (!act || writing(event.target)) return;
    event.preventDefault();
    act();
  });

  const open = (link) => {
    const place = document.querySelector(link.getAttribute("href"));
    if (!place) return false;
    place.open = true;
    enter(place);
    return true;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) help();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    const link = event.target.closest('a[href^="#step-"]');
    if (link && open(link)) event.preventDefault();
  });

  /* A button pressed twice sends once: the second answer would only say that it is done already. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });

  /* The open case stands in sight in its own pane; the page itself stays where it is. */
  const inSight = () => {
    const pane = document.getElementById("queue");
    const item = pane?.querySelector(".is-current");
    if (!item || pane.scrollHeight <= pane.clientHeight) return;
    const end = Math.min(pane.getBoundingClientRect().bottom, window.innerHeight);
    const below = item.getBoundingClientRect().bottom - end;
    if (below > 0) pane.scrollTop += below + 24;
  };

  document.querySelectorAll("[data-shortcuts]").forEach((button) => { button.hidden = false; });
  inSight();
  document.querySelector("[data-first]")?.focus();
})();
