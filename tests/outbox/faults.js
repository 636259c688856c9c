// What can happen to a page and to its requests.

const NEVER = new Promise(() => {});
const FAULTS = ["lost", "late", "unheard", "unheard", "twice", "502", "502 after", "portal", "half", "half"];

/** The life of a page: it can end at any step. */
export class Life {
  constructor() {
    this.isOver = false;
    this.steps = Number.POSITIVE_INFINITY;
    this.end = new Promise((resolve) => {
      this.kill = () => {
        this.isOver = true;
        resolve();
      };
    });
    this.step = this.step.bind(this);
  }

  /** Wherever something waits. What a dead page held is let go. @param {() => void} [release] */
  async step(release) {
    this.steps -= 1;
    if (this.steps <= 0) this.kill();
    if (!this.isOver) return undefined;
    release?.();
    return NEVER;
  }
}

/** The way to the real server. */
export class Network {
  isDown = false;
  /** @type {string | undefined} */
  cookie;
  /** Requests that were made, whether they arrived or not. */
  past = [];
  /** Every id that ever left the phone. */
  ids = new Set();

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  fault(pick) {
    return pick(5) < 2 ? "none" : FAULTS[pick(FAULTS.length)];
  }

  post(body, cookie) {
    const headers = { "Content-Type": "application/json", ...(cookie && { Cookie: cookie }) };
    return fetch(`${this.url}/sync`, { method: "POST", body, headers, redirect: "manual" });
  }

  async epoch() {
    if (this.isDown) return undefined;
    return (await (await fetch(`${this.url}/whoami`)).json()).epoch;
  }

  async fetch(fault, life, { body }) {
    await life.step();
    const { cookie } = this;
    this.past.push({ body, cookie });
    for (const { id } of JSON.parse(body).entries) this.ids.add(id);
    if (this.isDown || fault === "lost" || fault === "late") throw new TypeError("Failed to fetch");
    const html = { headers: { "Content-Type": "text/html" } };
    if (fault === "502") return new Response("<h1>Bad gateway</h1>", { status: 502, ...html });
    if (fault === "portal") return new Response("<h1>Logga in</h1>", { status: 200, ...html });
    const [answer] = await Promise.all([this.post(body, cookie), fault === "twice" && this.post(body, cookie)]);
    const text = await answer.text();
    await life.step();
    if (fault === "unheard") throw new TypeError("Failed to fetch");
    if (fault === "502 after") return new Response("<h1>Bad gateway</h1>", { status: 502, ...html });
    const { status, headers } = answer;
    return new Response(fault === "half" ? text.slice(0, text.length / 2) : text, { status, headers });
  }

  /** A request that somebody on the way kept comes again, or for the first time. */
  async replay(pick) {
    const { body, cookie } = this.past[pick(this.past.length || 1)] ?? {};
    if (body) await (await this.post(body, cookie)).text();
  }
}
