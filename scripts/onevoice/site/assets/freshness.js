// Freshness as of the reader's day. The page says what was true on the day of the build; this updates it. Without
// JavaScript the build's verdict remains.
(() => {
const DAY = 24 * 60 * 60 * 1000;
const SOON = 30 * DAY;

const PARTS = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
// To make one takes as long as a hundred dates.
let calendar;

function formatDate(date) {
  calendar ??= new Intl.DateTimeFormat(`en-US`, PARTS);
  return calendar.format(date);
}

// What the page says already stays: to set it again would lay out the page again.
function showVerdict(element, [state, text]) {
  if (element.dataset.state !== state) element.dataset.state = state;
  if (element.textContent !== text) element.textContent = text;
}

function parseEnd(day) {
  return new Date(`${day}T23:59:59Z`);
}

function judgeFreshness(element, now) {
  const { state, due, expires, reviewed } = element.dataset;
  if (state === "disputed" || (state === "expired" && !expires)) return;
  if (expires && parseEnd(expires) < now) return ["expired", `Expired on ${formatDate(parseEnd(expires))}`];
  if (!due) return;
  if (parseEnd(due) < now) return ["overdue", `Review overdue since ${formatDate(parseEnd(due))}`];
  const first = new Date(Math.min(...[due, expires].filter(Boolean).map((day) => parseEnd(day).getTime())));
  if (first - now <= SOON) return ["soon", `Valid until ${formatDate(first)}`];
  if (reviewed) return ["fresh", `Reviewed ${formatDate(parseEnd(reviewed))}`];
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
    const verdict = judgeFreshness(element, now);
    if (verdict) showVerdict(element, verdict);
  }
  for (const element of document.querySelectorAll(".ov-age")) {
    const days = Math.max(Math.floor((now - new Date(`${element.dataset.since}T00:00:00Z`)) / DAY), 0);
    showVerdict(element, [element.dataset.state, days === 1 ? `open for ${days} day` : `open for ${days} days`]);
  }
}

// Material announces each page through `document$`, even if pages change without a reload.
if (window.document$) window.document$.subscribe(refreshFreshness);
else refreshFreshness();
})();
