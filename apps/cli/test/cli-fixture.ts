import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@heavylift/core/runtime'
import { z } from 'zod'
import type { CliContext, CliSystem } from '../src/cli-context.ts'
import { dataConfigSchema } from '../src/installation.ts'
import { runCli } from '../src/run-cli.ts'

/** A system that echoes what the command line hands it. */
export const echo: CliSystem = {
  name: 'echo',
  title: 'Echo',
  summary: 'Says it back.',
  config: z.object({}),
  commands: [
    {
      name: 'import',
      summary: 'Take a file.',
      args: [
        { name: 'file', summary: 'the file' },
        { name: 'name', summary: 'its name', optional: true },
      ],
      options: [{ flags: '--format <format>', summary: 'of the file' }],
      async run({ args, options, print, report }) {
        report({ stage: 'reading', done: 1, total: 1, unit: 'rows' })
        print(`took ${args['file']}`)
        return { args, format: options['format'] ?? null }
      },
    },
    {
      name: 'judge',
      summary: 'Say yes or no.',
      args: [
        {
          name: 'verdict',
          summary: 'what to say',
          complete: () => Promise.resolve(['yes', 'no', 'not now']),
        },
      ],
      options: [
        {
          flags: '--of <thing>',
          summary: 'what is judged',
          complete: ({ args }) => Promise.resolve([`of-${args['verdict']}`]),
        },
        { flags: '--from <place>', summary: 'never known', complete: () => Promise.reject(new Error('no')) },
      ],
      no: 'it says no',
      run: ({ args }) => Promise.resolve({ verdict: args['verdict'] }),
    },
    {
      name: 'clear',
      summary: 'Remove all.',
      isDestructive: true,
      async run({ confirm, print }) {
        await confirm('Remove 3 things?')
        print('removed')
        return {}
      },
    },
  ],
  evals: [
    {
      name: 'quality',
      summary: 'How good, in shares.',
      goals: { ndcgAt10: { atLeast: 0.85 }, violations: { atMost: 0 } },
      options: [
        { flags: '--judge <file>', summary: 'who judges' },
        { flags: '--fail', summary: 'say what fails' },
      ],
      async run({ dataDir, options, report }) {
        if (options?.['fail'] === true)
          return { n: 1, metrics: {}, failures: [`judged by ${options['judge']}`] }
        report({ stage: 'scoring', done: 1, total: 2, unit: 'queries' })
        return {
          n: 1_234,
          metrics: { ndcgAt10: dataDir === null ? 0.9 : 0.5, violations: 0 },
          baseline: { ndcgAt10: 0.6 },
        }
      },
    },
  ],
  benches: [
    {
      name: 'speed',
      summary: 'Milliseconds.',
      run: () => Promise.resolve({ n: 1, metrics: { p50Ms: 1 }, peers: { other: { p50Ms: 2 } } }),
    },
  ],
}

const data = { name: 'data', schema: dataConfigSchema }

const server = {
  name: 'server',
  schema: z.object({
    port: z.int().default(4280).describe('TCP port.'),
    secret: z.string().nullable().default(null).describe('A secret.').meta({ secret: true }),
  }),
}

export async function runWith(argv: string[], overrides: Partial<CliContext> = {}) {
  let stdout = ''
  let stderr = ''
  const directory = mkdtempSync(join(tmpdir(), 'heavylift-cli-'))
  const context: CliContext = {
    stdout: { write: (text) => void (stdout += text) },
    stderr: { write: (text) => void (stderr += text) },
    env: {},
    cwd: '/somewhere',
    version: '1.2.3+abc',
    systems: [
      {
        name: 'echo',
        summary: echo.summary,
        shortcut: { name: 'import', summary: 'Take a file.' },
        load: () => Promise.resolve(echo),
      },
    ],
    config: () => Promise.resolve(loadConfig({ sections: [server, data], directory, env: context.env })),
    api: () => Promise.reject(new Error('unexpected call')),
    ask: () => Promise.resolve(null),
    signal: new AbortController().signal,
    serve: () => Promise.resolve(),
    ...overrides,
  }
  const code = await runCli(argv, context)
  return { code, stdout, stderr }
}
