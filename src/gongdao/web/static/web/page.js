/*
 * Small comforts for every page; each page works without them.
 * - An error summary is focused when the page opens, so that it is read first.
 * - A field with data-limit counts its characters while one writes.
 * - A button with data-copy copies that text; one with data-print prints the page.
 */
(() => {
  "use strict";

  const count = (text) => Array.from(text.replace(/\r\n/g, "\n")).length;

  const watch = (field) => {
    const line = document.getElementById(`${field.id}-limit`);
    if (!line || field.dataset.watched) return;
    field.dataset.watched = "yes";
    const limit = Number(field.dataset.limit);
    const show = () => {
      const left = limit - count(field.value);
      line.textContent = (left < 0 ? line.dataset.over : line.dataset.left)
        .replace("{n}", Math.abs(left).toLocaleString());
      line.classList.toggle("limit-over", left < 0);
    };
    field.addEventListener("input", show);
    if (field.value) show();
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("[data-words]");
    if (words && button.dataset.copied) words.textContent = button.dataset.copied;
  };

  const begin = (root) => {
    root.querySelectorAll("[data-limit]").forEach(watch);
    root.querySelectorAll("[data-copy], [data-print]").forEach((button) => {
      button.hidden = "copy" in button.dataset && !navigator.clipboard;
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else copy(button);
  });
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));

  const ready = () => {
    begin(document);
    document.querySelector(".error-summary")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
