import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { applyDelta } from '../../deltas/apply-delta.ts'
import { bySource, sourceOf } from '../sources.ts'

const sampleCases = join(import.meta.dirname, '..', '..', '..', 'samples', 'deltas')
const shownFailures = 20
const caseSchema = z.object({ capability: z.string().optional(), change: z.string().optional() })

/** `heavylift eval spec.deltas`: each case applied, against the result that stands beside it. */
export async function runDeltasEval({ dataDir, report, signal }: MeasureInput) {
  const folder = dataDir ?? sampleCases
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => basename(name) === 'delta.md')
    .map((name) => join(folder, name, '..'))
    .toSorted()
  if (names.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `No folder below ${folder} has a delta.md. A case has delta.md, expected.md (or error.txt), and spec.md where one was there before.`,
    })
  const totals = new Map<string, ReturnType<typeof noCounts>>()
  const failures: string[] = []
  for (const [at, name] of names.entries()) {
    signal.throwIfAborted()
    report({ stage: 'cases', done: at, total: names.length, unit: 'cases' })
    const path = relative(folder, name).split(sep).join('/')
    const counts = totals.get(sourceOf(`${path}/`)) ?? noCounts()
    totals.set(sourceOf(`${path}/`), counts)
    const { verdict, isSameBytes, isRefused, why } = await judge(name)
    counts.cases++
    if (isRefused) counts.refused++
    if (verdict) counts.equal++
    else if (failures.length < shownFailures) failures.push(`${path}: ${why}`)
    if (isSameBytes) counts.equalBytes++
  }
  const all = noCounts()
  for (const counts of totals.values())
    for (const key of ['cases', 'equal', 'equalBytes', 'refused'] as const) all[key] += counts[key]
  const rates = (counts: typeof all) => ({
    ...counts,
    equalRate: counts.equal / counts.cases,
    equalBytesRate: counts.equalBytes / counts.cases,
  })
  return {
    n: all.cases,
    metrics: rates(all),
    ...bySource(new Map([...totals].map(([source, counts]) => [source, rates(counts)])), ['equalRate']),
    failures,
    notes: ['refused: cases that the other tool refused; equal where ours refuses them too.'],
  }
}

const noCounts = () => ({ cases: 0, equal: 0, equalBytes: 0, refused: 0 })

async function judge(folder: string) {
  const [spec, delta, expected, error, settings] = await Promise.all(
    ['spec.md', 'delta.md', 'expected.md', 'error.txt', 'case.json'].map((name) =>
      readFile(join(folder, name), 'utf8').catch(() => null),
    ),
  )
  const { capability = basename(folder), change = basename(folder) } = caseSchema.parse(
    JSON.parse(settings ?? '{}'),
  )
  const result = applyDelta({ spec: spec ?? null, delta: delta ?? '', capability, change })
  if (expected === null || expected === undefined) {
    const why = result.isApplied
      ? `applied, but refused by the other tool: ${error?.slice(0, 160) ?? ''}`
      : ''
    return { verdict: !result.isApplied, isSameBytes: !result.isApplied, isRefused: true, why }
  }
  if (!result.isApplied)
    return {
      verdict: false,
      isSameBytes: false,
      isRefused: false,
      why: `refused: ${result.issues
        .map(({ message }) => message)
        .join(' ')
        .slice(0, 160)}`,
    }
  const [ours, theirs] = [canonical(result.text), canonical(expected)]
  return {
    verdict: ours === theirs,
    isSameBytes: result.text === expected,
    isRefused: false,
    why: ours === theirs ? '' : firstDifference(ours, theirs),
  }
}

/** Without what layout alone decides: line endings, a byte order mark, blank lines. */
function canonical(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n(?:[ \t]*\n)+/g, '\n')
    .trim()
}

function firstDifference(ours: string, theirs: string): string {
  const [a, b] = [ours.split('\n'), theirs.split('\n')]
  const at = a.findIndex((line, n) => line !== b[n])
  return `ours ${JSON.stringify(a[at] ?? 'ends')}, theirs ${JSON.stringify(b[at] ?? 'ends')}`
}
