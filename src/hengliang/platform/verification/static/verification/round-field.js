// The page of a round in the field. Everything typed is kept on the device at once; the platform hears of it when there
// is a network. `kept` is the package, `entries` all that this device ever said, the last of each subject speaks.
import { make, Measurement } from "./round-form.js";
import { showLabel } from "./round-label.js";
import { drawCounts, drawList, matching, plain, stateOf, tag } from "./round-list.js";
import { canScan, scan } from "./round-scan.js";
import { Signature } from "./round-sign.js";
import { entryKey, openStore } from "./round-store.js";
import { deviceName, readPackage, results, save, subjectOfUnknown } from "./round-wire.js";

const page = document.getElementById("round");
const { round: number, person, take: TAKE, synchronise: SYNCHRONISE, worker: WORKER } = page.dataset;
const round = `${number}/${person}`;  // what is kept under it is this person's alone
const words = { ...JSON.parse(page.dataset.words), language: document.documentElement.lang };
const part = (name) => page.querySelector(`[data-${name}]`);
const seen = { needle: "", chosen: "", subject: "", standards: {} };
const day = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? page.querySelector("[name=csrfmiddlewaretoken]").value;
const say = (text, tone = "info") => { const box = part("told"); box.className = `notice notice-${tone}`; box.hidden = !text; box.textContent = text; };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
let store, kept, entries = [], device;

async function post(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() } });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    const out = answer.redirected || [401, 403].includes(answer.status);
    return { ok: answer.ok && told !== null, told, why: told?.detail ?? (out ? words.logIn : words.noAnswer) };
  } catch {
    return { ok: false, why: words.noNetwork };
  }
}

async function start() {
  device = deviceName(person);
  store = await openStore();
  navigator.storage?.persist?.().catch(() => {});
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(WORKER).then(() => navigator.serviceWorker.ready).then(() => { page.dataset.ready = "yes"; }).catch(() => {});
  kept = await store.get(`${round}/package`);
  if (!kept) await takeOut(false);
  await refresh();
}

async function takeOut(afresh) {
  const answer = await post(TAKE, JSON.stringify({ device, afresh }));
  if (answer.ok) {
    kept = { content: JSON.parse(answer.told.content), sha256: answer.told.sha256, signature: answer.told.signature };
    await store.put(`${round}/package`, kept);
  } else say(answer.why, "error");
}

const last = (subject) => entries.findLast((one) => one.subject === subject);
const waiting = () => entries.filter((one) => !one.synchronised);
const unknownLine = (entry) => ({ subject: entry.subject, stop: words.unknownStop, ...entry.unknown });

function lines() {
  const unknown = new Map(entries.filter((one) => one.kind === "unknown").map((one) => [one.subject, unknownLine(one)]));
  return [...(kept?.content.instruments ?? []), ...unknown.values()].map((line) => {
    const entry = last(line.subject);
    return { line, entry, state: stateOf(entry), waiting: Boolean(entry && !entry.synchronised) };
  });
}

async function refresh() {
  entries = await store.all(`${round}/entry/`);
  part("work").hidden = !kept;
  part("sync").disabled = !kept;
  const open = waiting().length;
  const signature = await store.get(`${round}/signature`);
  const unheard = open + (signature && !signature.synchronised ? 1 : 0);
  part("waiting").textContent = fill(words.notSynchronised, { n: unheard });
  part("waiting").className = unheard ? "state state-warning" : "state state-good";
  part("signed").textContent = signature ? fill(words.signedBy, { name: signature.name }) : "";
  const all = lines();
  drawCounts(part("counts"), all, seen.chosen, words, (state) => { seen.chosen = state; refresh(); });
  drawList(part("list"), all, seen, words, show);
  online();
}

function online() {
  part("online").textContent = navigator.onLine ? words.online : words.offline;
  part("online").className = `state state-${navigator.onLine ? "good" : "muted"}`;
}

const lay = (name) => { ["list-screen", "line-screen", "unknown-screen", "sign-screen"].forEach((one) => { part(one).hidden = one !== name; }); scrollTo(0, 0); };

// The telephone's own Back leads to the list, as the button does: off-line there is nothing outside of this page.
function screen(name) {
  history[history.state?.screen ? "replaceState" : "pushState"]({ screen: name }, "");
  lay(name);
}

function listed() {
  lay("list-screen");
  part("list").querySelector(`[data-subject="${CSS.escape(seen.subject)}"]`)?.focus();
}

const toList = () => { listed(); if (history.state?.screen) history.back(); };

async function show(subject) {
  const { line, entry } = lines().find((one) => one.line.subject === subject);
  seen.subject = subject;
  const draft = await store.get(`${round}/draft/${subject}`);
  part("line-head").replaceChildren(make("h2", { text: line.stall || line.name, tabindex: "-1" }), tag(stateOf(entry), words),
    make("p", { class: "muted", text: [line.name, line.model, line.maker, line.serial, line.printed ?? line.code, line.owner].filter(Boolean).join(" · ") }),
    ...(entry?.told ? [make("p", { class: "notice notice-warning", text: entry.told })] : []));
  const rule = kept.content.rules[line.rule];
  const measurement = rule ? new Measurement(rule, line, draft?.data ?? entry?.data, words) : null;
  part("measure").replaceChildren(measurement?.element ?? make("p", { class: "notice notice-warning", text: words.noRule }));
  drawAround(line, entry, draft, measurement);
  screen("line-screen");
  part("line-head").querySelector("h2").focus();
}

function drawAround(line, entry, draft, measurement) {
  const label = part("label"), verdict = () => measurement?.verdict.verdict ?? null;
  const number = () => (verdict() === "pass" ? label.value.normalize("NFKC").trim() : "");
  const conclude = () => {
    const told = part("conclusion");
    told.textContent = words.conclusions[verdict() ?? "open"];
    told.className = `state state-${{ pass: "good", fail: "bad" }[verdict()] ?? "neutral"}`;
    part("label-box").disabled = verdict() !== "pass";
  };
  let timer;
  const keep = () => { clearTimeout(timer); timer = setTimeout(() => store.put(`${round}/draft/${line.subject}`, { data: measurement?.data, label: label.value }), 150); };
  measurement?.element.addEventListener("measured", () => { conclude(); keep(); });
  label.oninput = keep;
  label.value = draft?.label ?? entry?.label ?? "";
  conclude();
  part("labels").replaceChildren(...kept.content.labels.filter((one) => !entries.some((other) => other.label === one)).map((one) => make("option", { value: one })));
  drawStandards(line, entry);
  const tell = (kind) => async () => {
    const measured = kind === "measured", told = measured ? number() : "";
    if (taken(told, line.subject)) return say(fill(words.labelTaken, { number: told }), "warning");
    clearTimeout(timer);
    const unknown = line.subject.startsWith("unknown:") ? { kind: "unknown", unknown: last(line.subject).unknown } : {};
    await record({ subject: line.subject, kind, ...(measured ? { data: measurement.read(), provisional: verdict(), standards: used(line) } : {}), ...(told ? { label: told } : {}), ...unknown });
    await store.drop(`${round}/draft/${line.subject}`);
    say(measured && !verdict() ? fill(words.keptOpen, { what: line.stall || line.name }) : "", "warning");
    await refresh();
    return toList();
  };
  part("done").onclick = measurement && tell("measured");
  part("done").hidden = !measurement;
  page.querySelectorAll("[data-outcome]").forEach((button) => { button.onclick = tell(button.dataset.outcome); button.hidden = line.subject.startsWith("unknown:"); });
  part("print-label").onclick = () => (taken(number(), line.subject) ? say(fill(words.labelTaken, { number: number() }), "warning")
    : showLabel(document.getElementById("label-paper"), { line, number: number(), day: day(), round: kept.content.round, person: kept.content.person.name, words }));
}

// A number is put on one instrument only: whether another one carries it, by what this device knows.
const taken = (number, subject) => Boolean(number) && lines().some(({ line, entry }) => line.subject !== subject && entry?.label === number);

// Those that serve this kind of instrument. Of several one says which was used; it is then offered for the next.
function drawStandards(line, entry) {
  const serving = kept.content.standards.filter((one) => !line.item || one.items.includes(line.item));
  const chosen = entry?.standards ?? seen.standards[line.item] ?? (serving.length === 1 ? [serving[0].id] : []);
  part("standards").replaceChildren(...serving.map((one) => make("label", { class: "check" }, make("input", { type: "checkbox", value: one.id, checked: chosen.includes(one.id) }), one.name)));
}

const used = (line) => { seen.standards[line.item] = [...part("standards").querySelectorAll(":checked")].map((one) => Number(one.value)); return seen.standards[line.item]; };

const record = (entry) => store.append(`${round}/entry/`, { ...entry, day: day(), made_at: new Date().toISOString() });

async function addUnknown(event) {
  event.preventDefault();
  const told = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
  const same = kept.content.instruments.find((one) => plain(one.serial) === plain(told.serial) && (!told.maker || plain(one.maker) === plain(told.maker)));
  if (same) { say(fill(words.inRound, { serial: same.serial, stall: same.stall }), "warning"); return show(same.subject); }
  const item = kept.content.items.find((one) => one.code === told.item);
  const subject = subjectOfUnknown(told.serial ?? "", told.maker ?? "", device, entries.length + 1);
  await record({ subject, kind: "unknown", unknown: { ...told, name: told.name || item?.name || "", rule: item?.rule ?? "" } });
  event.target.reset();
  await refresh();
  return show(subject);
}

async function synchronise() {
  const open = waiting(), signature = await store.get(`${round}/signature`);
  const sent = signature && !signature.synchronised ? { name: signature.name, png: signature.png, at: signature.at } : null;
  part("sync").disabled = true;
  const answer = await post(SYNCHRONISE, await results(kept, open, sent));
  part("sync").disabled = false;
  if (!answer.ok) return say(answer.why, "error");
  const told = new Map(answer.told.entries.map((one) => [one.subject, one.words]));
  for (const entry of open) await store.put(entryKey(`${round}/entry/`, entry), { ...entry, synchronised: answer.told.states[entry.sequence] ?? "", told: told.get(entry.subject) });
  if (sent) await store.put(`${round}/signature`, { ...signature, synchronised: true });
  say(answer.told.words, answer.told.tone);
  part("results").replaceChildren(...[...told].map(([subject, text]) => make("li", {}, `${lines().find((one) => one.line.subject === subject)?.line.stall ?? subject}: ${text}`)));
  await refresh();
}

const exported = async () => save(`${kept.content.round.number}-${device.slice(0, 8)}.json`, await results(kept, entries, await signed()));
const signed = async () => { const one = await store.get(`${round}/signature`); return one ? { name: one.name, png: one.png, at: one.at } : null; };

async function imported(event) {
  const [file] = event.target.files;
  const answer = file ? await readPackage(await file.text(), Number(number), device) : { refused: "file_damaged" };
  if (answer.refused) return say(words[answer.refused], "error");
  kept = answer.kept;
  await store.put(`${round}/package`, kept);
  await refresh();
}

// What the organiser puts the name under.
function signsFor() {
  const counts = new Map(), all = lines();
  all.forEach(({ state }) => counts.set(state, (counts.get(state) ?? 0) + 1));
  return fill(words.signsFor, { n: all.length, states: [...counts].map(([state, n]) => `${words.states[state]} ${n}`).join(words.comma) });
}

function wake() {
  const pad = new Signature(part("pad")), box = part("camera");
  part("search").addEventListener("input", (event) => { seen.needle = event.target.value; refresh(); });
  part("scan").hidden = !canScan();
  part("scan").onclick = async () => { const text = await scan(box); if (text) { part("search").value = seen.needle = text; await refresh(); const [only, more] = matching(lines(), seen); if (only && !more) show(only.line.subject); } };
  part("sync").onclick = () => synchronise();
  part("afresh").onclick = () => takeOut(true).then(refresh);
  part("export").onclick = exported;
  part("export-package").onclick = () => save(`${kept.content.round.number}-package.json`, JSON.stringify(kept));
  part("import").onchange = imported;
  part("unknown").onclick = () => { part("kinds").replaceChildren(...kept.content.items.map((one) => make("option", { value: one.code, text: one.name }))); screen("unknown-screen"); };
  part("unknown-form").onsubmit = addUnknown;
  part("sign").onclick = () => { part("signs").textContent = signsFor(); screen("sign-screen"); };
  part("sign-clear").onclick = () => pad.clear();
  part("sign-keep").onclick = async () => {
    const name = part("signer").value.trim();
    if (!name || pad.empty) return say(words.signFirst, "warning");
    await store.put(`${round}/signature`, { name, png: pad.png(), at: new Date().toISOString() });
    say("");
    await refresh();
    toList();
  };
  page.querySelectorAll("[data-back]").forEach((button) => { button.onclick = toList; });
  addEventListener("popstate", () => { if (part("list-screen").hidden) listed(); });
  ["online", "offline"].forEach((name) => addEventListener(name, online));
}

wake();
start();
