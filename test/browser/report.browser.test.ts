import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { renderReport } from '../../src/report/html.ts';
import { fakeResult } from '../support/result.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../support/chromium.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const executablePath = findChromium();

describe.skipIf(executablePath === undefined)('the report in a browser', () => {
  let browser: Browser;
  let directory: string;
  let url: string;

  beforeAll(async () => {
    const options = { bars: 1200, seed: 6 };
    const results = [
      fakeResult({ ...options, family: 'hold' }),
      fakeResult({ ...options, family: 'spot' }),
      fakeResult({ ...options, family: 'hedge', liquidateAt: 700 }),
      fakeResult({ ...options, family: 'hedge', id: '<img src=x onerror=alert(1)> of a very long name indeed', band: 0.03 }),
    ];
    const comparison = compareRuns({ name: 'In a browser', results, benchmark: 'spot-band', seed: 1, resamples: 50 });
    directory = mkdtempSync(join(tmpdir(), 'kedge-report-'));
    writeFileSync(join(directory, 'report.html'), await renderReport(comparison));
    url = pathToFileURL(join(directory, 'report.html')).href;
    browser = await chromium.launch({ executablePath: executablePath!, args: CHROMIUM_ARGUMENTS });
  });

  afterAll(async () => {
    await browser?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  /** Opens the report, offline, and gives what the browser asked for and said. */
  async function open(options: BrowserContextOptions, at = url): Promise<{ page: Page; requests: string[]; messages: string[] }> {
    const context = await browser.newContext({ offline: true, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const messages: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    await page.goto(at);
    return { page, requests, messages };
  }

  test('asks for nothing but itself and says nothing on the console', async () => {
    const { page, requests, messages } = await open({ viewport: DESKTOP });
    await page.mouse.wheel(0, 5_000);
    expect(requests).toEqual([url]);
    expect(messages).toEqual([]);
  });

  test('runs no script of a strategy’s name', async () => {
    const { page } = await open({ viewport: DESKTOP });
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText('<img src=x onerror=alert(1)>').count()).toBeGreaterThan(0);
  });

  test.each([
    { on: 'a desktop', viewport: DESKTOP, colorScheme: 'light' },
    { on: 'a desktop', viewport: DESKTOP, colorScheme: 'dark' },
    { on: 'a phone', viewport: PHONE, colorScheme: 'light' },
    { on: 'a phone', viewport: PHONE, colorScheme: 'dark' },
  ] as const)('has no accessibility violations on $on in $colorScheme', async ({ viewport, colorScheme }) => {
    const { page } = await open({ viewport, colorScheme, bypassCSP: true });
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    await page.addScriptTag({ content: readFileSync(AXE, 'utf8') });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  });

  test('fits a phone without sideways scrolling, with the phone’s charts', async () => {
    const { page } = await open({ viewport: PHONE });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await page.locator('svg.wide:visible').count()).toBe(0);
    expect(await page.locator('svg.narrow:visible').count()).toBeGreaterThan(0);
  });

  test.each([PHONE, DESKTOP])('breaks names that have no spaces, at $width pixels', async (viewport) => {
    const results = ['spot_band', 'ruin'].map((word) =>
      fakeResult({ bars: 60, seed: 6, family: 'spot', id: `${word}_`.repeat(20), ...(word === 'ruin' && { liquidateAt: 30 }) }),
    );
    const comparison = compareRuns({ name: 'x'.repeat(200), results, benchmark: results[0]!.id, seed: 1, resamples: 50 });
    const file = join(directory, 'long-names.html');
    writeFileSync(file, await renderReport(comparison));
    const { page } = await open({ viewport }, pathToFileURL(file).href);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    // Panels of one width each, whatever the names.
    const widths = await page.locator('.panels > *').evaluateAll((panels) => panels.map((panel) => panel.clientWidth));
    expect(widths).toHaveLength(2);
    expect(new Set(widths).size).toBe(1);
  });

  test('writes the headings of rows above their cells on a phone, so that the comparison needs no scrolling', async () => {
    const { page } = await open({ viewport: PHONE });
    const region = page.getByRole('region', { name: 'Measures by strategy' });
    const [width, inSight] = await region.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(width).toBe(inSight);
    const row = region.getByRole('row').filter({ hasText: 'CAGR' });
    const heading = (await row.getByRole('rowheader').boundingBox())!;
    const values = await row.getByRole('cell').evaluateAll((cells) =>
      cells.map((cell) => {
        const text = cell.ownerDocument.createRange();
        text.selectNodeContents(cell);
        return text.getBoundingClientRect().top;
      }),
    );
    expect(values).toHaveLength(4);
    // The heading’s one line ends before the values begin.
    for (const top of values) expect(top).toBeGreaterThanOrEqual(heading.y + 20);
  });

  test('keeps the headings of rows in sight while a table scrolls on a phone', async () => {
    const { page } = await open({ viewport: PHONE });
    await page.locator('summary').first().click();
    const region = page.getByRole('region', { name: 'Account value at month ends' });
    const scrolled = await region.evaluate((element) => {
      element.scrollLeft = 40;
      return element.scrollLeft;
    });
    expect(scrolled).toBe(40);
    const left = (await region.boundingBox())!.x;
    expect((await region.getByRole('rowheader').nth(5).boundingBox())!.x).toBe(left);
  });

  test('is whole without JavaScript', async () => {
    const { page } = await open({ viewport: DESKTOP, javaScriptEnabled: false });
    expect(await page.locator('svg.wide:visible').count()).toBeGreaterThan(5);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.locator('summary').first().click();
    expect(await page.locator('details[open] table').count()).toBe(1);
  });

  test('switches between light and dark, and prints light whatever the screen had', async () => {
    const { page } = await open({ viewport: DESKTOP, colorScheme: 'dark' });
    const background = () => page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue('--bg')`);
    expect(await background()).toBe('#10151b');
    await page.getByRole('button', { name: 'Light / dark' }).click();
    expect(await background()).toBe('#fcfcfa');
    await page.getByRole('button', { name: 'Light / dark' }).click();
    expect(await background()).toBe('#10151b');
    await page.emulateMedia({ media: 'print' });
    expect(await background()).toBe('#fcfcfa');
  });

  test('prints intervals smaller than what they belong to, and no list apart from the line that introduces it', async () => {
    const { page } = await open({ viewport: DESKTOP });
    await page.emulateMedia({ media: 'print' });
    const sizes = await page.evaluate<number[]>(`(() => {
      const small = document.querySelector('td small');
      return [small, small.parentElement].map((each) => parseFloat(getComputedStyle(each).fontSize));
    })()`);
    expect(sizes[0]).toBeLessThan(sizes[1]!);
    const breaks = await page.evaluate<string[]>(
      `[...document.querySelectorAll('p:has(+ ul)')].map((each) => getComputedStyle(each).breakAfter)`,
    );
    expect(breaks.length).toBeGreaterThan(0);
    expect(new Set(breaks)).toEqual(new Set(['avoid']));
  });

  test('marks in the contents what is being read', async () => {
    const { page } = await open({ viewport: DESKTOP });
    await page.getByRole('link', { name: 'Costs and taxes' }).click();
    await expect.poll(() => page.locator('nav [aria-current]').textContent()).toBe('Costs and taxes');
  });

  test('prints on a handful of A4 pages', async () => {
    const { page } = await open({ viewport: DESKTOP });
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)!.length;
    expect(pages).toBeGreaterThanOrEqual(4);
    expect(pages).toBeLessThanOrEqual(12);
    // A4 in points.
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]\.?\d*\]/);
  });
});

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
