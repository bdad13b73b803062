import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Measure, MeasureInput } from '@heavylift/core'
import { extractFacts } from '../extract/extract-facts.ts'
import { factsOf } from '../facts/fact-set.ts'
import { makeServices } from './made-services.ts'
import { regularExpressionRoutes } from './regular-expression-peer.ts'

const lines = 100_000
const quiet = () => undefined

/** Runs `work` on `--data`, else on services of 100,000 lines that are made for it. */
async function onRepository<T>({ dataDir }: MeasureInput, work: (dir: string) => Promise<T>): Promise<T> {
  if (dataDir !== null && dataDir !== undefined) return work(dataDir)
  const dir = await mkdtemp(join(tmpdir(), 'spec-bench-'))
  try {
    for (const [path, text] of makeServices(lines)) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), text)
    }
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true })
  }
}

const seconds = async <T>(work: () => Promise<T>) => {
  const startedMs = performance.now()
  const result = await work()
  return { result, took: (performance.now() - startedMs) / 1000 }
}

/** `heavylift bench spec.cold`: a whole repository, nothing known before, beside regular expressions on the same files. */
export const cold: Measure = {
  name: 'cold',
  summary:
    'Facts of 100,000 lines in four languages (or --data), cold, in seconds, beside regular expressions',
  goals: { seconds: { atMost: 5 }, linesPerSecond: { atLeast: 20_000 }, peakMb: { atMost: 1000 } },
  run: (input) =>
    onRepository(input, async (dir) => {
      const own = await seconds(() => extractFacts(dir, input.report, input.signal))
      const peer = await seconds(() => regularExpressionRoutes(dir, input.signal))
      return {
        n: own.result.lines,
        metrics: {
          seconds: own.took,
          lines: own.result.lines,
          linesPerSecond: Math.round(own.result.lines / own.took),
          operations: factsOf(own.result.set.facts, 'operation').length,
          facts: own.result.set.facts.length,
          regularExpressionSeconds: peer.took,
          regularExpressionRoutes: peer.result,
          peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
        },
        notes: [
          'Regular expressions find texts of routes in each file by itself: no prefixes, no constants, no statuses, no guards.',
        ],
      }
    }),
}

/** `heavylift bench spec.edit`: one file changed, what was parsed before kept. */
export const edit: Measure = {
  name: 'edit',
  summary:
    'Facts again after one file of 100,000 lines (or of --data, unchanged there) changed, in milliseconds',
  goals: { milliseconds: { atMost: 300 } },
  run: (input) =>
    onRepository(input, async (dir) => {
      const { modules } = await extractFacts(dir, quiet, input.signal)
      const [path] = modules.keys()
      if (!input.dataDir && path !== undefined) {
        const text = await readFile(join(dir, path), 'utf8')
        await writeFile(join(dir, path), `${text}\n`)
      }
      const again = await seconds(() => extractFacts(dir, quiet, input.signal, { known: modules }))
      const fresh = await seconds(() => extractFacts(dir, quiet, input.signal))
      return {
        n: 1,
        metrics: { milliseconds: again.took * 1000, coldMilliseconds: fresh.took * 1000 },
        notes: [
          'Only parsing is spared: the code is run again as a whole, since a change of one file may change what others answer.',
        ],
      }
    }),
}
