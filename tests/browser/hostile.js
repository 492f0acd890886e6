// Gives a program's source lines names that end scripts, open quotes, are very long or run from right to left.

import { readFileSync, writeFileSync, copyFileSync, existsSync } from "node:fs";

const [from, to, long] = process.argv.slice(2);
const names = ["</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'&amp;<!--", "\u202eabc\u05d0\u05d1", long];
let turn = 0;
const text = readFileSync(from, "utf8").replace(/# \S+:(\d+)$/gm, (_, line) => `# ${names[turn++ % names.length]}.cs:${line}`);
writeFileSync(to, text);
if (existsSync(from + ".bin")) copyFileSync(from + ".bin", to + ".bin");
