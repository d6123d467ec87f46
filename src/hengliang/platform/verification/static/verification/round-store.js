// What a device keeps: one store of keys and values, in IndexedDB, or in localStorage where there is none.
const NAME = "hengliang-rounds";

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const kept = (change) => new Promise((resolve, reject) => {
  change.oncomplete = () => resolve();
  change.onerror = change.onabort = () => reject(change.error);
});

const number = (count) => String(count).padStart(8, "0");

class Indexed {
  constructor(base) { this.base = base; }

  store(mode) {
    const change = this.base.transaction("kept", mode, { durability: "strict" });
    return [change.objectStore("kept"), change];
  }

  async get(key) { return asked(this.store("readonly")[0].get(key)); }

  async put(key, value) {
    const [store, change] = this.store("readwrite");
    store.put(value, key);
    return kept(change);
  }

  async all(prefix) {
    const [store] = this.store("readonly");
    return asked(store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
  }

  async drop(key) {
    const [store, change] = this.store("readwrite");
    store.delete(key);
    return kept(change);
  }

  // The number and the entry are written in one transaction: no number is given twice, and none is lost.
  async append(prefix, entry) {
    const [store, change] = this.store("readwrite");
    const last = store.openKeyCursor(IDBKeyRange.bound(prefix, `${prefix}\uffff`), "prev");
    last.onsuccess = () => {
      entry.sequence = last.result ? Number(last.result.key.slice(prefix.length)) + 1 : 1;
      store.put(entry, prefix + number(entry.sequence));
    };
    await kept(change);
    return entry;
  }
}

class Local {
  keys(prefix) {
    const full = `${NAME}/${prefix}`;
    return Object.keys(localStorage).filter((key) => key.startsWith(full)).sort();
  }

  async get(key) {
    const text = localStorage.getItem(`${NAME}/${key}`);
    return text === null ? undefined : JSON.parse(text);
  }

  async put(key, value) { localStorage.setItem(`${NAME}/${key}`, JSON.stringify(value)); }

  async all(prefix) { return this.keys(prefix).map((key) => JSON.parse(localStorage.getItem(key))); }

  async drop(key) { localStorage.removeItem(`${NAME}/${key}`); }

  async append(prefix, entry) {
    const last = this.keys(prefix).at(-1);
    entry.sequence = last ? Number(last.slice(last.lastIndexOf("/") + 1)) + 1 : 1;
    await this.put(prefix + number(entry.sequence), entry);
    return entry;
  }
}

export const entryKey = (prefix, entry) => prefix + number(entry.sequence);

export async function openStore() {
  if (!window.indexedDB) return new Local();
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    return new Indexed(await asked(request));
  } catch {
    return new Local();
  }
}
