/* The page: a packet or a record comes in, lines go out. Nothing of it leaves this window. */
const WORDS = JSON.parse(document.getElementById("words").textContent);
const MOST_SHOWN = 8;
const MARKS = { proven: "✓", "not proven": "–", failed: "✗" };
const by = (id) => document.getElementById(id);
const state = { language: "zh", given: null, result: null, trouble: null };

/* A text out of somebody's file: nothing in it turns the line around or ends it. */
const legible = (text) => String(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd");

const say = (code, facts = {}) => {
  const words = WORDS[code] || WORDS["page.trouble"];
  return words[state.language].replace(/\{(\w+)\}/g, (_, name) => legible(facts[name] ?? ""));
};

const make = (tag, text, name) => {
  const it = document.createElement(tag);
  if (text) it.textContent = text;
  if (name) it.className = name;
  return it;
};

/* What a line is about; an exhibit that has no file is called by its number. */
const named = (about) => {
  const shape = /^exhibit (\d+)(?: (\w+))?$/.exec(about);
  if (!shape) return about;
  const what = say("name.exhibit", { n: shape[1] });
  return WORDS[`name.${shape[2]}`] ? `${what} ${say(`name.${shape[2]}`)}` : what;
};

const role = (code) => (WORDS[`name.${code}`] ? say(`name.${code}`) : code);

/* A time as people read it; the exact one stands in the packet. */
const minutes = (time) => {
  const shape = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(time);
  return shape ? `${shape[1]} ${shape[2]}` : time;
};

const sentence = (line) => say(line.code, { ...line.facts, about: named(line.about) });

const item = (line) => {
  const it = make("li", "", `line ${line.outcome === OPEN ? "open" : line.outcome}`);
  const mark = make("span", MARKS[line.outcome], "mark");
  mark.setAttribute("aria-hidden", "true");
  // That something is proven, the mark says to who sees it; whatever is not is said in words.
  const told = make("span", say(`page.${line.outcome}`), line.outcome === PROVEN ? "hidden" : "told");
  const whole = make("span");
  whole.append(told, " ", sentence(line));
  it.append(mark, whole);
  return it;
};

const listOfLines = (lines) => {
  const list = make("ul", "", "lines");
  const count = new Map();
  for (const line of lines) {
    const n = (count.get(line.code) || 0) + 1;
    count.set(line.code, n);
    if (n <= MOST_SHOWN) list.append(item(line));
  }
  for (const [code, n] of count) {
    if (n > MOST_SHOWN) {
      const more = { check: code, outcome: OPEN, code: "page.more", about: "", facts: { n: n - MOST_SHOWN } };
      list.append(item(more));
    }
  }
  return list;
};

const verdict = (lines) => {
  if (lines.some((line) => line.outcome === FAILED)) return "page.changed";
  if (!lines.some((line) => line.outcome === PROVEN)) return "page.nothing";
  const open = lines.some((line) => line.code === "signature.key" || line.code === "log.key");
  return open ? "page.whole_key_open" : "page.whole";
};

const show = () => {
  const out = by("result");
  out.replaceChildren();
  if (state.trouble) {
    const [code, facts] = state.trouble;
    const told = make("h2", say(code, facts), "verdict failed");
    told.tabIndex = -1;
    out.append(told);
    return told;
  }
  if (!state.result) return null;
  const { packet, lines } = state.result;
  const code = verdict(lines);
  const held = { "page.changed": "failed", "page.nothing": "open" }[code] || "proven";
  const head = make("h2", say(code), `verdict ${held}`);
  head.tabIndex = -1;
  out.append(head);
  if (packet) {
    const pairs = make("dl", "", "pairs");
    for (const [name, value] of [["page.case", packet.case], ["page.origin", packet.origin],
      ["page.made_for", role(packet.made_for)], ["page.as_of", minutes(packet.as_of)]]) {
      const pair = make("div");
      pair.append(make("dt", say(name)), make("dd", legible(value)));
      pairs.append(pair);
    }
    out.append(pairs);
  }
  for (const check of new Set(lines.map((line) => line.check))) {
    const part = make("section");
    part.append(make("h3", say(check)), listOfLines(lines.filter((line) => line.check === check)));
    out.append(part);
  }
  return head;
};

const speak = (language) => {
  state.language = language;
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = say("page.title");
  document.querySelectorAll("[data-words]").forEach((it) => {
    it.textContent = say(it.dataset.words);
  });
  const other = by("language");
  other.textContent = language === "zh" ? "English" : "中文";
  other.lang = language === "zh" ? "en" : "zh-Hans";
  show();
};

/* Keys that whoever checks has from elsewhere. */
const trusted = async () => {
  const trust = { operator: null, log: [], witnesses: [] };
  const given = by("operator-key").value.trim();
  if (given) {
    trust.operator = new Set(given.split(/\s+/));
    try {
      const several = JSON.parse(given);
      trust.operator = new Set((Array.isArray(several) ? several : [several]).flatMap(
        (each) => [String(each.public_key)], // whole: its id is but a short hash of it
      ));
    } catch { /* no JSON: a key as it is */ }
  }
  for (const written of by("log-keys").value.split(/\s+/).filter(Boolean)) {
    const key = await readKey(written);
    (key.kind === 4 ? trust.witnesses : trust.log).push(key);
  }
  return trust;
};

let running = 0;
const check = async () => {
  if (!state.given) return;
  running += 1;
  const mine = running;
  const bar = by("progress");
  const whole = state.given.size || 1;
  let [read, told] = [0, 0];
  const tell = (bytes) => {
    read += bytes;
    if (read - told > whole / 100) {
      told = read;
      bar.value = read / whole;
    }
  };
  by("working").hidden = false;
  bar.value = 0;
  state.trouble = null;
  try {
    const result = await state.given.run(await trusted(), tell);
    if (mine !== running) return;
    state.result = result;
  } catch (problem) {
    if (mine !== running) return;
    state.trouble = [problem instanceof Broken ? "page.bad_key" : "page.trouble", {}];
  }
  by("working").hidden = true;
  show().focus();
};

const packetIn = (files) => {
  if (![TABLE, ...LISTS, SIGNATURE].some((name) => files.has(name))) {
    throw new Unreadable("page.no_packet");
  }
  const seen = new Seen(files);
  const size = [...files.values()].reduce((sum, file) => sum + file.size, 0);
  return { size, run: (trust, tell) => checkPacket(seen, trust, tell) };
};

/* A packet's ZIP, or a record with its files. */
const opened = async (files) => {
  const found = await recordAmong(files);
  if (!found) return packetIn(await openZip(files[0]));
  const { record, beside } = found;
  const run = async (trust, tell) => {
    const hashes = new Map();
    for (const file of beside) {
      const whole = { size: file.size, pieces: () => pieces(file) };
      hashes.set(file.name, await hashed(whole, tell));
    }
    return checkRecord(record, hashes, trust);
  };
  return { size: beside.reduce((sum, file) => sum + file.size, 0), run };
};

const take = async (open) => {
  [state.given, state.result, state.trouble] = [null, null, null];
  show();
  try {
    state.given = await open();
  } catch (problem) {
    const known = problem instanceof Unreadable && problem.message;
    state.trouble = [known ? problem.message : "page.broken_zip", { about: problem.cause ?? "" }];
    show().focus();
    return;
  }
  await check();
};

const drop = by("drop");
by("zip").addEventListener("change", (event) => {
  const files = [...event.target.files];
  if (files.length) take(() => opened(files));
});
by("folder").addEventListener("change", (event) => {
  const files = [...event.target.files];
  if (files.length) take(async () => packetIn(openFolder(files)));
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const files = [...event.dataTransfer.files];
  if (files.length) take(() => opened(files));
});
for (const id of ["operator-key", "log-keys"]) by(id).addEventListener("change", check);
by("language").addEventListener("click", () => speak(state.language === "zh" ? "en" : "zh"));
speak((navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en");
if (!globalThis.crypto?.subtle) {
  state.trouble = ["page.old", {}];
  show();
}
