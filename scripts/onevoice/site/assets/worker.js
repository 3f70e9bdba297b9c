// Browsers don't start workers from a folder, and Material searches in one. Here its script runs in an empty frame.
// Only sites that are built to be opened from a folder load this file.
if (location.protocol === "file:") {
  const loadScript = (frame, address) =>
    new Promise((done, failed) => {
      const script = frame.document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      frame.document.head.append(script);
    });

  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const element = document.createElement("iframe");
      element.hidden = true;
      element.srcdoc = "<!doctype html>";
      this.frame = new Promise((done) => {
        element.onload = async () => {
          const frame = element.contentWindow;
          frame.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
          frame.importScripts = (...all) =>
            all.reduce((last, one) => last.then(() => loadScript(frame, one)), Promise.resolve());
          await loadScript(frame, address);
          done(frame);
        };
      });
      document.body.append(element);
    }

    async postMessage(data) {
      const frame = await this.frame;
      frame.dispatchEvent(new frame.MessageEvent("message", { data }));
    }
  };
  // By this name Material's worker knows that it runs in a frame, and where to look for the words of other languages.
  window.IFrameWorker = window.Worker;
}
