import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './modules.ts';

/** A place in src where the code of an error, a notice or a finding of `data check` is written. */
export interface CodeUse {
  readonly kind: 'error' | 'notice' | 'finding';
  /** Null where the code cannot be read off the source. */
  readonly code: string | null;
  /** `src/core/time.ts:27` */
  readonly at: string;
}

/**
 * Every code written in src: the argument of a parameter called `code`, and the property `code` of a fault. Types are consulted, so that
 * both branches of a condition and templates over known words count; a code that is only passed on does not.
 */
export function writtenCodes(): CodeUse[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, ROOT);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const uses: CodeUse[] = [];

  const note = (kind: CodeUse['kind'], value: ts.Expression): void => {
    if (ts.isConditionalExpression(value)) {
      note(kind, value.whenTrue);
      note(kind, value.whenFalse);
      return;
    }
    if (ts.isPropertyAccessExpression(value) && value.name.text === 'code') return;
    if (ts.isIdentifier(value) && value.text === 'code' && wordsOf(value, checker) === null) {
      const declared = checker.getSymbolAtLocation(value)?.valueDeclaration;
      if (declared && ts.isVariableDeclaration(declared) && declared.initializer) note(kind, declared.initializer);
      return;
    }
    const source = value.getSourceFile();
    const line = source.getLineAndCharacterOfPosition(value.getStart()).line + 1;
    const at = `${source.fileName.slice(ROOT.length)}:${line}`;
    for (const code of wordsOf(value, checker) ?? [null]) uses.push({ kind, code, at });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const parameters = checker.getResolvedSignature(node)?.declaration?.parameters ?? [];
      const index = parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === 'code');
      const argument = node.arguments?.[index];
      const kind = argument && isOurs(parameters[index]!) ? kindOf(parameters) : null;
      if (kind !== null) note(kind, argument!);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') {
      const kind = kindOfObject(node.parent);
      if (kind !== null) note(kind, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) if (isOurs(source)) visit(source);
  return uses;
}

/** The texts an expression can be, or null when its type leaves that open. */
function wordsOf(value: ts.Expression, checker: ts.TypeChecker): string[] | null {
  if (ts.isTemplateExpression(value)) {
    return value.templateSpans.reduce<string[] | null>(
      (heads, { expression, literal }) => {
        const words = wordsOf(expression, checker);
        return heads && words && heads.flatMap((head) => words.map((word) => head + word + literal.text));
      },
      [value.head.text],
    );
  }
  const type = checker.getTypeAtLocation(value);
  const members = type.isUnion() ? type.types : [type];
  return members.every((member) => member.isStringLiteral()) ? members.map(({ value: word }) => word) : null;
}

/** A fault or a finding, by its other properties; null for an object whose `code` is something else. */
function kindOfObject(object: ts.ObjectLiteralExpression): CodeUse['kind'] | null {
  const names = object.properties.map(({ name }) => name?.getText());
  if (names.includes('severity')) return names.includes('message') ? 'finding' : null;
  // A schema's own issues carry the library's codes.
  const isIssue = ts.isCallExpression(object.parent) && /addIssue$/.test(object.parent.expression.getText());
  return names.includes('message') && !isIssue ? 'error' : null;
}

/** What a function that takes a code makes of it; null when its `code` is something else (a program's text). */
function kindOf(parameters: readonly (ts.ParameterDeclaration | ts.JSDocParameterTag)[]): CodeUse['kind'] | null {
  const names = parameters.map(({ name }) => name.getText());
  const owner = parameters[0]!.parent.parent;
  if (names.includes('sentence') || (ts.isClassDeclaration(owner) && /Notice/.test(owner.name?.text ?? ''))) return 'notice';
  return names.includes('message') || names.includes('what') ? 'error' : null;
}

function isOurs(node: ts.Node): boolean {
  return node.getSourceFile().fileName.startsWith(join(ROOT, 'src'));
}
