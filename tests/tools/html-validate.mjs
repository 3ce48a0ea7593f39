// What html-validate has against pages. Usage: html-validate.mjs, the files on standard input.
import { readFileSync } from "node:fs";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const judge = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
    // Ids are those that GitHub makes of headings, so that links to them work here and there.
    rules: { "valid-id": ["error", { relaxed: true }] },
  }),
);
const faults = [];
for (const file of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const report = await judge.validateFile(file);
  for (const result of report.results) {
    for (const { ruleId, line, message } of result.messages) {
      faults.push({ file, what: `${line}: ${ruleId}: ${message}` });
    }
  }
}
console.log(JSON.stringify(faults));
