import type { Command } from '@heavylift/core'

export const kindCommands: Command[] = [
  {
    name: 'classify',
    summary:
      'Says of each address of a CSV file what kind of place it is, into another; goes on where it was stopped.',
    args: [
      {
        name: 'file',
        summary:
          'CSV with addresses, whatever its columns are called; name, unit, id and columns of a record are used where there are any.',
      },
    ],
    options: [
      { flags: '--out <file>', summary: 'Where decisions go. Default: FILE.kinds.csv.' },
      {
        flags: '--rejects <file>',
        summary: 'Where rows go that cannot be read, each with its reason. Default: FILE.rejects.csv.',
      },
      {
        flags: '--documents <dir>',
        summary: 'Folder with a folder of documents for each id (.eml, .html, .txt, .json).',
      },
      {
        flags: '--answers <file>',
        summary:
          'CSV with the columns id and kind: what some of the addresses are. From ten on, the others are decided by what is usual there; 30 at random tell much.',
      },
      {
        flags: '--usual <shares>',
        summary:
          'Which kinds of places the file mostly holds, in percent, where you know it: "business 80, institution 15". Without it they are taken as usual elsewhere.',
      },
      { flags: '--fresh', summary: 'Begins anew instead of going on where the last run stopped.' },
    ],
    run: async (input) => (await import('./classify.ts')).runClassify(input),
  },
  {
    name: 'make-documents',
    summary: 'Makes up addresses with documents about them, and labels, to try evals and learning on.',
    args: [{ name: 'dir', summary: 'A new or empty folder.' }],
    options: [
      { flags: '--addresses <count>', summary: 'How many. Default 500.' },
      {
        flags: '--contradicting <share>',
        summary: 'Share with a document that says something else. Default 0.3.',
      },
      { flags: '--seed <text>', summary: 'The same seed makes the same files. Default 1.' },
    ],
    run: async (input) => (await import('./make-documents.ts')).runMakeDocuments(input),
  },
  {
    name: 'train-kind',
    summary:
      'Learns what tells the kind of a place from folders of labelled addresses, and from made-up ones.',
    args: [
      {
        name: 'dir',
        summary: 'Folder with a folder for each town: addresses.csv, labels.csv, documents/<id>/*.',
        optional: true,
      },
    ],
    options: [
      { flags: '--made <count>', summary: 'Made-up addresses beside them, twice as many. Default 3000.' },
      { flags: '--out <file>', summary: 'Where the model goes. Default: weights/kind.json of the package.' },
    ],
    run: async (input) => (await import('./train-kind.ts')).runTrainKind(input),
  },
]
