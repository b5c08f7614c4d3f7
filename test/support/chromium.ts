import { existsSync } from 'node:fs';

/** Switches that keep a headless Chromium to itself: no network of its own, no first-run pages. */
export const CHROMIUM_ARGUMENTS: string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The system's Chromium: where KEDGE_CHROMIUM says, else at the usual places; undefined when there is none. */
export function findChromium(): string | undefined {
  return [process.env['KEDGE_CHROMIUM'], ...USUAL_PLACES].find((path) => path !== undefined && path !== '' && existsSync(path));
}
