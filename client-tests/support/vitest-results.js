// A reporter for vitest: appends how each test ended to the file in RESULTS, under the feature that its file is named after.

import { appendFileSync } from "node:fs";
import { basename } from "node:path";

export default class Results {
  onTestCaseResult(test) {
    const feature = basename(test.module.moduleId).replace(/\.test\.js$/, "");
    appendFileSync(process.env.RESULTS, `${test.result().state}\t${feature}\t${test.fullName}\n`);
  }
}
