/*
 * Time on a section, measured honestly: a second counts while the page is in view and something
 * moved in it lately. A sleeping machine has no seconds; the server cuts whatever is impossible.
 * Without this script the turning of pages is counted, at reading speed.
 */
(() => {
  "use strict";

  const form = document.querySelector("[data-study]");
  if (!form) return;
  const idle = Number(form.dataset.idle) * 1000;
  const every = Number(form.dataset.every);
  const state = form.querySelector("[data-state]");
  const total = form.querySelector("[data-total]");
  const field = form.elements.seconds;
  let active = 0;
  let moved = performance.now();
  let before = performance.now();
  let sending = false;
  let unsaved = false;

  const signs = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "scroll"];
  for (const sign of signs) {
    addEventListener(sign, () => { moved = performance.now(); }, { passive: true, capture: true });
  }
  const say = (words) => { if (state.textContent !== words) state.textContent = words; };

  const body = (seconds) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("opened", form.elements.opened.value);
    data.set("seconds", String(seconds));
    return data;
  };

  const beat = async () => {
    const seconds = Math.floor(active);
    if (seconds < 1 || sending) return;
    sending = true;
    active -= seconds;
    try {
      const answer = await fetch(form.dataset.study, { method: "POST", body: body(seconds), credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const counted = await answer.json();
      total.textContent = total.dataset.words.replace("{n}", counted.minutes);
      unsaved = false;
    } catch {
      active += seconds; // the line is down, or nobody is signed in any more: said again, and shown
      unsaved = true;
    } finally {
      sending = false;
    }
  };

  setInterval(() => {
    const now = performance.now();
    const passed = Math.min((now - before) / 1000, 2); // a clock that jumped was asleep
    before = now;
    if (document.visibilityState !== "visible") { say(state.dataset.away); return; }
    if (now - moved > idle) { say(state.dataset.idleWords); return; }
    active += passed;
    say(unsaved ? state.dataset.unsaved : state.dataset.going);
    if (active >= every) beat();
  }, 1000);

  form.addEventListener("submit", () => { field.value = String(Math.floor(active)); });
  addEventListener("pagehide", () => {
    const seconds = Math.floor(active);
    if (seconds < 1 || field.value !== "") return;
    if (navigator.sendBeacon(form.dataset.study, body(seconds))) active -= seconds;
  });
  addEventListener("pageshow", (shown) => {
    if (!shown.persisted) return;
    field.value = ""; // back again: what was said with the form is said
    active = 0;
  });

  const notes = document.querySelector("[data-notes]");
  if (notes) {
    const name = `gongdao.notes.${notes.dataset.notes}`;
    try {
      notes.value = localStorage.getItem(name) || "";
      notes.addEventListener("input", () => localStorage.setItem(name, notes.value));
    } catch {
      // no room is given: the notes last as long as the page
    }
  }
})();
