/* Keys of the board: j and k go from line to line, x ticks the first thing to look at today. */
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const lines = Array.from(document.querySelectorAll("[data-line]"));
    const at = lines.indexOf(document.activeElement);
    if (event.key === "j") lines[Math.min(at + 1, lines.length - 1)]?.focus();
    else if (event.key === "k") lines[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "x") {
      const first = document.querySelector(".today-list button");
      first?.closest("details")?.setAttribute("open", "");
      first?.focus();
    }
  });
})();
