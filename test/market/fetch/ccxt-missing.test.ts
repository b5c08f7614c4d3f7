import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fetchFrom, openExchange, requestFor } from '../../support/fetching.ts';

vi.mock('ccxt', () => {
  throw new Error("Cannot find package 'ccxt'");
});

test('without ccxt, other exchanges say how to install it, and the archive of Binance needs none', async () => {
  const { server, folder, close } = await openExchange();
  await expect(fetchFrom(server, folder, requestFor({ venue: 'bybit' }))).rejects.toMatchObject({
    code: 'package-missing',
    hint: expect.stringContaining('npm install ccxt@'),
  });
  expect(existsSync(join(folder, 'catalog.json'))).toBe(false);
  await expect(fetchFrom(server, folder, requestFor())).resolves.toMatchObject({ fetched: 3 });
  await close();
});
