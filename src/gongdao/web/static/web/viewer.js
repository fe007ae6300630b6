/*
 * The viewer of an exhibit: a finding or a line of text marks its boxes, and a box marks them.
 * Without this script the links lead from one to the other all the same.
 * - [data-viewer] holds everything; [data-mark="id"] is marked together with all others of that id.
 * - In the picture one box takes part in the tab order; the arrow keys go on from box to box.
 * - With [data-draw] areas are drawn by mouse or finger; they stand in the field as numbers, and
 *   numbers written there by hand are drawn, too.
 */
(() => {
  "use strict";

  const NS = "http://www.w3.org/2000/svg";
  const ALL = 100;
  const LEAST = 0.5;

  const link = (part) => part.querySelector("a") || part;

  const begin = (viewer) => {
    const parts = Array.from(viewer.querySelectorAll("[data-mark]"));
    const boxes = parts.filter((part) => part.closest("svg"));
    const rest = parts.filter((part) => !part.closest("svg"));

    const choose = (box) => {
      boxes.forEach((each) => each.setAttribute("tabindex", each === box ? "0" : "-1"));
    };

    const mark = (id) => {
      parts.forEach((part) => {
        const on = part.dataset.mark === id;
        part.classList.toggle("is-marked", on);
        if (on) link(part).setAttribute("aria-current", "true");
        else link(part).removeAttribute("aria-current");
      });
    };

    const show = (part) => {
      const id = part.dataset.mark;
      mark(id);
      const fromPicture = Boolean(part.closest("svg"));
      const other = (fromPicture ? rest : boxes).find((each) => each.dataset.mark === id);
      if (!other) return;
      const folded = other.closest("details");
      if (folded) folded.open = true;
      if (fromPicture) link(other).focus({ preventScroll: true });
      else choose(other);
      other.scrollIntoView({ block: "nearest" });
    };

    viewer.addEventListener("click", (event) => {
      const part = event.target.closest("[data-mark]");
      if (!part || event.target.closest("input, label, button")) return;
      if (event.target.closest("a") && !event.target.closest("a[href^='#']")) return;
      event.preventDefault();
      show(part);
    });

    viewer.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        mark("");
        return;
      }
      const at = boxes.indexOf(event.target.closest("svg [data-mark]"));
      if (at < 0) return;
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.key === " ") {
        event.preventDefault();
        show(boxes[at]);
      } else if (step) {
        event.preventDefault();
        const next = boxes[(at + step + boxes.length) % boxes.length];
        choose(next);
        next.focus();
      }
    });

    if (boxes.length) choose(boxes[0]);
    viewer.querySelectorAll("svg[data-draw]").forEach((picture) => drawing(viewer, picture));
  };

  const drawing = (viewer, picture) => {
    const field = viewer.querySelector(picture.dataset.draw);
    const start = viewer.querySelector("[data-draw-start]");
    const undo = viewer.querySelector("[data-draw-undo]");
    const told = viewer.querySelector("[data-draw-told]");
    if (!field || !start || !undo) return;
    const { width, height } = picture.viewBox.baseVal;
    const layer = picture.appendChild(document.createElementNS(NS, "g"));
    let from = null;
    let live = null;

    const rectangle = (left, top, wide, tall, name) => {
      const made = layer.appendChild(document.createElementNS(NS, "rect"));
      made.setAttribute("class", name);
      place(made, left, top, wide, tall);
      return made;
    };
    const place = (made, left, top, wide, tall) => {
      const shares = { x: left * width, y: top * height, width: wide * width, height: tall * height };
      Object.entries(shares).forEach(([key, share]) => made.setAttribute(key, String(share / ALL)));
    };
    const rows = () => field.value.split("\n").map((row) => row.trim()).filter(Boolean);

    const redraw = () => {
      layer.replaceChildren();
      rows().forEach((row) => {
        const numbers = row.split(/[\s,]+/).map(Number);
        if (numbers.length === 4 && numbers.every(Number.isFinite)) {
          rectangle(...numbers, "box box-drawn");
        }
      });
      undo.hidden = rows().length === 0;
      if (told) told.textContent = told.dataset.told.replace("{n}", rows().length);
    };

    const share = (event) => {
      const edge = picture.getBoundingClientRect();
      const scale = Math.min(edge.width / width, edge.height / height);
      const left = edge.left + (edge.width - width * scale) / 2;
      const top = edge.top + (edge.height - height * scale) / 2;
      const within = (value) => Math.min(ALL, Math.max(0, value));
      return {
        x: within(((event.clientX - left) / (width * scale)) * ALL),
        y: within(((event.clientY - top) / (height * scale)) * ALL),
      };
    };
    // Rounded to tenths, and never inwards: all that was drawn is hidden.
    const outwards = (left, top, wide, tall) => {
      const [x, y] = [left, top].map((edge) => Math.floor(edge * 10));
      const [right, low] = [left + wide, top + tall].map((edge) => Math.ceil(edge * 10));
      return [x, y, Math.min(1000, right) - x, Math.min(1000, low) - y].map((tenths) => tenths / 10);
    };
    const spanned = (to) => [
      Math.min(from.x, to.x), Math.min(from.y, to.y),
      Math.abs(from.x - to.x), Math.abs(from.y - to.y),
    ];

    start.addEventListener("click", () => {
      const on = start.getAttribute("aria-pressed") !== "true";
      start.setAttribute("aria-pressed", String(on));
      picture.classList.toggle("is-drawing", on);
      const folded = picture.closest("details");
      if (on && folded) folded.open = true;
    });
    undo.addEventListener("click", () => {
      field.value = rows().slice(0, -1).join("\n");
      redraw();
    });
    picture.addEventListener("pointerdown", (event) => {
      if (!picture.classList.contains("is-drawing") || !event.isPrimary) return;
      event.preventDefault();
      picture.setPointerCapture(event.pointerId);
      from = share(event);
      live = rectangle(from.x, from.y, 0, 0, "box box-drawn");
    });
    picture.addEventListener("pointermove", (event) => {
      if (from) place(live, ...spanned(share(event)));
    });
    picture.addEventListener("pointerup", (event) => {
      if (!from) return;
      const numbers = spanned(share(event));
      from = null;
      if (numbers[2] >= LEAST && numbers[3] >= LEAST) {
        const row = outwards(...numbers).join(" ");
        field.value = [...rows(), row].join("\n");
      }
      redraw();
    });
    picture.addEventListener("pointercancel", () => {
      from = null;
      redraw();
    });
    picture.addEventListener("click", (event) => {
      if (picture.classList.contains("is-drawing")) {
        event.preventDefault();
        event.stopPropagation();
      }
    }, true);
    field.addEventListener("input", redraw);
    start.hidden = false;
    redraw();
  };

  const ready = () => document.querySelectorAll("[data-viewer]").forEach(begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
