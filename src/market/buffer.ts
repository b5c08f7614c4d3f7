import { DataError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Notice } from '../core/notice.ts';
import type { Instrument } from './instrument.ts';
import { FIELDS, type Market, type SeriesSource } from './market.ts';

/**
 * The market's one buffer: magic and version, a JSON description padded with spaces to a multiple of 8 bytes, then the sections in
 * the order of `sectionsOf`, each starting at a multiple of 8. Numbers are little-endian float64, int32 and uint8.
 */
const MAGIC = 0x6b656467; // "gdek" in memory order
const VERSION = 1;
const HEADER_BYTES = 16;

/** What the header says in JSON: everything of a market that is not a column. */
export interface MarketDescription {
  readonly instruments: readonly Instrument[];
  readonly interval: string;
  readonly step: number;
  readonly start: number;
  readonly length: number;
  readonly first: number;
  readonly fundingEvents: number;
  readonly openInterest: readonly string[];
  readonly synthetic: boolean;
  readonly sources: readonly SeriesSource[];
  readonly notices: readonly Notice[];
}

/** A zeroed buffer with its header written, large enough for the columns that `description` implies. */
export function allocateMarket(description: MarketDescription): SharedArrayBuffer {
  const json = new TextEncoder().encode(JSON.stringify(description));
  const start = alignUp(HEADER_BYTES + json.length);
  const buffer = new SharedArrayBuffer(start + bytesOf(description));
  new Uint32Array(buffer, 0, 4).set([MAGIC, VERSION, start - HEADER_BYTES, 0]);
  const text = new Uint8Array(buffer, HEADER_BYTES, start - HEADER_BYTES);
  text.fill(0x20);
  text.set(json);
  return buffer;
}

/**
 * A market as views on a buffer made by `createMarket`; nothing is copied, so any number of workers may share one.
 *
 * @param hash - sha256 of the buffer, if known (hashing costs about 1 ms per MB)
 * @throws {DataError} `market-buffer-invalid` when the buffer is none, or of another version
 */
export function openMarket(buffer: SharedArrayBuffer, hash: string = sha256(new Uint8Array(buffer))): Market {
  const description = readDescription(buffer);
  const { instruments, length, fundingEvents } = description;
  const count = instruments.length;
  let offset = HEADER_BYTES + new Uint32Array(buffer, 0, 3)[2]!;
  const take = (bytes: number): number => {
    const from = offset;
    offset = alignUp(offset + bytes);
    return from;
  };
  const floats = (size: number) => new Float64Array(buffer, take(size * 8), size);
  const integers = (size: number) => new Int32Array(buffer, take(size * 4), size);

  const columns = Object.fromEntries(FIELDS.map((field) => [field, floats(count * length)])) as unknown as Market['columns'];
  const openInterest = Object.fromEntries(description.openInterest.map((base) => [base, floats(length)]));
  const settlement = floats(count);
  const indexOf = integers(count);
  const funding = {
    time: floats(fundingEvents),
    rate: floats(fundingEvents),
    mark: floats(fundingEvents),
    instrument: integers(fundingEvents),
    source: new Uint8Array(buffer, take(fundingEvents), fundingEvents),
  };
  const { interval, step, start, first, synthetic, sources, notices } = description;
  const spotCount = instruments.filter(({ kind }) => kind === 'spot').length;
  return {
    ...{ instruments, spotCount, interval, step, start, length, first, synthetic, sources, notices },
    ...{ columns, indexOf, funding, settlement, openInterest, buffer, hash },
  };
}

function readDescription(buffer: SharedArrayBuffer): MarketDescription {
  const [magic, version, bytes] = buffer.byteLength < HEADER_BYTES ? [] : new Uint32Array(buffer, 0, 3);
  if (magic !== MAGIC || version !== VERSION || bytes === undefined) {
    throw new DataError('market-buffer-invalid', `this is no market buffer of version ${VERSION}`, {
      hint: 'load the market again with this version of kedge',
    });
  }
  // TextDecoder refuses shared memory, hence the copy of the header.
  const json = new TextDecoder().decode(new Uint8Array(buffer, HEADER_BYTES, bytes).slice());
  return JSON.parse(json) as MarketDescription;
}

function bytesOf({ instruments, length, fundingEvents, openInterest }: MarketDescription): number {
  const count = instruments.length;
  const floats = FIELDS.length * count * length + openInterest.length * length + count + 3 * fundingEvents;
  return floats * 8 + alignUp(count * 4) + alignUp(fundingEvents * 4) + alignUp(fundingEvents);
}

function alignUp(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
