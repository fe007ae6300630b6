/*
 * Keys of the desk: j next case, k previous case, Enter opens it, d goes to the decision,
 * ? shows them. All of it can also be done with links and the Tab key; nothing happens while one
 * writes in a field, and nothing moves by itself.
 */
(() => {
  "use strict";

  const writing = (element) =>
    element.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;

  const links = () => Array.from(document.querySelectorAll("[data-queue-item] > a"));

  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const focused = all.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((link) => link.hasAttribute("aria-current"));
    const to = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[to].focus();
    all[to].scrollIntoView({ block: "nearest" });
  };

  const help = () => {
    const dialog = document.getElementById("shortcuts");
    if (dialog && !dialog.open) dialog.showModal();
  };

  const decide = () => {
    const pane = document.getElementById("decision");
    if (!pane) return;
    const field = pane.querySelector("input:not([type=hidden]), select, textarea, button, a");
    (field || pane).focus();
  };

  const keys = { j: () => step(1), k: () => step(-1), d: decide, "?": help };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = keys[event.key];
    if (!act || writing(event.target)) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) help();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.querySelectorAll("[data-shortcuts]").forEach((button) => { button.hidden = false; });
})();
