// For `globalSetup` of vitest, or of jest as an ES module: one emulator for the whole run, started before the workers are, so
// that they find it and trust its certificate.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Emulator } from "./index.js";

export default async function setup() {
  if (process.env.PIM_EMULATOR_READY_FILE) return () => {};
  const emulator = await Emulator.start();
  const directory = mkdtempSync(join(tmpdir(), "pim-emulator-ready-"));
  const readyFile = join(directory, "ready.json");
  const { url, httpUrl, proxyUrl, caFile } = emulator;
  writeFileSync(readyFile, JSON.stringify({ url, httpUrl, proxyUrl, caFile }));
  Object.assign(process.env, emulator.trust, { PIM_EMULATOR_READY_FILE: readyFile });
  const forget = () => rmSync(directory, { recursive: true, force: true });
  // jest does not take what is returned: it ends the process, and the emulator with it.
  process.once("exit", forget);
  return async () => {
    await emulator.stop();
    forget();
  };
}
