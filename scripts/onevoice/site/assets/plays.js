// The state of a play as of the reader's day: coming, running or over. The page says what was true on the day of the
// build; this moves what has begun or ended since. Without JavaScript the build's verdict remains.
(() => {
const NAMES = { running: "Running now", coming: "Coming up", over: "Archive" };

function findPhase({ starts, ends }, now) {
  if (ends && new Date(`${ends}T23:59:59Z`) < now) return "over";
  return starts && new Date(`${starts}T00:00:00Z`) > now ? "coming" : "running";
}

function refreshPlays() {
  const now = new Date();
  for (const play of document.querySelectorAll(".ov-play")) {
    const group = document.querySelector(`.ov-plays[data-when="${findPhase(play.dataset, now)}"]`);
    if (group && play.parentElement !== group) group.prepend(play);
  }
  for (const badge of document.querySelectorAll(".ov-when")) {
    badge.dataset.state = findPhase(badge.dataset, now);
    badge.textContent = NAMES[badge.dataset.state];
  }
  for (const note of document.querySelectorAll(".ov-running")) note.hidden = findPhase(note.dataset, now) !== "running";
}

// Material announces each page through `document$`, even if pages change without a reload.
if (window.document$) window.document$.subscribe(refreshPlays);
else refreshPlays();
})();
