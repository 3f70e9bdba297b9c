// The handbook on a device: a worker keeps the pages (sw.js), and a note says when one is read without a connection.
(() => {
// A site in a folder is on the device already.
if (!location.protocol.startsWith("http")) return;
const root = new URL("..", document.currentScript.src);
const [CACHE, STAMP] = ["onevoice", "onevoice-kept"];
// The page that was asked for comes first, and what else is worth keeping when all is quiet.
const QUIET = 4000;

function addManifest() {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = new URL("manifest.webmanifest", root);
  document.head.append(link);
}

async function readDay() {
  const kept = await caches.open(CACHE).then((cache) => cache.match(location.origin + location.pathname));
  const day = new Date(kept?.headers.get("date") ?? Number.NaN);
  return Number.isNaN(day.getTime()) ? "" : day.toLocaleDateString(`en-US`, { dateStyle: "long" });
}

async function showState() {
  let note = document.querySelector(".ov-offline");
  if (navigator.onLine) note?.remove();
  if (navigator.onLine || note) return;
  note = document.createElement("p");
  note.className = "ov-offline";
  note.setAttribute("role", "status");
  document.querySelector(".md-container").prepend(note);
  const day = await readDay().catch(() => "");
  note.textContent = day ? `You're offline. This is the page as of ${day}.` : "You're offline.";
}

async function keepPages() {
  const registration = await navigator.serviceWorker.register(new URL("sw.js", root));
  const today = new Date().toDateString();
  if (localStorage.getItem(STAMP) === today) return;
  await navigator.serviceWorker.ready;
  // The theme's own files: only a page that has loaded them knows their names.
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  registration.active?.postMessage({ keep: loaded.filter((url) => url.startsWith(root.href)) });
  localStorage.setItem(STAMP, today);
}

addManifest();
showState();
for (const name of ["online", "offline"]) addEventListener(name, showState);
if ("serviceWorker" in navigator && !navigator.connection?.saveData) {
  const start = () => setTimeout(() => keepPages().catch(() => {}), QUIET);
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}
})();
