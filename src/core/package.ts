import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Directory of the installed package: the nearest one above this module that holds a package.json.
 * The same whether the code runs from `dist/` or from `src/`; never the current directory.
 */
export const PACKAGE_ROOT: string = nearestPackage(dirname(fileURLToPath(import.meta.url)));

/** This package's version, as in its package.json. */
export const PACKAGE_VERSION: string = readVersion();

function nearestPackage(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`no package.json above ${fileURLToPath(import.meta.url)}`);
  return nearestPackage(parent);
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}
