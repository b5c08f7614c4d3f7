import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Top of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface ModuleImport {
  /** Path from the top (`src/core/time.ts`) for a relative import, else the package's name as written. */
  readonly target: string;
  readonly relative: boolean;
  /** `import type` and `export type`: gone at run time. */
  readonly typeOnly: boolean;
}

export interface SourceModule {
  /** Path from the top, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly ModuleImport[];
  /** Every identifier in its code (comments and strings aside). */
  readonly identifiers: ReadonlySet<string>;
  /** True when it holds nothing but `export … from` statements. */
  readonly onlyReexports: boolean;
}

/** Parses every TypeScript file under `folder`, a path from the top. */
export function readModules(folder: string): SourceModule[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readModule(posix.join(folder, name.replaceAll('\\', '/'))))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

function readModule(path: string): SourceModule {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports: ModuleImport[] = [];
  const identifiers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    const found = importOf(node);
    if (found) imports.push(resolve(path, found));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const isReexport = (statement: ts.Statement): boolean =>
    ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports,
    identifiers,
    onlyReexports: source.statements.length > 0 && source.statements.every(isReexport),
  };
}

function importOf(node: ts.Node): { specifier: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node))
    return literal(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return literal(node.arguments[0], false);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal, true);
  return undefined;
}

function literal(node: ts.Node | undefined, typeOnly: boolean): { specifier: string; typeOnly: boolean } | undefined {
  return node && ts.isStringLiteral(node) ? { specifier: node.text, typeOnly } : undefined;
}

function resolve(importer: string, { specifier, typeOnly }: { specifier: string; typeOnly: boolean }): ModuleImport {
  const relative = specifier.startsWith('.');
  return { target: relative ? posix.join(dirname(importer), specifier) : specifier, relative, typeOnly };
}
