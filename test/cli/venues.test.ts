import { describe, expect, test } from 'vitest';
import { venuesDocumentSchema } from '../../src/cli/venue-documents.ts';
import { venueText } from '../../src/cli/venue-text.ts';
import { describeVenue } from '../../src/venue/describe.ts';
import { presetNamed } from '../../src/venue/resolve.ts';
import { kedge } from '../support/kedge.ts';
import { ROOT } from '../support/modules.ts';
import { fakeTerminal } from '../support/terminal.ts';

const text = (name: string) => venueText(describeVenue(presetNamed(name)), fakeTerminal());
/** Without the line breaks that the width of the terminal brings. */
const unbroken = (name: string) => text(name).replace(/\n +/g, ' ');

describe('a venue in words', () => {
  test('has every figure with source, date and confidence', () => {
    expect(text('binance')).toContain(`fees
  spot: maker 0.1%, taker 0.1%
      third party: ccxt 4.5.84, js/src/binance.js, 2026`);
    expect(unbroken('binance')).toContain(
      'inverse perpetual, inverse future (BTC) since 2022-01-01: to 5 0.4% 125×, to 10 0.5% 100×, to 20 1% 50×',
    );
    expect(unbroken('bitmex')).toContain(
      'every 8 h at 04:00, 12:00, 20:00, interest 0.01% per 8 h, clamp 0.05%, within −0.375% and 0.375%',
    );
    expect(unbroken('deribit')).toContain('continuous at 08:00');
    expect(unbroken('deribit')).toContain('initial 2%, maintenance 1%, both + 0.005% a coin');
    expect(unbroken('okx')).toContain('by coins: to 10 0.4% 100×, not known above');
    expect(unbroken('okx')).toContain('linear perpetual, linear future (BTC): 98% to 20, 97.75% to 25');
    expect(unbroken('cme')).toContain('results are paid in cash every day');
  });

  test('ends with what is unknown', () => {
    expect(unbroken('bybit')).toContain('maintenance: linear perpetual (BTC is known up to 2,000,000); a run must be given it');
    expect(unbroken('binance')).toContain('maintenance: linear future of coins other than BTC, ETH; a run must be given it');
    expect(unbroken('none')).not.toContain('unknown');
  });
});

describe('kedge venues', () => {
  test('--json is one document, as its schema says', async () => {
    const { code, stdout, stderr } = await kedge(['venues', '--json'], { cwd: ROOT });
    expect([code, stderr]).toEqual([0, '']);
    const { venues } = venuesDocumentSchema.strict().parse(JSON.parse(stdout));
    expect(venues.map(({ name }) => name)).toContain('weex');
    expect(venues[0]!.facts[0]).toMatchObject({
      figure: 'fees',
      value: { maker: 0.001, taker: 0.001 },
      confidence: 'third party',
    });
  });

  test('offers the nearest name', async () => {
    const { code, stderr } = await kedge(['venues', 'binanse'], { cwd: ROOT });
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "binance"?');
  });
});
