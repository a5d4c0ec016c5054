import { parseAst } from 'rolldown/parseAst';

/** The bundler's helpers, loaded by a file of a bundle. */
const HELPERS = /([\w$]+)=require\(["'`]\.\/rolldown-runtime\.js["'`]\)(?=[,;])/;

/**
 * Makes plain objects of the namespaces of modules that share a file. The bundler makes each with a helper, which is in a file
 * of its own, and a file costs a cold start 0.25 ms; of functions, which exist before the first statement runs, a plain object
 * is as good. The length stays, and with it the source map.
 */
export function makeNamespacesPlain(code: string): string {
  const found = HELPERS.exec(code);
  if (found === null) return code;
  const [required, helpers] = found as unknown as [string, string];
  const name = helpers.replaceAll('$', '\\$');
  // An arrow function may have a parameter of this name: `e=>e.t`.
  const own = `(?<![\\w$.]|\\b${name}=>)${name}\\.`;
  const functions = functionsOf(code);
  const namespace = new RegExp(`${own}[\\w$]+\\(\\{((?:[\\w$]+:\\(\\)=>[\\w$]+,?)+)\\},1\\)`, 'g');
  const plain = code.replace(namespace, (all, members: string) => {
    const pairs = members.split(',').map((member) => member.split(':()=>') as [string, string]);
    if (!pairs.every(([, local]) => functions.has(local))) return all;
    return `{${pairs.map((pair) => pair.join(':'))}}`.padEnd(all.length);
  });
  // A call through any other variable of the same name only keeps the file.
  const isUsed = new RegExp(`${own}[\\w$][()]`).test(plain);
  return isUsed ? plain : plain.replace(required, () => `${helpers}=0`.padEnd(required.length));
}

/** The names of the functions that are declared at the top level. */
export function functionsOf(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of parseAst(code).body) {
    if (statement.type === 'FunctionDeclaration' && statement.id !== null) names.add(statement.id.name);
  }
  return names;
}
