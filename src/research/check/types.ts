import { dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/package.ts';
import { result, skipped, type CheckFinding, type CheckResult } from './finding.ts';
import { newerSource } from './stale-types.ts';

/**
 * What the TypeScript compiler says of a strategy file with `kedge` being the running package: strictly of TypeScript, leniently of
 * JavaScript, where it knows the API and little else.
 */
export async function checkTypes(file: string): Promise<CheckResult> {
  const typed = /\.m?ts$/.test(file);
  const ts = await import('typescript').then(
    (module) => module.default,
    () => null,
  );
  if (ts === null) return skipped('types', 'TypeScript is not installed here: npm install typescript');
  const types = join(PACKAGE_ROOT, 'dist', 'types', 'index.d.ts');
  if (!ts.sys.fileExists(types)) return skipped('types', 'the declarations of kedge are not built: npm run prepare');
  const program = ts.createProgram([file], {
    strict: typed,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { kedge: [types] },
    types: [],
  });
  const findings = ts
    .getPreEmitDiagnostics(program)
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map((diagnostic): CheckFinding => {
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
      const source = diagnostic.file;
      if (source === undefined || diagnostic.start === undefined) return { message, bar: null, time: null, at: { file } };
      const { line, character } = source.getLineAndCharacterOfPosition(diagnostic.start);
      return { message, bar: null, time: null, at: { file: source.fileName, line: line + 1, column: character + 1 } };
    });
  return result(
    'types',
    `TypeScript ${ts.version}${typed ? ', strict' : ', on JavaScript'}`,
    findings,
    staleNotes(dirname(types)),
  );
}

// In a checkout, where the package is built without its declarations more often than with them.
function staleNotes(types: string): string[] {
  const source = newerSource(types, join(PACKAGE_ROOT, 'src'));
  return source === null ? [] : [`the declarations of kedge are older than src/${source}: npm run prepare builds them anew`];
}
