import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asKedgeError, errorText, fail, finish, Interrupted, systemReason } from '../../src/cli/errors.ts';
import { ConfigError, KedgeError, UsageError } from '../../src/core/errors.ts';
import { fakeTerminal } from '../support/terminal.ts';

afterEach(() => {
  process.exitCode = undefined;
});

describe('an error at the terminal', () => {
  test('shows the line it is about, with a caret under the column', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kedge-errors-'));
    const file = join(folder, 'e.yaml');
    writeFileSync(file, 'name: x\ntarget: { weights: 3 }\n');
    const error = new ConfigError('weights-wrong', 'target.weights: found 3', {
      hint: 'give a map',
      at: { file, line: 2, column: 21 },
    });
    expect(errorText(error, false).replace(file, 'e.yaml')).toBe(`error [weights-wrong] target.weights: found 3
  at e.yaml:2:21
  2 | target: { weights: 3 }
    |                     ^
  hint give a map`);
    rmSync(folder, { recursive: true });
  });

  test('shows of a line without end what stands around the column', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kedge-errors-'));
    const file = join(folder, 'e.json');
    writeFileSync(file, `{ ${'"a": 1, '.repeat(10_000)}"foo": 1 }`);
    const at = { file, line: 1, column: 80_003 };
    const [, , source, caret] = errorText(new ConfigError('a', 'b', { at }), false).split('\n');
    expect(source!.length).toBeLessThan(200);
    expect(source!.slice(caret!.indexOf('^'))).toBe('"foo": 1 }');
    rmSync(folder, { recursive: true });
  });

  test('shows no codes that would move the cursor', () => {
    expect(errorText(new ConfigError('a', 'found "\u001b[2Jx\u0007"'), false)).toBe('error [a] found "\uFFFD[2Jx\uFFFD"');
  });

  test('names the place where the file is gone, and none where there is none', () => {
    expect(errorText(new ConfigError('a', 'b', { at: { file: 'gone.yaml', line: 3 } }), false)).toBe(
      'error [a] b\n  at gone.yaml:3',
    );
    expect(errorText(new ConfigError('a', 'b', { at: {} }), false)).toBe('error [a] b');
    expect(errorText(new ConfigError('a', 'b', { at: { file: process.cwd() } }), false)).toBe('error [a] b\n  at .');
  });

  test('lists all faults of an input', () => {
    const faults = [{ message: 'one', hint: 'do this', at: { file: 'f.yaml', line: 1, column: 2 } }, { message: 'two' }];
    expect(errorText(new ConfigError('many', '2 faults', { faults, at: { file: 'f.yaml' } }), false)).toBe(
      'error [many] 2 faults\n  · f.yaml:1:2 one (do this)\n  · f.yaml two',
    );
  });

  test('is coloured only where colour is allowed', () => {
    expect(errorText(new ConfigError('a', 'b'), true)).toContain('\u001b[');
  });
});

describe('the exit code', () => {
  test.each([
    [new KedgeError('a', 'b'), 1],
    [new UsageError('a', 'b'), 2],
    [new Interrupted('nothing was written'), 130],
    [new Error('a bug'), 1],
  ])('of %s is %i', (error, code) => {
    fail(error, false, fakeTerminal());
    expect(process.exitCode).toBe(code);
  });

  test('is 0 when done and 3 when a check found something', () => {
    finish('done');
    expect(process.exitCode).toBe(0);
    finish('found');
    expect(process.exitCode).toBe(3);
  });
});

describe('under --json', () => {
  test('standard output gets one document, standard error the text', () => {
    const terminal = fakeTerminal();
    fail(new ConfigError('a', 'b', { hint: 'c' }), true, terminal);
    expect(terminal.documents).toEqual([
      { schemaVersion: 1, error: { code: 'a', message: 'b', hint: 'c', at: null, faults: [] } },
    ]);
    expect(terminal.out).toEqual([]);
    expect(terminal.err).toEqual(['error [a] b\n  hint c']);
  });
});

describe('what the operating system refuses', () => {
  function refused(code: string, path?: string): NodeJS.ErrnoException {
    return Object.assign(new Error(`${code}: refused`), { code, ...(path !== undefined && { path }) });
  }

  test('is told in words, with the file', () => {
    expect(asKedgeError(refused('ENOSPC', '/disk/report.html'))).toMatchObject({
      code: 'disk-full',
      message: '/disk/report.html: the disk is full',
      hint: 'free some space, or write elsewhere; nothing half-written was kept',
      at: { file: '/disk/report.html' },
    });
    expect(asKedgeError(refused('EROFS'))).toMatchObject({ code: 'file-not-permitted', message: 'the file system is read-only' });
    expect(asKedgeError(refused('EFBIG', 'r.html')).code).toBe('disk-full');
    expect(asKedgeError(refused('ELOOP', 'a.csv')).message).toBe('a.csv: symbolic links lead in a circle');
    expect(systemReason(refused('EACCES'))).toBe('permission denied');
    expect(systemReason(refused('EWEIRD'))).toBe('EWEIRD: refused');
  });

  test('anything unknown is called a fault of kedge, with its trace', () => {
    const terminal = fakeTerminal();
    fail(new TypeError('x is not a function'), false, terminal);
    expect(terminal.err[0]).toContain('error [unexpected] x is not a function');
    expect(terminal.err[1]).toContain('TypeError: x is not a function\n    at ');
    expect(asKedgeError('just a text').message).toBe('just a text');
  });
});
