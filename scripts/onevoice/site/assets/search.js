// Material asks for the index of its search, and starts a worker, on every page. Here both wait for a search: its box
// has the focus, it was opened on a phone, or the address has a question. Loaded before Material's own script.
(() => {
// Material says so when it starts; the browser would compute every style again.
document.documentElement.classList.replace("no-js", "js");
// From a folder Material waits by itself.
if (location.protocol === "file:") return;
const INDEX = /\/search\/search_index\.json$/;
const WORKER = /\/workers\/search\.[^/]*$/;
const { open, send } = XMLHttpRequest.prototype;
const BrowserWorker = window.Worker;
const waiting = [];
// `q` is a question; `h` are its words, which Material marks on the page that was found.
let isWanted = ["q", "h"].some((name) => new URLSearchParams(location.search).has(name));

function startSearch() {
  isWanted = true;
  for (const start of waiting.splice(0)) start();
}

XMLHttpRequest.prototype.open = function (method, address, ...more) {
  this.onevoiceIndex = INDEX.test(String(address).split(/[?#]/)[0]);
  return open.call(this, method, address, ...more);
};

XMLHttpRequest.prototype.send = function (...body) {
  if (isWanted || !this.onevoiceIndex) return send.apply(this, body);
  waiting.push(() => send.apply(this, body));
};

// Starts with the first message to it: Material's first one has the index.
class LateWorker extends EventTarget {
  constructor(...given) {
    super();
    this.given = given;
  }

  postMessage(...message) {
    if (!this.worker) {
      this.worker = new BrowserWorker(...this.given);
      for (const name of ["message", "error"]) {
        this.worker.addEventListener(name, (event) => this.dispatchEvent(new event.constructor(name, event)));
      }
    }
    this.worker.postMessage(...message);
  }
}

window.Worker = new Proxy(BrowserWorker, {
  construct: (target, given) => (WORKER.test(given[0]) ? new LateWorker(...given) : new target(...given)),
});

const isSearch = (element) => element.matches?.("[data-md-component=search-query], [data-md-toggle=search]");
for (const name of ["focusin", "change"]) {
  document.addEventListener(name, (event) => {
    if (isSearch(event.target)) startSearch();
  });
}
})();
