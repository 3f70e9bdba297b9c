// What a device keeps of the handbook: pages that were read, and those that a call needs. What is fresh comes first.
// The build writes KEPT above: the addresses below the site's own.
const [CACHE, WAIT, MOST_BYTES, AT_ONCE] = ["onevoice", 4000, 4e6, 4];
const scope = self.registration.scope;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll(KEPT.map((path) => new URL(path, scope).href)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const pages = KEPT.map((path) => new URL(path, scope).href);
  event.waitUntil(keepAll([...new Set([...event.data.keep, ...pages])]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = request.method === "GET" && request.url.startsWith(scope) && !request.headers.has("range");
  if (ours && !new URL(request.url).pathname.endsWith(".zip")) event.respondWith(answerRequest(event));
});

async function keepAll(urls) {
  const cache = await caches.open(CACHE);
  const left = [...urls];
  const work = async () => {
    for (let url = left.pop(); url; url = left.pop()) {
      const answer = await fetch(url, { cache: "no-cache" }).catch(() => undefined);
      if (answer) await keepAnswer(cache, url, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

// A query or an anchor says what to show of a page: the page is the same.
function makeKey(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function keepAnswer(cache, url, answer) {
  const size = Number(answer.headers.get("content-length") ?? 0);
  if (answer.ok && answer.type === "basic" && !answer.redirected && size < MOST_BYTES) {
    await cache.put(makeKey(url), answer);
  } else if (answer.status === 404 || answer.status === 410) await cache.delete(makeKey(url));
}

async function answerRequest(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(makeKey(request.url));
  // A browser takes a page for fresh as long as it likes if its server doesn't say; a claim may have expired since.
  const asked = fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {}).then((answer) => {
    event.waitUntil(keepAnswer(cache, request.url, answer.clone()).catch(() => {}));
    return answer;
  });
  if (!kept) return asked.catch((error) => (request.mode === "navigate" ? sayOffline() : Promise.reject(error)));
  // A connection that doesn't answer in time is as good as none.
  const late = new Promise((done) => setTimeout(done, WAIT));
  return (await Promise.race([asked.catch(() => undefined), late])) ?? kept;
}

function sayOffline() {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>You're offline</title>
<meta name="viewport" content="width=device-width"><h1>You're offline</h1>
<p>This page isn't on this device yet. <a href="${scope}">Go to the home page</a>: the call cards are.</p>`;
  return new Response(page, { status: 503, headers: { "content-type": "text/html" } });
}
