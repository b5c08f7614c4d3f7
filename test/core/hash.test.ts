import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256, sha256File } from '../../src/core/hash.ts';

// FIPS 180-2, appendix B.1.
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('text, bytes, shared bytes and a file give the published digest', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'kedge-hash-')), 'abc');
  writeFileSync(path, 'abc');
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set([97, 98, 99]);
  expect(sha256('abc')).toBe(ABC);
  expect(sha256(Uint8Array.of(97, 98, 99))).toBe(ABC);
  expect(sha256(shared)).toBe(ABC);
  expect(await sha256File(path)).toBe(ABC);
});
