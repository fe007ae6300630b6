/*
 * Sends the files of a form one by one by the tus protocol, with a bar that shows how far it is, and
 * goes on where a line broke. Then the form itself is sent, with what was received in place of the
 * files. Without this script the form brings them in one piece.
 */
(() => {
  "use strict";

  const TRIES = 6;
  const wait = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

  /* The secret end of an address, of a file that was begun; kept so that the button goes on. */
  const begun = new Map();

  const base64 = (text) =>
    btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));

  const problem = async (answer) => {
    const said = await answer.json().catch(() => ({}));
    return Object.assign(new Error(said.hint || String(answer.status)), { final: answer.status < 500 && answer.status !== 423 && answer.status !== 409 });
  };

  const begin = async (address, file) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": String(file.size),
        "Upload-Metadata": `filename ${base64(file.name)}`,
      },
    });
    if (!answer.ok) throw await problem(answer);
    return answer.headers.get("Location");
  };

  const offsetOf = async (place) => {
    const answer = await fetch(place, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { gone: answer.status === 404 });
    return Number(answer.headers.get("Upload-Offset"));
  };

  const send = (place, file, offset, sent) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("PATCH", place);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.setRequestHeader("Upload-Offset", String(offset));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.upload.addEventListener("progress", (event) => sent(offset + event.loaded));
      request.upload.addEventListener("load", () => sent(file.size));
      request.addEventListener("error", () => failed(new Error("line")));
      request.addEventListener("load", () => {
        if (request.status === 204) { done(); return; }
        let said = {};
        try { said = JSON.parse(request.responseText); } catch { /* no words came with it */ }
        const again = request.status >= 500 || request.status === 423 || request.status === 409;
        // All of it was here and opened before, and only the answer to that was lost.
        if (offset === file.size && said.code === "upload.wrong_offset") { done(); return; }
        failed(Object.assign(new Error(said.hint || String(request.status)), { final: !again }));
      });
      request.send(file.slice(offset));
    });

  const bring = async (form, file, show) => {
    const name = `${file.name}/${file.size}/${file.lastModified}`;
    const words = form.querySelector(".upload-progress").dataset;
    for (let tried = 1; ; tried += 1) {
      try {
        if (!begun.has(name)) begun.set(name, await begin(form.dataset.upload, file));
        const place = begun.get(name);
        const offset = tried === 1 ? 0 : await offsetOf(place);
        // At its end, too: what is whole and was not opened yet is opened then.
        await send(place, file, offset, (sent) => show(sent < file.size ? words.sending : words.opening, sent));
        begun.delete(name);
        return place.split("/").pop();
      } catch (wrong) {
        if (wrong.gone || wrong.final) begun.delete(name);
        if (wrong.final || tried >= TRIES) throw wrong;
        show(words.broken, null);
        await wait(Math.min(30, 2 ** (tried - 1)));
      }
    }
  };

  const submit = async (form) => {
    const input = form.elements.file;
    const panel = form.querySelector(".upload-progress");
    const [bar, said, problems] = ["progress", "[data-words]", "[data-problems]"].map((at) => panel.querySelector(at));
    const button = form.querySelector("button[type=submit]");
    const files = Array.from(input.files);
    const all = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    let wrong = 0;
    panel.hidden = false;
    button.disabled = true;
    problems.replaceChildren();
    for (const file of files) {
      const show = (words, sent) => {
        const text = `${words}: ${file.name}`;
        if (said.textContent !== text) said.textContent = text;
        if (sent !== null) bar.value = (100 * (before + sent)) / Math.max(1, all);
      };
      try {
        if (file.size > Number(form.dataset.most)) throw new Error(panel.dataset.large);
        const token = await bring(form, file, show);
        const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "upload", value: token });
        form.append(hidden);
      } catch (problem) {
        wrong += 1;
        const line = document.createElement("li");
        line.textContent = `${file.name}: ${problem.message === "line" ? panel.dataset.failed : problem.message}`;
        problems.append(line);
      }
      before += file.size;
    }
    button.disabled = false;
    input.value = "";
    said.textContent = "";
    if (wrong === 0) {
      form.dataset.sent = "yes";
      form.submit();
    } else {
      problems.tabIndex = -1;
      problems.focus();
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (!form || form.elements.file.files.length === 0) return;
    event.preventDefault();
    submit(form);
  });
})();
