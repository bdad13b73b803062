import type { Command } from '@heavylift/core'

/** Commands of parsing and standardising. */
export const parseCommands: Command[] = [
  {
    name: 'parse',
    summary:
      'Reads the addresses of a CSV file, and writes a row for each row of it: labels as fields in the forms of USPS Publication 28, what was changed, or why it was not read. The same command goes on where it was stopped.',
    args: [{ name: 'file', summary: 'CSV with a header.' }],
    options: [
      {
        flags: '--columns <names>',
        summary: 'Columns that hold the address, in order, separated by commas. Default: address or alike.',
      },
      {
        flags: '--fields <names>',
        summary: 'standard, smarty or google: whose names the output uses. Default standard.',
      },
      { flags: '--out <file>', summary: 'Where to. Default: FILE.parsed.csv.' },
      { flags: '--fresh', summary: 'Begins anew where the output is there already.' },
    ],
    run: async (input) => (await import('./parse.ts')).runParse(input),
  },
  {
    name: 'train',
    summary:
      'Learns the tagger of addresses from labelled XML (as PyPI usaddress has it) and made addresses, and writes its weights.',
    args: [
      {
        name: 'files',
        summary: 'Labelled XML files, separated by commas. Without any, it learns from made addresses alone.',
        optional: true,
      },
    ],
    options: [
      {
        flags: '--coarse <names>',
        summary: 'Names of those that label coarsely: one StreetName, one AddressNumber.',
      },
      { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
      { flags: '--out <folder>', summary: 'Where to. Default: the weights that are used.' },
    ],
    run: async (input) => (await import('./train.ts')).runTrain(input),
  },
]
