// The files of a round: canonical bytes (RFC 8785; no number here is anything but a whole one), digest, seal.
const bytes = (text) => new TextEncoder().encode(text);
const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

export const sha256 = async (text) => hex(await crypto.subtle.digest("SHA-256", bytes(text)));

export async function sealed(value, secret) {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return canonical({ ...value, seal: hex(await crypto.subtle.sign("HMAC", key, bytes(canonical(value)))) });
}

export const results = (kept, entries, signature) => sealed({
  format: "hengliang-round-results-1", deployment: kept.content.deployment, round: kept.content.round.id,
  package: kept.sha256, device: kept.content.device, person: kept.content.person.id,
  entries: entries.map(({ synchronised, provisional, told, ...entry }) => entry), ...(signature ? { signature } : {}),
}, kept.content.secret);

// A package from a file: whole, of this round, and taken out on this device; else the key of the words that say why not.
export async function readPackage(text, round, device) {
  let file;
  try { file = JSON.parse(text); } catch { return { refused: "file_damaged" }; }
  if (file?.content?.format !== "hengliang-round-package-1") return { refused: "file_no_package" };
  if (await sha256(canonical(file.content)) !== file.sha256) return { refused: "file_damaged" };
  if (file.content.round.id !== round) return { refused: "file_other_round" };
  if (file.content.device !== device) return { refused: "file_other_device" };
  return { kept: file };
}

export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const plain = (serial) => [...serial.toUpperCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join("");

// As `subject_of_unknown` on the platform: two devices that meet the same scale speak of one thing.
export const subjectOfUnknown = (serial, maker, device, count) => (plain(serial)
  ? `unknown:${plain(serial)}:${maker.replace(/\s/g, "")}`.slice(0, 140) : `unknown::${device}:${count}`);

// One name a person: two verifiers who share a telephone are two devices, and nobody sends what the other typed.
export function deviceName(person) {
  const kept = localStorage.getItem(`hengliang-device-${person}`) ?? crypto.randomUUID();
  localStorage.setItem(`hengliang-device-${person}`, kept);
  return kept;
}
