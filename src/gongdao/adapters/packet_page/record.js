/*
 * A record that was given out alone (gongdao.record.v1), with the files chosen beside it. It says
 * the lines that `gongdao verify` says: see record_check.py.
 */
const RECORD = "gongdao.record.v1";
const LARGEST_RECORD = 8 * 2 ** 20;
const MOST_NAMED = 1000;

const isWhole = (it) => isText(it) && !/[\ud800-\udfff]/u.test(it);
const isLine = (it) => isWhole(it) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(it);
const isSalt = (it) => isText(it) && /^(?:[0-9a-f]{2}){1,64}$/.test(it);
const few = (shape) => (it) => Array.isArray(it) && it.length <= MOST_NAMED && it.every(shape);

const IS_RECORD = mapOf({
  origin: isLine, what: isLine, record: orNull(isWhole),
  texts: few(mapOf({
    what: isLine, text: isWhole, salt: orNull(isSalt), digest: isHash, leaf: orNull(isHash),
  })),
  files: few(mapOf({ name: isLine, sha256: isHash, size: (it) => isNumber(it) && it >= 0 })),
  inclusion: orNull((it) => mapOf({
    leaf: isHash, place: isNumber, size: isNumber, path: listOf(isHash), checkpoint: isText,
    log_key: isText,
  })(it) && it.format === "gongdao.inclusion.v1" && it.path.length <= 64),
});

/* The record among files that were chosen together; null where there is none. */
const recordAmong = async (files) => {
  for (const file of files) {
    if (file.size > LARGEST_RECORD || !/\.json$/i.test(file.name)) continue;
    let found;
    try {
      found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
    } catch {
      continue;
    }
    if (!isMap(found) || found.format !== RECORD) continue;
    if (!IS_RECORD(found)) throw new Unreadable("page.bad_record");
    return { record: found, beside: files.filter((each) => each !== file) };
  }
  return null;
};

/* What a record says of files, held against the hashes of those that were given, by name. */
const aboutGivenFiles = (given, hashes, known) => {
  const says = new Says("exhibits");
  const all = new Set(hashes.values());
  let shown = 0;
  for (const { name, sha256 } of given.files) {
    const held = [...known.values()].some((words) => stands(words.body, sha256));
    if (known.size && !held) says.failed("not_in_record", name);
    else if (!hashes.has(name) && !all.has(sha256)) says.unproven("not_given", name);
    else if (!all.has(sha256)) says.failed("changed", name);
    else if (!known.size) says.unproven("no_record", name);
    else shown += 1;
  }
  for (const [name, hash] of hashes) {
    const wanted = given.files.some((each) => each.sha256 === hash || each.name === name);
    if (!wanted) says.failed("other_file", name);
  }
  if (shown) says.proven("holds", "", { files: shown });
  return says.lines;
};

/* Its place in the log: the check of a packet's log, over this one record. */
const aboutInclusion = async (proof, leaf, trust) => {
  const says = new Says("log");
  if (proof === null) says.unproven("none");
  else if (proof.leaf !== leaf) says.failed("not_there", leaf);
  else {
    const entries = [{ leaf, place: proof.place, path: proof.path }];
    const log = { ...proof, format: "gongdao.packet.log.v1", entries };
    const seen = { has: () => true, read: async () => utf8(JSON.stringify(log)) };
    const alone = { records: [{ leaf, path: leaf }], proofs: { log: leaf } };
    const [lines] = await aboutLog(seen, alone, trust);
    // Of one record, a checkpoint that cannot be read is a proof that leads nowhere.
    return lines.map((line) => (line.code === "log.broken" ? { ...line, code: "log.not_there" } : line));
  }
  return says.lines;
};

const checkRecord = async (given, hashes, trust) => {
  const says = new Says("records");
  const known = new Map();
  let leaf = null;
  if (given.record === null) says.unproven("withheld");
  else {
    const record = utf8(given.record);
    leaf = await shaHex(joined([new Uint8Array(1), record]));
    const words = wordsOf(record);
    known.set(leaf, words);
    const at = isMap(words.body) && !Number.isNaN(moment(words.body.at)) ? words.body.at : "—";
    if (words.body === null) says.failed("no_record", leaf);
    else says.proven("alone", leaf, { kind: words.kind, at });
  }
  const lines = [...says.lines, ...aboutGivenFiles(given, hashes, known)];
  if (given.texts.length) lines.push(...(await aboutTexts(given, known)));
  const proof = given.inclusion;
  lines.push(...(await aboutInclusion(proof, leaf || (proof ? proof.leaf : ""), trust)));
  const beyond = new Says("timestamps");
  beyond.unproven("none");
  const words = new Says("words");
  words.unproven("truth");
  return { packet: null, lines: [...lines, ...beyond.lines, ...words.lines] };
};
