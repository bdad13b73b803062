import type { Command } from '@heavylift/core'
import { catalogue } from '@heavylift/engine/catalogue'

const names = catalogue.map(({ name }) => name).join(', ')

/** Subcommands of `heavylift models`. */
export const modelCommands: Command[] = [
  {
    name: 'pull',
    summary: 'Fetches a model, and the engine that serves it on this machine.',
    args: [
      {
        name: 'model',
        summary: `${names}; a GGUF file; hf:owner/repo/file.gguf; or an https address of a GGUF file.`,
      },
    ],
    options: [
      { flags: '--name <name>', summary: 'Name to keep it under; by default made from the source.' },
      {
        flags: '--use',
        summary: 'Serves this model from now on. The first pulled model is served by itself.',
      },
      { flags: '--sha256 <hash>', summary: 'What the file must hash to.' },
      { flags: '--private', summary: 'Allows an address in a private network.' },
    ],
    run: async (input) => (await import('./pull.ts')).pullByCommand(input),
  },
  {
    name: 'list',
    summary: 'Lists the pulled models, and those that can be pulled by name.',
    run: async (input) => (await import('./list.ts')).listModels(input),
  },
  {
    name: 'remove',
    summary: 'Deletes a pulled model.',
    args: [{ name: 'model', summary: 'Its name, as heavylift models list shows it.' }],
    run: async (input) => (await import('./remove.ts')).removeByCommand(input),
  },
  {
    name: 'usage',
    summary: 'Prints calls, tokens and cost; as CSV by day, or each call as a line of JSON.',
    options: [
      { flags: '--by <dimension>', summary: 'tenant, key, model (the default) or provider' },
      { flags: '--days <n>', summary: 'how far back, 30 by default' },
      { flags: '--csv', summary: 'the days as CSV' },
      { flags: '--calls', summary: 'every call that is kept, newest first, as lines of JSON' },
    ],
    run: async (input) => (await import('./usage.ts')).usageByCommand(input),
  },
]
