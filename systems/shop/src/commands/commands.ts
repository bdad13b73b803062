import type { Command } from '@heavylift/core'

export const commands: Command[] = [
  {
    name: 'import',
    summary: 'Imports a product feed, reviews or questions into the running server.',
    args: [
      {
        name: 'file',
        summary: 'What the shop exports: CSV, JSON, JSONL or Google Merchant XML, packed (.gz) or not.',
        optional: true,
      },
    ],
    options: [
      { flags: '--format <format>', summary: 'csv, jsonl, shopify or merchant-xml; detected when absent.' },
      { flags: '--content <content>', summary: 'products, reviews or questions; detected when absent.' },
      {
        flags: '--mode <mode>',
        summary: 'update keeps products that the file does not name; replace shows which go, and asks.',
      },
      {
        flags: '--map <mapping>',
        summary:
          'Columns by name, such as price=Cost,title="Item name"; ignore=A|B, facet=A|B, imageBase=https://…, priceUnit=minor.',
      },
      {
        flags: '--preview',
        summary: 'Reads only: what columns are taken for, ten products, what would change.',
      },
      { flags: '--undo', summary: 'Brings back the catalog before the last import.' },
      { flags: '--instead-of-sample', summary: 'The sample goes, with its rules, customers and orders.' },
      { flags: '--strict', summary: 'Answers no when a row was rejected.' },
      { flags: '--currency <code>', summary: 'Of prices that name none. Default USD.' },
    ],
    no: 'the import did not go live or, with --strict, rows were rejected',
    isDestructive: true,
    run: async (input) => (await import('./import.ts')).runImport(input),
  },
  {
    name: 'sample',
    summary: 'Writes a generated catalog as a JSONL feed; the same seed makes the same file.',
    options: [
      { flags: '--products <count>', summary: 'How many products. Default 5000.' },
      { flags: '--seed <number>', summary: 'Default 7.' },
      { flags: '--out <file>', summary: 'Where to. Default sample.jsonl.' },
    ],
    run: async (input) => (await import('./sample.ts')).runSample(input),
  },
  {
    name: 'synonyms',
    summary: 'Prints the store’s synonyms, or replaces them by the lines of a file.',
    args: [{ name: 'file', summary: 'One group a line: "a = b, c", "a, b" or "a > b, c".', optional: true }],
    run: async (input) => (await import('./synonyms.ts')).runSynonyms(input),
  },
  {
    name: 'merchandising',
    summary:
      'Prints the store’s pins, boosts, own answers and tests, or replaces them by a file; then holds the tests.',
    args: [
      {
        name: 'file',
        summary:
          'One rule a line: "pin sofa = p-12 at 1", "boost lamp = brand: X", "answer price match = …", "test sofa = p-12 in top 3".',
        optional: true,
      },
    ],
    no: 'a kept test is broken',
    run: async (input) => (await import('./merchandising.ts')).runMerchandising(input),
  },
]
