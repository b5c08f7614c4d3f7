import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './modules.ts';

const ERROR_CLASSES = ['KedgeError', 'DataError', 'ConfigError', 'StrategyError', 'EngineError', 'UsageError'];

export interface CodeUse {
  /** The class that carries it. */
  readonly kind: string;
  /** The code, or null where the source does not name it as a literal. */
  readonly code: string | null;
  /** `src/core/time.ts:27` */
  readonly at: string;
}

/** Every `new XError(code, …)` under src, with each code that its first argument can be. */
export function errorCodes(): CodeUse[] {
  const uses: CodeUse[] = [];
  for (const name of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const source = ts.createSourceFile(name, readFileSync(join(ROOT, 'src', name), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && ERROR_CLASSES.includes(node.expression.text)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const codes = literalsOf(node.arguments?.[0]);
        for (const code of codes.length > 0 ? codes : [null])
          uses.push({ kind: node.expression.text, code, at: `src/${name}:${line}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return uses;
}

/** A string literal, or both branches of `condition ? 'a' : 'b'`. */
function literalsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isConditionalExpression(node) ? [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)] : [];
}
