import type { Command } from '@heavylift/core'

export const extractCommands: Command[] = [
  {
    name: 'extract',
    summary:
      'Reads a repository into facts: operations, parameters, answers, errors, models, each with its evidence.',
    args: [{ name: 'path', summary: 'folder of the repository' }],
    options: [
      {
        flags: '--out <file>',
        summary:
          'a further file for the facts; .heavylift-spec/facts.json is written where nothing was agreed yet',
      },
    ],
    run: async (input) => (await import('./run-extract.ts')).runExtract(input),
  },
  {
    name: 'write',
    summary:
      'Writes what the code does as specs of OpenSpec, Kiro or spec-kit, or amends those that are there; what people wrote stays.',
    args: [{ name: 'path', summary: 'folder of the repository' }],
    options: [
      {
        flags: '--format <name>',
        summary: 'openspec, kiro or spec-kit (default: the one that is there, else openspec)',
      },
    ],
    no: 'what people wrote and what the code does differ; both are printed',
    run: async (input) => (await import('./run-write.ts')).runWrite(input),
  },
  {
    name: 'openapi',
    summary: 'Writes what a repository answers as an OpenAPI 3.1 description.',
    args: [{ name: 'path', summary: 'folder of the repository' }],
    options: [
      { flags: '--out <file>', summary: 'where it goes (default: printed)' },
      { flags: '--service <dir>', summary: 'one of several services of the repository, by its folder' },
    ],
    run: async (input) => (await import('./run-openapi.ts')).runOpenapi(input),
  },
]
