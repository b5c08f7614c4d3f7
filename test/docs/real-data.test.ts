import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDate } from '../../src/core/time.ts';
import { FETCH_KINDS } from '../../src/market/fetch/request.ts';
import { dataFetch } from '../../src/cli/commands/data-fetch.ts';
import { life, LIVES } from '../support/exchange-market.ts';
import { type ExchangeServer, startExchange } from '../support/exchange-server.ts';
import { newFolder } from '../support/fetching.ts';
import { KEDGE } from '../support/kedge.ts';
import { ROOT } from '../support/modules.ts';

const run = promisify(execFile);
const page = readFileSync(join(ROOT, 'docs/real-data.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, text]) => text!.trim().split('\n'));

describe('docs/real-data.md', () => {
  let server: ExchangeServer;
  let cwd: string;
  beforeAll(async () => {
    const futures = { BTCUSDT_240628: life('2023-12-29', '2024-06-29'), BTCUSDT_240927: life('2024-03-29', '2024-09-28') };
    server = await startExchange({ now: parseDate('2025-02-01'), lives: { ...LIVES, ...futures } });
    cwd = newFolder();
  });
  afterAll(async () => {
    await server.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  // In the order of the page and in one folder: later commands use what earlier ones made.
  test.each(commands)('`%s` works as written', async (command) => {
    const [program, name, ...args] = command.split(' ');
    expect(`${program} ${name}`).toBe('npx kedge');
    const env = { ...process.env, KEDGE_BASE_URL: server.url, KEDGE_CACHE: join(cwd, 'cache'), NO_COLOR: '1' };
    await run(process.execPath, [KEDGE, ...args], { cwd, env });
  });

  test('describes every option of the command, and every kind', () => {
    const described = [...page.matchAll(/^\| (`--.+?`) \|/gm)].flatMap(([, cell]) => cell!.match(/--[\w-]+/g)!);
    expect(described.toSorted()).toEqual(
      Object.keys(dataFetch.options)
        .map((name) => `--${name}`)
        .toSorted(),
    );
    for (const kind of FETCH_KINDS) expect(page).toContain(`\`${kind}\``);
  });
});
