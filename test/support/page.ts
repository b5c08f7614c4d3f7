import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './modules.ts';

const run = promisify(execFile);

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  /** The file that the block shows, from its info string: a yaml block headed `yaml mine.yaml`. */
  readonly file: string | null;
  readonly text: string;
}

/** The fenced blocks of a page, by its path from the root of the project. */
export function blocksOf(page: string): Block[] {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, language, file, text]): Block => ({ language: language!, file: file ?? null, text: text! }),
  );
}

/** The commands of a page's shell blocks, without comments. */
export function commandsOf(blocks: readonly Block[]): string[] {
  return blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''));
}

/** Writes the files that a page shows. */
export function writeShownFiles(blocks: readonly Block[], folder: string): void {
  for (const { file, text } of blocks) if (file !== null) writeFileSync(join(folder, file), text);
}

/** Runs a command of a page, `npx kedge …` or `node …`, as a reader would in `folder`. */
export async function runShown(command: string, folder: string): Promise<{ stdout: string; stderr: string }> {
  const [program, ...args] = command.split(' ');
  if (program === 'node') return run(process.execPath, args, { cwd: folder });
  const [name, ...own] = args;
  if (program !== 'npx' || name !== 'kedge') throw new Error(`a page shows a command that is not ours: ${command}`);
  return run(process.execPath, [join(ROOT, 'dist/kedge.js'), ...own], { cwd: folder });
}
