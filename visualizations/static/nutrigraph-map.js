// <nutrigraph-map src="insulin.html" title="Concept map: Insulin" height="640">…</nutrigraph-map>
//
// A concept map inside another page. What stands between the tags (a picture and a link) is there until the map is, and
// where no script runs. The map is loaded when it comes near the screen, in a frame that can do nothing but draw; the
// frame tells its height, and only the frame of this element is believed.
(function () {
  "use strict";
  if (customElements.get("nutrigraph-map")) return;
  const STYLE = ":host{all:initial!important;display:block!important;position:relative!important;inline-size:100%!important;contain:layout!important;min-block-size:var(--reserved,640px)!important}" +
    ":host([hidden]){display:none!important}iframe{display:block;inline-size:100%;block-size:var(--reserved,640px);border:0}";
  const plain = (value, least, most) => Math.min(most, Math.max(least, Math.round(Number(value)) || 640));

  class NutrigraphMap extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return this.listen();
      const root = this.attachShadow({ mode: "open" });
      const style = document.createElement("style");
      style.textContent = STYLE;
      const sheet = "adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype ? new CSSStyleSheet() : null;
      if (sheet) { // works under a policy that allows no inline style
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
      } else root.append(style);
      root.append(document.createElement("slot"));
      this.reserve(plain(this.getAttribute("height"), 200, 4000));
      this.listen();
      this.near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.load(), { rootMargin: "400px" });
      this.near.observe(this);
    }
    disconnectedCallback() {
      removeEventListener("message", this.heard);
    }
    listen() {
      this.heard = (event) => this.hear(event);
      addEventListener("message", this.heard);
    }
    reserve(height) {
      this.style.setProperty("--reserved", height + "px");
    }
    load() {
      this.near.disconnect();
      let address;
      try {
        address = new URL(this.getAttribute("src"), document.baseURI);
      } catch {
        return;
      }
      if (!/^(https?|file):$/.test(address.protocol)) return;
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads");
      frame.setAttribute("referrerpolicy", "no-referrer");
      frame.title = this.getAttribute("title") || "Concept map";
      frame.addEventListener("load", () => {
        this.shadowRoot.querySelector("slot").remove();
        // the sandbox gives the frame an origin that cannot be named; what is asked is no secret
        frame.contentWindow.postMessage({ type: "nutrigraph-map", ask: "height" }, "*");
      }, { once: true });
      frame.src = address.href;
      this.frame = frame;
      this.shadowRoot.append(frame);
    }
    hear(event) {
      const said = event.data;
      if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== "null") return;
      if (!said || said.type !== "nutrigraph-map" || typeof said.height !== "number" || !isFinite(said.height)) return;
      this.reserve(plain(said.height, 200, 8000));
    }
  }
  customElements.define("nutrigraph-map", NutrigraphMap);
})();
