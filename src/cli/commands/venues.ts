import { describeVenue, describeVenues } from '../../venue/describe.ts';
import { presetNamed } from '../../venue/resolve.ts';
import { defineCommand } from '../command.ts';
import type { VenuesDocument } from '../venue-documents.ts';
import { venueHead, venueText } from '../venue-text.ts';

/** `kedge venues`: the presets, and every figure of one with source, date and confidence. */
export const venues = defineCommand({
  usage: 'venues [venue]',
  summary: 'List the venue presets, or show one with the source of every figure and what is unknown',
  positionals: { venue: { type: 'string', describe: 'name of a preset' } },
  options: {},
  examples: [
    ['kedge venues', 'what is there'],
    ['kedge venues binance', 'fees, steps, maintenance bands, funding rules, each with source and date'],
    ['kedge venues bybit --json', 'the same as one JSON document'],
  ],
  async run({ venue, json }, terminal) {
    const described = venue === undefined ? describeVenues() : [describeVenue(presetNamed(venue))];
    if (json) terminal.json({ schemaVersion: 1, venues: described } satisfies VenuesDocument);
    else if (venue === undefined) terminal.print(described.map((each) => venueHead(each, terminal)).join('\n'));
    else terminal.print(described.map((each) => venueText(each, terminal)).join('\n'));
    return 'done';
  },
});
