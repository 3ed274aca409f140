// The control API, over plain HTTP: it is on this machine, and needs nobody's trust.

/** The control API said no: `status`, and the problem details that it gave as `problem`. */
export class Refused extends Error {
  constructor(call, status, text) {
    const problem = parsed(text) ?? { detail: text };
    super(`${call}: ${status} ${problem.detail ?? problem.title ?? text}`);
    this.name = "Refused";
    this.status = status;
    this.problem = problem;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends JSON to `/_emulator` and reads JSON back. Throws `Refused` for every status from 400 on. */
export class Control {
  #base;
  #headers;

  constructor(httpUrl, adminKey) {
    this.#base = `${httpUrl.replace(/\/$/, "")}/_emulator`;
    this.#headers = { "Content-Type": "application/json", ...(adminKey ? { "X-Emulator-Key": adminKey } : {}) };
  }

  async call(method, path, body, query = {}) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = given.length ? `?${new URLSearchParams(given)}` : "";
    const answer = await fetch(this.#base + path + search, {
      method,
      headers: this.#headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(`${method} ${path}`, answer.status, text);
    return text === "" ? undefined : JSON.parse(text);
  }
}
