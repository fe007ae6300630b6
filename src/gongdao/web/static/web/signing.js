/*
 * A signature drawn on a canvas, kept as lines of points on a square of 1000 units each way. Without
 * this script the typed name is what is signed; with it the drawing comes beside the name.
 */
(() => {
  "use strict";

  const SIDE = 1000;
  const MOST = 3900;
  const place = document.querySelector("[data-signing]");
  if (!place) return;
  const canvas = place.querySelector("canvas");
  const field = document.querySelector("input[name=strokes]");
  const ink = canvas.getContext("2d");
  let strokes = [];
  let drawing = false;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const inside = (part, whole) => Math.max(0, Math.min(SIDE, Math.round((part / whole) * SIDE)));
    return [inside(event.clientX - box.left, box.width), inside(event.clientY - box.top, box.height)];
  };
  const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  const keep = () => { field.value = JSON.stringify(strokes); };

  const draw = () => {
    const box = canvas.getBoundingClientRect();
    canvas.width = Math.max(1, Math.round(box.width));
    canvas.height = Math.max(1, Math.round(box.height));
    ink.strokeStyle = getComputedStyle(canvas).color;
    ink.lineWidth = 2;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    for (const stroke of strokes) {
      ink.beginPath();
      for (const [x, y] of stroke) ink.lineTo((x / SIDE) * canvas.width, (y / SIDE) * canvas.height);
      ink.stroke();
    }
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (points() >= MOST) return;
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || points() >= MOST) return;
    const last = strokes[strokes.length - 1];
    const [x, y] = at(event);
    const [was, above] = last[last.length - 1];
    if (Math.abs(x - was) + Math.abs(y - above) < 6) return;
    last.push([x, y]);
    draw();
  });
  const stop = () => { if (drawing) { drawing = false; keep(); } };
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
  place.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; keep(); draw(); });
  window.addEventListener("resize", draw);

  try { strokes = JSON.parse(field.value || "[]"); } catch { strokes = []; }
  place.hidden = false;
  draw();
})();
