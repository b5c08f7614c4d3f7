import { existsSync } from 'node:fs';
import { mkdir, open, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ConfigError, UsageError } from '../../core/errors.ts';
import { PACKAGE_ROOT } from '../../core/package.ts';
import { shortPath } from '../../core/short-path.ts';
import { STRATEGY_NAME, TSCONFIG, scaffold, type ScaffoldFile } from '../../strategy/scaffold.ts';
import { defineCommand } from '../command.ts';
import type { NewDocument } from '../documents.ts';
import { systemReason } from '../errors.ts';
import { prepareDirectory } from '../output.ts';

/** `kedge new`: a strategy to start from. */
export const newStrategy = defineCommand({
  usage: 'new <name>',
  summary: 'Write a typed strategy file and its test, ready to run',
  positionals: { name: { type: 'string', demandOption: true, describe: 'of the strategy and its files: lower case, dashes' } },
  options: { into: { type: 'string', default: '.', describe: 'folder of the files; made when it is not there' } },
  examples: [
    ['kedge new my-idea', 'my-idea.ts and my-idea.test.mjs here'],
    ['kedge new my-idea --into ideas', 'the same in a folder of their own'],
  ],
  async run({ name, into, json }, terminal) {
    if (!STRATEGY_NAME.test(name)) {
      throw new UsageError('name-wrong', `"${name}" is no name for a strategy: expected lower-case letters, digits and dashes`, {
        hint: `for example ${suggestion(name)}`,
      });
    }
    const folder = await prepareDirectory(into, '--into');
    const files = [...scaffold(name), ...(existsSync(join(folder, TSCONFIG.name)) ? [] : [TSCONFIG])];
    await writeAll(folder, files);
    const linked = await makeImportable(folder);
    const paths = files.map((file) => shortPath(join(folder, file.name)));
    const commands = nextSteps(join(folder, name));
    if (json) {
      terminal.json({ schemaVersion: 1, name, files: paths, linked, commands } satisfies NewDocument);
    } else {
      terminal.print([...paths, '', ...commands.map((command) => `  ${command}`)].join('\n'));
    }
    if (linked) terminal.note(`node_modules/kedge links to this kedge, so that editors and tests find it`);
    return 'done';
  },
});

function nextSteps(base: string): string[] {
  const file = shortPath(`${base}.ts`);
  const path = quoted(file.startsWith('/') || file.startsWith('.') ? file : `./${file}`);
  return [`kedge check ${path}`, `node --test ${quoted(shortPath(`${base}.test.mjs`))}`, `kedge run ${path}`];
}

// For a shell, where the path holds what one would read as more than a path.
function quoted(path: string): string {
  return /^[\p{L}\p{N}_./\\:~-]+$/u.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

// All or nothing, and nothing that is there is written over.
async function writeAll(folder: string, files: readonly ScaffoldFile[]): Promise<void> {
  const taken = files.find(({ name }) => existsSync(join(folder, name)));
  if (taken) {
    throw new ConfigError('file-exists', `${shortPath(join(folder, taken.name))} is already there`, {
      at: { file: join(folder, taken.name) },
      hint: 'choose another name, or another folder with --into',
    });
  }
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of files) {
      const file = await open(join(folder, name), 'wx');
      written.push(join(folder, name));
      await file.writeFile(text).finally(() => file.close());
    }
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    throw new ConfigError('output-not-writable', `cannot write to ${folder}: ${systemReason(error)}`, {
      at: { file: folder },
      hint: 'choose another place with --into',
      cause: error,
    });
  }
}

/** Links the running package where `kedge` would not be found from the folder; returns whether it did. */
async function makeImportable(folder: string): Promise<boolean> {
  try {
    createRequire(join(folder, 'strategy.js')).resolve('kedge');
    return false;
  } catch {
    const link = join(folder, 'node_modules', 'kedge');
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await rm(link, { force: true });
    await symlink(PACKAGE_ROOT, link, 'junction');
    return true;
  }
}

function suggestion(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/\.(ts|js|mjs)$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return STRATEGY_NAME.test(plain) ? plain : 'my-idea';
}
