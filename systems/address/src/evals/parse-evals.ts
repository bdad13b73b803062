import type { Measure } from '@heavylift/core'

/** Evals of parsing and standardising. */
export const parseEvals: Measure[] = [
  {
    name: 'parse',
    summary:
      'Labels of words in US addresses against the truth (usaddress XML below --data; without it, made addresses): shares of words and of whole addresses that are right, fine and with all of a street’s name and of a number as one label each. What the weights learned from is left out.',
    goals: { fullRate: { atLeast: 0.97 }, coarseFullRate: { atLeast: 0.99 } },
    options: [
      {
        flags: '--noise <noise>',
        summary:
          'none; bare: no punctuation, one case (goal .96 coarse); typo: a slip in a quarter of the words (.99); both (.94)',
      },
      {
        flags: '--python <file>',
        summary: 'a Python that has usaddress (PyPI), the peer; python3 where it has',
      },
      { flags: '--with-learned', summary: 'scores the addresses too that the weights learned from' },
    ],
    run: async (input) => (await import('./parse/parse.ts')).runParseEval(input),
  },
  {
    name: 'standardize',
    summary:
      'Number and street of addresses in the forms of USPS Publication 28 against CSV below --data (input, number, street; street with directions and suffix; without it, a list of our own): shares that are the same in every character, capitals apart, once the truth’s directions and suffix are abbreviated by the same standard; streetVerbatim: as the truth is spelled.',
    goals: { numberExact: { atLeast: 0.99 }, streetExact: { atLeast: 0.97 } },
    run: async (input) => (await import('./parse/standardize.ts')).runStandardizeEval(input),
  },
]
