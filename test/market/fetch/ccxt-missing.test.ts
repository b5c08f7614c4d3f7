import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startExchange } from '../../support/exchange-server.ts';
import { fetchFrom, newFolder, requestFor } from '../../support/fetching.ts';

vi.mock('ccxt', () => {
  throw new Error("Cannot find package 'ccxt'");
});

test('without ccxt, other exchanges say how to install it, and the archive of Binance needs none', async () => {
  const server = await startExchange();
  const folder = newFolder();
  await expect(fetchFrom(server, folder, requestFor({ venue: 'bybit' }))).rejects.toMatchObject({
    code: 'package-missing',
    hint: expect.stringContaining('npm install ccxt@'),
  });
  expect(existsSync(join(folder, 'catalog.json'))).toBe(false);
  await expect(fetchFrom(server, folder, requestFor())).resolves.toMatchObject({ fetched: 3 });
  await server.close();
});
