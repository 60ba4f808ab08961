/**
 * Finds uses of the clock, of randomness, of timers and of the console outside of `platform/` (ARCHITECTURE.md). All
 * other code gets them as arguments, so that a test or a simulation can supply its own.
 * `new Date(value)` is allowed: it only converts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { isMain } from '../is-main.ts';
import { root } from '../root.ts';

export interface PlatformUse {
  /** Relative to the root of the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** What is used: `Date.now`, `setTimeout` ... */
  readonly what: string;
}

/** Folders that ship. Build scripts and tests may look at the clock. */
const SHIPPED = [...['shared', 'engine', 'hub', 'electron', 'ui'].map((name) => `packages/${name}/src`), 'apps'];
const EXEMPT = /(^|\/)(platform|test|out|node_modules)\/|[.](test|contract)[.]tsx?$/;
/** The headless hub's command line speaks to whoever started it. */
const MAY_PRINT = new Set(['packages/hub/src/cli.ts']);

const GLOBALS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'requestIdleCallback']);
const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self']);
const MEMBERS: Readonly<Record<string, ReadonlySet<string>>> = {
  Date: new Set(['now']),
  performance: new Set(['now', 'timeOrigin']),
  Math: new Set(['random']),
  crypto: new Set(['randomUUID', 'getRandomValues']),
};
const MODULES: Readonly<Record<string, ReadonlySet<string> | 'all'>> = {
  timers: 'all',
  'timers/promises': 'all',
  perf_hooks: 'all',
  crypto: new Set(['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync', 'getRandomValues', 'webcrypto']),
};

/** All uses below `folder`, the root of a checkout. */
export function findPlatformUses(folder: string): readonly PlatformUse[] {
  return SHIPPED.flatMap((part) => readdirSync(join(folder, part), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /[.]tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => platformUses(relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')));
}

/** The uses in one file. */
export function platformUses(file: string, text: string): readonly PlatformUse[] {
  if (EXEMPT.test(file)) return [];
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const uses: PlatformUse[] = [];
  const visit = (node: ts.Node): void => {
    for (const what of usesIn(node)) {
      if (what.startsWith('console') && MAY_PRINT.has(file)) continue;
      uses.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, what });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function usesIn(node: ts.Node): readonly string[] {
  if (ts.isImportDeclaration(node)) return importedUses(node);
  if (ts.isNewExpression(node)) return isDate(node.expression) && !node.arguments?.length ? ['new Date()'] : [];
  if (ts.isCallExpression(node)) return isDate(node.expression) ? ['Date()'] : [];
  if (ts.isPropertyAccessExpression(node)) return memberUses(node);
  if (ts.isIdentifier(node) && isReference(node)) {
    if (GLOBALS.has(node.text)) return [node.text];
    if (node.text === 'console') return ['console'];
  }
  return [];
}

const isDate = (expression: ts.Expression) => ts.isIdentifier(expression) && expression.text === 'Date';

/** `Math.random`, `window.performance.now`, `globalThis.setTimeout`. */
function memberUses({ expression, name }: ts.PropertyAccessExpression): readonly string[] {
  const owner = ownerName(expression);
  if (owner === null) return [];
  if (MEMBERS[owner]?.has(name.text)) return [`${owner}.${name.text}`];
  if (GLOBAL_OBJECTS.has(owner) && (GLOBALS.has(name.text) || name.text === 'console')) return [name.text];
  return [];
}

function ownerName(expression: ts.Expression): string | null {
  if (ts.isIdentifier(expression)) return expression.text;
  const isOfGlobal =
    ts.isPropertyAccessExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    GLOBAL_OBJECTS.has(expression.expression.text);
  return isOfGlobal ? expression.name.text : null;
}

function importedUses({ moduleSpecifier, importClause }: ts.ImportDeclaration): readonly string[] {
  if (!ts.isStringLiteral(moduleSpecifier) || importClause?.isTypeOnly) return [];
  const module = moduleSpecifier.text.replace(/^node:/, '');
  const forbidden = MODULES[module];
  if (forbidden === undefined) return [];
  if (forbidden === 'all') return [module];
  const bindings = importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [module];
  return bindings.elements
    .map(({ name, propertyName }) => (propertyName ?? name).text)
    .filter((name) => forbidden.has(name));
}

/** Whether the identifier stands for the global, not for a property or a declaration of the same name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const isName = 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  return !isName && !ts.isTypeNode(parent) && !ts.isImportSpecifier(parent);
}

if (isMain(import.meta)) {
  const uses = findPlatformUses(root);
  for (const { file, line, what } of uses) console.log(`${file}:${line}  ${what} belongs into platform/`);
  process.exitCode = uses.length > 0 ? 1 : 0;
}
