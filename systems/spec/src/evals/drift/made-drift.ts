import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import { compareSets } from '../../drift/compare-code.ts'
import { changesBetween } from '../../drift/changes-between.ts'
import { isNote } from '../../drift/compare-facts.ts'
import type { Drift } from '../../drift/compare-facts.ts'
import { extractFacts } from '../../extract/extract-facts.ts'
import { bySource } from '../sources.ts'
import { changedText } from './code-places.ts'
import { makeCases } from './made-cases.ts'
import type { MadeCase } from './made-cases.ts'

const seed = 26
const wanted = { refactorings: 30, mutants: 45 }
const shownFailures = 30

/** `heavylift eval spec.made-drift`: refactorings and mutants of services, made by a seed, and what a check says of each. */
export async function runMadeDriftEval({ dataDir, report, signal }: MeasureInput) {
  const folder = dataDir ?? join(import.meta.dirname, '..', '..', '..', 'samples', 'services')
  const services = (await readdir(folder, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .toSorted()
  const totals = new Map<string, Counts>()
  const byKind = new Map<string, { cases: number; reported: number }>()
  const failures: string[] = []
  for (const [at, service] of services.entries()) {
    report({ stage: 'services', done: at, total: services.length, unit: 'services' })
    const counts = noCounts()
    for (const { made, drifts } of await checkMade(join(folder, service), signal)) {
      const kind = byKind.get(made.kind) ?? { cases: 0, reported: 0 }
      byKind.set(made.kind, kind)
      kind.cases++
      if (drifts.length > 0) kind.reported++
      const isDrift = drifts.some((one) => !isNote(one))
      if (made.isDrift) {
        counts.mutants++
        if (drifts.length > 0) counts.caught++
        if (isDrift) counts.caughtAsDrift++
      } else {
        counts.quiet++
        if (drifts.length > 0) counts.falseAlarms++
        if (isDrift) counts.falseAlarmsAsDrift++
      }
      if (made.isDrift !== drifts.length > 0 && failures.length < shownFailures)
        failures.push(
          `${service}: ${made.kind} at ${made.path}:${made.start}: ${drifts[0]?.after ?? 'not caught'}`,
        )
    }
    if (counts.mutants + counts.quiet > 0) totals.set(service, counts)
  }
  if (totals.size === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `No folder in ${folder} has a service with code that could be changed.`,
    })
  const all = noCounts()
  for (const one of totals.values()) for (const name of countNames) all[name] += one[name]
  const { falseAlarms, quiet, caught, caughtAsDrift, mutants } = all
  const limits = (hits: number, n: number): [number, number] => {
    const { low, high } = wilsonInterval(hits, n)
    return [low, high]
  }
  return {
    n: mutants + quiet,
    metrics: {
      ...ratesOf(all),
      ...Object.fromEntries([...byKind].map(([kind, one]) => [`reported ${kind}`, one.reported / one.cases])),
    },
    intervals: {
      caught: limits(caught, mutants),
      caughtAsDrift: limits(caughtAsDrift, mutants),
      falseAlarms: limits(falseAlarms, quiet),
    },
    ...bySource(new Map([...totals].map(([source, counts]) => [source, ratesOf(counts)])), [
      'caught',
      'caughtAsDrift',
      'silent',
    ]),
    failures,
    notes: [
      'Mutants change what a client can see, at places behind operations; not each of them does. Intervals take cases for independent.',
      'AsDrift: without notes, by which a check does not fail. silent: of refactorings, those that nothing is said of.',
    ],
  }
}

/** Each made case with what is reported on its operations. */
async function checkMade(
  service: string,
  signal: AbortSignal,
): Promise<{ made: MadeCase; drifts: Drift[] }[]> {
  const root = await mkdtemp(join(tmpdir(), 'heavylift-made-drift-'))
  const quiet = () => undefined
  try {
    await cp(service, root, { recursive: true })
    const { set, modules } = await extractFacts(root, quiet, signal)
    const checked: { made: MadeCase; drifts: Drift[] }[] = []
    for (const run of makeCases([...modules.values()], set, { seed, wanted })) {
      signal.throwIfAborted()
      const edits = Map.groupBy(
        run.flatMap((one) => one.edits),
        ({ path }) => path,
      )
      for (const [path, own] of edits) {
        await mkdir(dirname(join(root, path)), { recursive: true })
        await writeFile(join(root, path), changedText(modules.get(path)?.text ?? '', own))
      }
      const now = await extractFacts(root, quiet, signal, { known: modules })
      const { drifts } = compareSets(set, now.set, await changesBetween({ modules, set }, now))
      for (const path of edits.keys()) {
        const was = modules.get(path)
        await (was ? writeFile(join(root, path), was.text) : rm(join(root, path)))
      }
      for (const made of run)
        checked.push({
          made,
          drifts:
            run.length === 1
              ? drifts
              : drifts.filter((one) =>
                  [one.requirement, ...one.usedBy].some((of) => made.operations.includes(of)),
                ),
        })
    }
    return checked
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const countNames = [
  'mutants',
  'caught',
  'caughtAsDrift',
  'quiet',
  'falseAlarms',
  'falseAlarmsAsDrift',
] as const
type Counts = Record<(typeof countNames)[number], number>
const noCounts = () => Object.fromEntries(countNames.map((name) => [name, 0])) as Counts

const ratesOf = ({ mutants, caught, caughtAsDrift, quiet, falseAlarms, falseAlarmsAsDrift }: Counts) => ({
  cases: mutants + quiet,
  caught: mutants === 0 ? 1 : caught / mutants,
  caughtAsDrift: mutants === 0 ? 1 : caughtAsDrift / mutants,
  falseAlarms: quiet === 0 ? 0 : falseAlarms / quiet,
  falseAlarmsAsDrift: quiet === 0 ? 0 : falseAlarmsAsDrift / quiet,
  silent: quiet === 0 ? 1 : 1 - falseAlarms / quiet,
})
