// Parses PowerShell scripts: one line of JSON per file, with where the grammar stumbles and the commands that it calls.
const { readFileSync } = require('node:fs');
const { Parser, Language } = require('web-tree-sitter');

function walk(node, seen) {
  if (node.isError || node.isMissing) {
    seen.errors.push(`${node.startPosition.row + 1}:${node.startPosition.column + 1} ${node.type} ${node.text.slice(0, 60)}`);
  }
  if (node.type === 'command_name') seen.commands.add(node.text);
  for (let i = 0; i < node.childCount; i++) walk(node.child(i), seen);
}

async function main() {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
  for (const file of process.argv.slice(2)) {
    const seen = { errors: [], commands: new Set() };
    walk(parser.parse(readFileSync(file, 'utf8')).rootNode, seen);
    console.log(JSON.stringify({ file, errors: seen.errors, commands: [...seen.commands].sort() }));
  }
}

main().catch((e) => { console.error(e); process.exit(1); });
