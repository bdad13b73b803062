import type { Measure } from '@heavylift/core'

/** Benches of parsing and standardising. */
export const parseBenches: Measure[] = [
  {
    name: 'throughput',
    summary:
      'Made addresses, all different, that one thread parses, and that it parses and standardises, a second; peer: PyPI usaddress.',
    goals: { parsesPerSecond: { atLeast: 10_000 } },
    options: [
      {
        flags: '--python <file>',
        summary: 'a Python that has usaddress (PyPI), the peer; python3 where it has',
      },
    ],
    run: async (input) => (await import('./parse-throughput.ts')).runParseThroughput(input),
  },
]
