// A reporter for node's test runner: writes how each test ended, under the feature that its file is named after.

import { basename } from "node:path";

export default async function* results(events) {
  for await (const { type, data } of events) {
    // A file is a test, too, where the runner starts one process for each.
    if ((type !== "test:pass" && type !== "test:fail") || data.nesting > 0 || !data.file || data.name === data.file) continue;
    const feature = basename(data.file).replace(/\.test\.js$/, "");
    const outcome = type === "test:fail" ? "failed" : data.skip === undefined ? "passed" : "skipped";
    yield `${outcome}\t${feature}\t${data.name}\n`;
  }
}
