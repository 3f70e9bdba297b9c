// Freshness as of the reader's day. The page says what was true on the day of the build; this updates it. Without
// JavaScript the build's verdict remains.
(() => {
const DAY = 24 * 60 * 60 * 1000;
const SOON = 30 * DAY;

function formatDate(date) {
  const parts = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(`en-US`, parts).format(date);
}

function parseEnd(day) {
  return new Date(`${day}T23:59:59Z`);
}

// Where a record stands on a day, and how to say it.
function judgeFreshness(element, now) {
  const { state, due, expires, reviewed } = element.dataset;
  if (state === "disputed" || (state === "expired" && !expires)) return;
  if (expires && parseEnd(expires) < now) return ["expired", () => `Expired on ${formatDate(parseEnd(expires))}`];
  if (!due) return;
  if (parseEnd(due) < now) return ["overdue", () => `Review overdue since ${formatDate(parseEnd(due))}`];
  const first = new Date(Math.min(...[due, expires].filter(Boolean).map((day) => parseEnd(day).getTime())));
  if (first - now <= SOON) return ["soon", () => `Valid until ${formatDate(first)}`];
  if (reviewed) return ["fresh", () => `Reviewed ${formatDate(parseEnd(reviewed))}`];
}

// What has expired since the build has no link to copy any more.
function withdrawLinks(now) {
  for (const link of document.querySelectorAll("a.ov-send[data-expires]")) {
    if (now <= parseEnd(link.dataset.expires)) continue;
    if (link.nextElementSibling?.matches(".ov-copy")) link.nextElementSibling.remove();
    const text = document.createElement("span");
    text.className = "ov-withdrawn";
    const isNamed = link.closest(".ov-sendit");
    text.textContent = isNamed ? `${link.textContent}: don't send it anymore.` : "Don't send it anymore.";
    link.replaceWith(text);
  }
}

// Whether a claim may be made, the same way. What was no or ask first on the day of the build is no better today.
function judgeClaims(now) {
  for (const element of document.querySelectorAll(".ov-answer")) {
    const { answer, due, expires } = element.dataset;
    if (answer !== "no" && expires && parseEnd(expires) < now) {
      [element.dataset.answer, element.textContent] = ["no", "No"];
      const words = element.closest(".ov-verdict")?.nextElementSibling;
      words?.querySelector(".ov-copy")?.remove();
      if (words) words.className = "ov-instead";
    } else if (answer === "yes" && due && parseEnd(due) < now) {
      [element.dataset.answer, element.textContent] = ["ask-first", "Ask first"];
    }
  }
}

function refreshFreshness() {
  const now = new Date();
  withdrawLinks(now);
  judgeClaims(now);
  for (const element of document.querySelectorAll(".ov-fresh")) {
    const [state, describe] = judgeFreshness(element, now) ?? [];
    // What is as it was on the day of the build stays: a browser's first date takes as long as all else here.
    if (state && state !== element.dataset.state) [element.dataset.state, element.textContent] = [state, describe()];
  }
  for (const element of document.querySelectorAll(".ov-age")) {
    const days = Math.max(Math.floor((now - new Date(`${element.dataset.since}T00:00:00Z`)) / DAY), 0);
    element.textContent = days === 1 ? `open for ${days} day` : `open for ${days} days`;
  }
}

// Material announces each page through `document$`, even if pages change without a reload.
if (window.document$) window.document$.subscribe(() => setTimeout(refreshFreshness));
else refreshFreshness();
})();
