/*
 * A page that asks for a proof of work solves it and sends its form again by itself. Without this
 * script the form's own button works, after the wait that the page names.
 */
(() => {
  "use strict";

  const begin = () => {
    const form = document.querySelector("form[data-challenge]");
    if (!form || !window.Worker) return;
    const { challenge, worker: address } = form.dataset;
    const difficulty = Number(form.dataset.difficulty);
    const panel = document.getElementById("proof-panel");
    const bar = panel.querySelector("progress");
    const words = panel.querySelector("[data-words]");
    const button = form.querySelector("button[type=submit]");
    const started = performance.now();
    const worker = new Worker(address);
    let left = null;

    const show = (tried) => {
      const needed = 2 ** difficulty;
      bar.value = 100 * (1 - Math.exp(-tried / needed));
      const perSecond = tried / ((performance.now() - started) / 1000);
      const seconds = Math.ceil(needed / perSecond / 5) * 5; // trying has no memory: it is an average
      if (seconds === left) return;
      left = seconds;
      words.textContent = words.dataset.left.replace("{n}", seconds.toLocaleString());
    };

    const give = () => {
      worker.terminate();
      panel.hidden = true;
      button.disabled = false;
    };

    worker.addEventListener("error", give);
    worker.addEventListener("message", ({ data }) => {
      if (data.tried) {
        show(data.tried);
        return;
      }
      worker.terminate();
      if (data.nonce === null) {
        give();
        return;
      }
      bar.value = 100;
      words.textContent = words.dataset.sending;
      form.elements.proof.value = `${challenge}.${data.nonce}`;
      form.dataset.seconds = ((performance.now() - started) / 1000).toFixed(2);
      button.disabled = false;
      form.submit();
    });

    panel.hidden = false;
    button.disabled = true; // pressed too soon it would begin anew
    setTimeout(() => { button.disabled = false; }, Number(form.dataset.wait) * 1000);
    worker.postMessage({ challenge, difficulty });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
