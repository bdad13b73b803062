import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandInput } from '@heavylift/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/commands.ts'
import { exampleSlurm, jobsConfigSchema } from '../../src/config.ts'
import { writeSlurmConf } from '../../src/testing/slurm-config.ts'
import { explainMissingSlurm } from '../../src/testing/start-slurm.ts'

const missing = await explainMissingSlurm()
let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'heavylift-demo-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command as a terminal runs it; `onPrint` may press Ctrl-C. */
function start(options: Record<string, string | boolean>, onPrint: (line: string, stop: () => void) => void) {
  const ending = new AbortController()
  const input = commandInput({
    options,
    print: (line) => onPrint(line, () => ending.abort()),
    dataDir: join(folder, 'jobs'),
    signal: ending.signal,
  })
  return commands.find(({ name }) => name === 'demo-cluster')!.run(input)
}

test('the example of the README is one that the configuration takes, and its slurm.conf is that of the demo cluster [JOBS-DEMO-01]', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  const [config = ''] = /(?<=```json\n)[\s\S]*?(?=```)/.exec(readme) ?? []
  expect(JSON.parse(config)).toEqual({ jobs: { slurm: exampleSlurm } })
  expect(jobsConfigSchema.parse({ slurm: exampleSlurm }).slurm?.partitions).toEqual(exampleSlurm.partitions)
  const conf = writeSlurmConf({ folder: '/tmp', host: 'h', controllerPort: 1, nodePorts: [2, 3], groups: {} })
  const [lines = ''] = /(?<=```\n)PreemptType[\s\S]*?(?=\n```)/.exec(readme) ?? []
  expect(lines.split('\n')).toHaveLength(6)
  for (const line of lines.split('\n')) expect(conf.split('\n')).toContain(line)
})

test('a number of nodes that is none is refused before anything starts [JOBS-DEMO-01]', async () => {
  await expect(start({ nodes: 'many' }, () => undefined)).rejects.toThrow(/--nodes takes/)
})

test.skipIf(missing === null)('where Slurm is missing it says what to install [JOBS-DEMO-01]', async () => {
  await expect(start({}, () => undefined)).rejects.toThrow(/apt-get install slurm-wlm munge/)
})

describe.skipIf(missing !== null)(
  `a demo cluster${missing === null ? '' : ` (left out: ${missing})`}`,
  () => {
    test('runs the sample job on real nodes and leaves nothing behind [JOBS-DEMO-01]', async () => {
      const lines: string[] = []
      const ended = await start({ sample: true, nodes: '2' }, (line) => lines.push(line))
      expect(ended).toMatchObject({ nodes: 2, state: 'done' })
      expect(lines.join('\n')).toMatch(/safety[\s\S]*experiment/)
      const conf = /its slurm\.conf is (\S+)/.exec(lines.join('\n'))?.[1] as string
      expect(existsSync(conf)).toBe(false)
      expect(lines.at(-1)).toBe('The cluster has ended.')
    }, 180_000)

    test('stays until Ctrl-C, and says how it is used [JOBS-DEMO-01]', async () => {
      const lines: string[] = []
      const ended = await start({ nodes: '1' }, (line, stop) => {
        lines.push(line)
        if (line.startsWith('Ctrl-C')) setTimeout(stop, 100)
      })
      expect(ended).toEqual({ nodes: 1 })
      expect(lines.join('\n')).toMatch(
        /export SLURM_CONF=\S+slurm\.conf\n.*HEAVYLIFT_JOBS_SLURM='\{"partitions"/,
      )
      expect(lines.at(-1)).toBe('The cluster has ended.')
    }, 120_000)
  },
)
