// Reads [[front matter, names of the form's fields], …] and writes what Sveltia CMS saves of an unchanged entry:
// the form's fields first, the rest by name, put out by its library with its options.
import { parse, stringify } from "yaml";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const saved = JSON.parse(Buffer.concat(chunks).toString()).map(([head, fields]) => {
  const values = parse(head);
  const rest = Object.keys(values).filter((key) => !fields.includes(key));
  const keys = [...fields.filter((key) => key in values), ...rest.sort()];
  const ordered = Object.fromEntries(keys.map((key) => [key, values[key]]));
  const options = { indent: 2, indentSeq: false, lineWidth: 0, defaultStringType: "PLAIN", singleQuote: true };
  return stringify(ordered, null, options);
});
process.stdout.write(JSON.stringify(saved));
