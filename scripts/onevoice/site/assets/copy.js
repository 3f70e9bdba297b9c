// Buttons that copy: the words to say, the tracked link to send. A toast says what was copied.
(() => {
const WAIT = 2000;

function showToast(text) {
  let box = document.querySelector(".ov-toast");
  if (!box) {
    box = document.createElement("div");
    box.className = "ov-toast";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = text;
  box.dataset.shown = "";
  clearTimeout(box.timer);
  box.timer = setTimeout(() => delete box.dataset.shown, WAIT);
}

async function copyText(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    showToast(said);
  } catch {
    showToast("This browser doesn't allow copying. Select the text and copy it yourself.");
  }
}

function makeButton(label, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ov-copy";
  made.textContent = label;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

// The text that the link opens. A script brings it, because a site opened from a folder may not make requests.
async function loadBrief(link) {
  const script = document.createElement("script");
  script.src = link.href.replace(/txt$/, "js");
  await new Promise((done, failed) => {
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  script.remove();
  return new Blob([window.onevoiceBrief], { type: "text/plain" });
}

// Formatted, for a mail program, and as plain text, for everything else.
async function copyRich(box, said) {
  const serializer = new XMLSerializer();
  const html = [...box.childNodes].map((node) => serializer.serializeToString(node)).join("");
  const kinds = { "text/html": html, "text/plain": box.innerText };
  const made = Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(made))]);
    showToast(said);
  } catch {
    copyText(box.innerText, said);
  }
}

// On the brand page: the value of a color is its own button, and the email signature has one.
function addKitButtons() {
  for (const code of document.querySelectorAll("code.ov-value")) {
    const text = code.textContent;
    const button = makeButton(text, `Copy ${code.dataset.name}: ${text}`, () => copyText(text, `${text} copied.`));
    button.classList.add("ov-value");
    code.replaceWith(button);
  }
  for (const box of document.querySelectorAll(".ov-rich:not([data-copies])")) {
    box.dataset.copies = "";
    const said = "Signature copied. Paste it into your mail program.";
    box.after(makeButton("Copy signature", box.dataset.name, () => copyRich(box, said)));
  }
}

function addButtons() {
  addKitButtons();
  for (const words of document.querySelectorAll(".ov-words:not([data-copies])")) {
    words.dataset.copies = "";
    const name = words.dataset.name ? `Copy ${words.dataset.name}` : "Copy these words";
    words.append(makeButton("Copy", name, () => {
      const text = [...words.querySelectorAll("p")].map((part) => part.innerText.trim()).join("\n\n");
      copyText(text, "Copied. Say it your way.");
    }));
  }
  for (const link of document.querySelectorAll("a.ov-send:not([data-copies])")) {
    link.dataset.copies = "";
    const copyLink = () => copyText(link.href, "Link copied.");
    // In the catalog and on an asset's page the link only says what it does; what it opens is the title.
    const title = link.matches(".md-button") ? document.querySelector("h1").firstChild : null;
    const name = link.closest(".ov-asset")?.querySelector("strong") ?? title ?? link;
    link.after(makeButton("Copy link", `Copy link to ${name.textContent.trim()}`, copyLink));
  }
  for (const link of document.querySelectorAll("a.ov-email:not([data-copies])")) {
    link.dataset.copies = "";
    const mail = new URLSearchParams(link.search);
    link.after(makeButton("Copy email", "Copy the follow-up email", () => {
      copyText(mail.get("body").replaceAll("\r\n", "\n"), "Email copied. Add their name.");
    }));
  }
  for (const link of document.querySelectorAll("a.ov-brief:not([data-copies])")) {
    link.dataset.copies = "";
    link.before(makeButton("Copy brand brief", "Copy brand brief for an AI assistant", async () => {
      try {
        // Some browsers let a page copy only at once: the text may come later.
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": loadBrief(link) })]);
        showToast("Brief copied. Paste it before you ask for a draft.");
      } catch {
        showToast("The brief can't be copied from here. Open it and copy it yourself.");
      }
    }));
  }
}

if (window.document$) window.document$.subscribe(() => setTimeout(addButtons));
else addButtons();
})();
