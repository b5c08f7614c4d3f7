import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTextFile } from '../../src/core/text-file.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kedge-text-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function written(content: string | Uint8Array): string {
  const path = join(directory, 'file');
  writeFileSync(path, content);
  return path;
}

test.each([
  ['UTF-8', Buffer.from('a: 1 €\n')],
  ['UTF-8 with its mark', Buffer.from('\uFEFFa: 1 €\n')],
  ['UTF-16, as Windows writes it', Buffer.from('\uFEFFa: 1 €\n', 'utf16le')],
  ['UTF-16 of the other byte order', Buffer.from('\uFEFFa: 1 €\n', 'utf16le').swap16()],
])('text in %s is read', (_, bytes) => {
  expect(readTextFile(written(bytes))).toBe('a: 1 €\n');
});

test.each([
  ['gzip', gzipSync('a: 1\n'), /it is gzip, expected text/],
  ['a spreadsheet', 'PK\u0003\u0004…', /a zip archive or a spreadsheet/],
  ['Parquet', 'PAR1…', /it is Parquet/],
  ['zero bytes', 'a\0b', /it is no text/],
])('%s is no text', (_, content, message) => {
  const path = written(content);
  expect(() => readTextFile(path)).toThrow(
    expect.objectContaining({ code: 'file-not-text', message: expect.stringMatching(message) }),
  );
});

test('a folder in place of the file is named', () => {
  expect(() => readTextFile(directory)).toThrow(expect.objectContaining({ code: 'EISDIR', path: directory }));
});

test('a byte that no text has is told with its line', () => {
  const path = written('a: 1\nb: \0\n');
  expect(() => readTextFile(path)).toThrow(expect.objectContaining({ at: { file: path, line: 2 } }));
});
