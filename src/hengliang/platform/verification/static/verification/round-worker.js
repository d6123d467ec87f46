// Keeps the page of a round, its style and its scripts, so that it opens without a network. The worker's own address is
// below the page, so its scope is that page and nothing else. `ROUND` is set by the address that imports this file.
const { cache: NAME, assets: ASSETS, page: PAGE } = self.ROUND;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(ASSETS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const mine = NAME.slice(0, NAME.lastIndexOf("@") + 1);
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith(mine) && name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

// The page comes from the network while there is one, so that a log-in that has ended shows; the rest from the cache.
// A platform that is down is as good as none: work goes on with what is kept.
async function answer(request) {
  const cache = await caches.open(NAME);
  const own = new URL(request.url).pathname;
  if (own !== PAGE) return (await cache.match(request)) ?? fetch(request);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(4000) });
    if (fresh.ok && !fresh.redirected) await cache.put(PAGE, fresh.clone());
    return fresh.status < 500 ? fresh : (await cache.match(PAGE)) ?? fresh;
  } catch {
    return (await cache.match(PAGE)) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const kept = pathname === PAGE || ASSETS.includes(pathname);
  if (event.request.method === "GET" && origin === location.origin && kept) event.respondWith(answer(event.request));
});
