import type { Command } from '@heavylift/core'

/** Commands of parsing and standardising. */
export const parseCommands: Command[] = [
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
