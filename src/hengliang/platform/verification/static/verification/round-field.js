// The page of a round in the field. Everything typed is kept on the device at once; the platform hears of it when there
// is a network. `kept` is the package, `entries` all that this device ever said, the last of each subject speaks.
import { make, Measurement } from "./round-form.js";
import { showLabel } from "./round-label.js";
import { drawCounts, drawList, stateOf, tag } from "./round-list.js";
import { canScan, scan } from "./round-scan.js";
import { Signature } from "./round-sign.js";
import { entryKey, openStore } from "./round-store.js";
import { deviceName, readPackage, results, save, subjectOfUnknown } from "./round-wire.js";

const page = document.getElementById("round");
const { round: number, person, take: TAKE, synchronise: SYNCHRONISE, worker: WORKER } = page.dataset;
const round = `${number}/${person}`;  // what is kept under it is this person's alone
const words = { ...JSON.parse(page.dataset.words), language: document.documentElement.lang };
const part = (name) => page.querySelector(`[data-${name}]`);
const seen = { needle: "", chosen: "" };
const day = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? page.querySelector("[name=csrfmiddlewaretoken]").value;
const say = (text, tone = "info") => { const box = part("told"); box.className = `notice notice-${tone}`; box.hidden = !text; box.textContent = text; };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
let store, kept, entries = [], device;

async function post(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() } });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    return { reached: true, ok: answer.ok && told !== null, told, out: answer.redirected || answer.status === 403 };
  } catch {
    return { reached: false };
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
  } else say(!answer.reached ? words.noNetwork : answer.told?.detail ?? words.logIn, "error");
}

const last = (subject) => entries.findLast((one) => one.subject === subject);
const waiting = () => entries.filter((one) => !one.synchronised);
const unknownLine = (entry) => ({ subject: entry.subject, stop: words.unknownStop, ...entry.unknown, rule: entry.unknown.rule });

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
  const open = waiting().length, signature = await store.get(`${round}/signature`);
  part("waiting").textContent = fill(words.notSynchronised, { n: open + (signature && !signature.synchronised ? 1 : 0) });
  part("waiting").className = open ? "state state-warning" : "state state-good";
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

const screen = (name) => { ["list-screen", "line-screen", "unknown-screen", "sign-screen"].forEach((one) => { part(one).hidden = one !== name; }); scrollTo(0, 0); };

async function show(subject) {
  const { line, entry } = lines().find((one) => one.line.subject === subject);
  const draft = await store.get(`${round}/draft/${subject}`);
  part("line-head").replaceChildren(make("h2", { text: line.stall || line.name, tabindex: "-1" }), tag(stateOf(entry), words),
    make("p", { class: "muted", text: [line.name, line.model, line.maker, line.serial, line.code, line.owner].filter(Boolean).join(" · ") }));
  const rule = kept.content.rules[line.rule];
  const measurement = rule ? new Measurement(rule, line, draft?.data ?? entry?.data, words) : null;
  part("measure").replaceChildren(measurement?.element ?? make("p", { class: "notice notice-warning", text: words.noRule }));
  drawAround(line, entry, measurement);
  screen("line-screen");
  part("line-head").querySelector("h2").focus();
}

function drawAround(line, entry, measurement) {
  const conclude = () => { const told = part("conclusion"), verdict = measurement?.verdict.verdict ?? null; told.textContent = words.conclusions[verdict ?? "open"]; told.className = `state state-${verdict === "pass" ? "good" : verdict === "fail" ? "bad" : "neutral"}`; };
  conclude();
  let timer;
  measurement?.element.addEventListener("measured", () => { conclude(); clearTimeout(timer); timer = setTimeout(() => store.put(`${round}/draft/${line.subject}`, { data: measurement.data }), 150); });
  const label = part("label"), standards = part("standards");
  label.value = entry?.label ?? "";
  part("labels").replaceChildren(...kept.content.labels.filter((one) => !entries.some((other) => other.label === one)).map((one) => make("option", { value: one })));
  standards.replaceChildren(...kept.content.standards.map((one) => make("label", { class: "check" }, make("input", { type: "checkbox", value: one.id, checked: !entry?.standards || entry.standards.includes(one.id) }), one.name)));
  const tell = (kind) => async () => {
    clearTimeout(timer);
    const measured = kind === "measured" ? { data: measurement.read(), provisional: measurement.verdict.verdict, standards: [...standards.querySelectorAll(":checked")].map((one) => Number(one.value)) } : {};
    const unknown = line.subject.startsWith("unknown:") ? { kind: "unknown", unknown: last(line.subject).unknown } : {};
    const made = await record({ subject: line.subject, kind, ...measured, ...(label.value.trim() ? { label: label.value.trim() } : {}), ...unknown });
    await store.drop(`${round}/draft/${line.subject}`);
    await refresh();
    screen("list-screen");
    part("list").querySelector(`[data-subject="${CSS.escape(line.subject)}"]`)?.focus();
    return made;
  };
  part("done").onclick = measurement && tell("measured");
  part("done").hidden = !measurement;
  page.querySelectorAll("[data-outcome]").forEach((button) => { button.onclick = tell(button.dataset.outcome); button.hidden = line.subject.startsWith("unknown:"); });
  part("print-label").onclick = () => showLabel(document.getElementById("label-paper"), { line, entry: { label: label.value.trim(), day: day() }, body: kept.content.round.body, person: kept.content.person.name, words });
}

const record = (entry) => store.append(`${round}/entry/`, { ...entry, day: day(), made_at: new Date().toISOString() });

async function addUnknown(event) {
  event.preventDefault();
  const told = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
  const item = kept.content.items.find((one) => one.code === told.item);
  const subject = subjectOfUnknown(told.serial ?? "", told.maker ?? "", device, entries.length + 1);
  await record({ subject, kind: "unknown", unknown: { ...told, name: told.name || item?.name || "", rule: item?.rule ?? "" } });
  event.target.reset();
  await refresh();
  show(subject);
}

async function synchronise() {
  const open = waiting(), signature = await store.get(`${round}/signature`);
  const sent = signature && !signature.synchronised ? { name: signature.name, png: signature.png, at: signature.at } : null;
  const answer = await post(SYNCHRONISE, await results(kept, open.map(({ provisional, ...entry }) => entry), sent));
  if (!answer.ok) return say(!answer.reached ? words.noNetwork : answer.told?.detail ?? words.logIn, "error");
  for (const entry of open) await store.put(entryKey(`${round}/entry/`, entry), { ...entry, synchronised: answer.told.states[entry.sequence] ?? "" });
  if (sent) await store.put(`${round}/signature`, { ...signature, synchronised: true });
  say(answer.told.words, answer.told.tone);
  part("results").replaceChildren(...answer.told.entries.map(({ subject, words: text }) => make("li", {}, `${lines().find((one) => one.line.subject === subject)?.line.stall ?? subject}: ${text}`)));
  await refresh();
}

const exported = async () => save(`${kept.content.round.number}-${device.slice(0, 8)}.json`, await results(kept, entries.map(({ provisional, ...entry }) => entry), await signed()));
const signed = async () => { const one = await store.get(`${round}/signature`); return one ? { name: one.name, png: one.png, at: one.at } : null; };

async function imported(event) {
  const [file] = event.target.files;
  const answer = file ? await readPackage(await file.text(), Number(number), device) : { refused: "file_damaged" };
  if (answer.refused) return say(words[answer.refused], "error");
  kept = answer.kept;
  await store.put(`${round}/package`, kept);
  await refresh();
}

function wake() {
  const pad = new Signature(part("pad")), box = part("camera");
  part("search").addEventListener("input", (event) => { seen.needle = event.target.value; refresh(); });
  part("scan").hidden = !canScan();
  part("scan").onclick = async () => { const text = await scan(box); if (text) { part("search").value = seen.needle = text; refresh(); } };
  part("sync").onclick = () => synchronise();
  part("afresh").onclick = () => takeOut(true).then(refresh);
  part("export").onclick = exported;
  part("export-package").onclick = () => save(`${kept.content.round.number}-package.json`, JSON.stringify(kept));
  part("import").onchange = imported;
  part("unknown").onclick = () => { part("kinds").replaceChildren(...kept.content.items.map((one) => make("option", { value: one.code, text: one.name }))); screen("unknown-screen"); };
  part("unknown-form").onsubmit = addUnknown;
  part("sign").onclick = () => screen("sign-screen");
  part("sign-clear").onclick = () => pad.clear();
  part("sign-keep").onclick = async () => {
    const name = part("signer").value.trim();
    if (!name || pad.empty) return say(words.signFirst, "warning");
    await store.put(`${round}/signature`, { name, png: pad.png(), at: new Date().toISOString() });
    say("");
    await refresh();
    screen("list-screen");
  };
  page.querySelectorAll("[data-back]").forEach((button) => { button.onclick = () => screen("list-screen"); });
  ["online", "offline"].forEach((name) => addEventListener(name, online));
}

wake();
start();
