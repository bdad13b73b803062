import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import { compareSets } from '../../drift/compare-code.ts'
import { changesBetween } from '../../drift/changes-between.ts'
import { isNote } from '../../drift/compare-facts.ts'
import { extractFacts } from '../../extract/extract-facts.ts'
import { bySource, sourceOf } from '../sources.ts'

const shownFailures = 30

/** What became of the code: `drift` (or `changed`, or a kind) says whether behaviour did, `requirement` whose. */
const labelSchema = z
  .object({
    drift: z.boolean().optional(),
    changed: z.boolean().optional(),
    kind: z.string().optional(),
    requirement: z.union([z.string(), z.array(z.string())]).optional(),
    operation: z.union([z.string(), z.array(z.string())]).optional(),
    detail: z.string().optional(),
  })
  .transform(({ drift, changed, kind, requirement, operation, detail }) => ({
    isDrift: drift ?? changed ?? !/refactor|format|rename|move|quiet|none/i.test(kind ?? ''),
    kind: kind ?? (drift === false || changed === false ? 'refactoring' : 'mutant'),
    requirements: [requirement ?? operation ?? []].flat(),
    detail: detail ?? '',
  }))

/** `heavylift eval spec.drift`: each case's code before and after, against its label. */
export async function runDriftEval({ dataDir, report, signal }: MeasureInput) {
  const folder = dataDir ?? join(import.meta.dirname, '..', '..', '..', 'samples', 'drift')
  const cases = (await readdir(folder, { recursive: true }))
    .filter((name) => basename(name) === 'label.json' && !/(?:^|[\\/])(?:before|after)[\\/]/.test(name))
    .map((name) => dirname(join(folder, name)))
    .toSorted()
  if (cases.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `No folder below ${folder} has a label.json. A case has before/, after/ and label.json with "drift" (true or false) and the "requirement" that changed.`,
    })
  const totals = new Map<string, ReturnType<typeof noCounts>>()
  const byKind = new Map<string, { cases: number; hits: number }>()
  const failures: string[] = []
  const quiet = () => undefined
  for (const [at, path] of cases.entries()) {
    signal.throwIfAborted()
    report({ stage: 'cases', done: at, total: cases.length, unit: 'cases' })
    const name = relative(folder, path).split(sep).join('/')
    const label = labelSchema.parse(JSON.parse(await readFile(join(path, 'label.json'), 'utf8')))
    const [before, after] = [
      await extractFacts(join(path, 'before'), quiet, signal),
      await extractFacts(join(path, 'after'), quiet, signal),
    ]
    const changes = await changesBetween(before, after)
    const { drifts } = compareSets(before.set, after.set, changes)
    const isAsDrift = drifts.some((one) => !isNote(one))
    const counts = totals.get(sourceOf(`${name}/`)) ?? noCounts()
    totals.set(sourceOf(`${name}/`), counts)
    counts.cases++
    const kind = byKind.get(label.kind) ?? { cases: 0, hits: 0 }
    byKind.set(label.kind, kind)
    kind.cases++
    if (drifts.length > 0) kind.hits++
    const [first] = drifts
    if (!label.isDrift) {
      counts.quiet++
      if (first) counts.falseAlarms++
      if (isAsDrift) counts.falseAlarmsAsDrift++
      if (first && failures.length < shownFailures)
        failures.push(
          `${name}: false alarm: ${first.kind} ${first.requirement}: ${first.before ?? ''} → ${first.after ?? ''}`,
        )
      continue
    }
    counts.mutants++
    if (first) counts.caught++
    if (isAsDrift) counts.caughtAsDrift++
    const wanted = label.requirements.map(plain)
    const isLocal =
      wanted.length === 0 ||
      drifts.some(({ requirement, usedBy }) =>
        [requirement, ...usedBy].some((one) => wanted.includes(plain(one))),
      )
    if (first && isLocal) counts.localised++
    if ((!first || !isLocal) && failures.length < shownFailures)
      failures.push(
        `${name}: ${first ? `on ${first.requirement}, not ${label.requirements.join(', ')}` : 'not caught'}: ${label.detail}`,
      )
  }
  const all = noCounts()
  for (const counts of totals.values()) for (const key of countNames) all[key] += counts[key]
  const rates = ({
    cases: n,
    mutants,
    caught,
    caughtAsDrift,
    localised,
    quiet: unchanged,
    falseAlarms,
    falseAlarmsAsDrift,
  }: typeof all) => ({
    cases: n,
    mutants,
    caught: mutants === 0 ? 1 : caught / mutants,
    caughtAsDrift: mutants === 0 ? 1 : caughtAsDrift / mutants,
    localised: caught === 0 ? 1 : localised / caught,
    falseAlarms: unchanged === 0 ? 0 : falseAlarms / unchanged,
    falseAlarmsAsDrift: unchanged === 0 ? 0 : falseAlarmsAsDrift / unchanged,
  })
  return {
    n: all.cases,
    metrics: {
      ...rates(all),
      ...Object.fromEntries([...byKind].map(([kind, one]) => [`reported ${kind}`, one.hits / one.cases])),
    },
    ...bySource(new Map([...totals].map(([source, counts]) => [source, rates(counts)])), [
      'caught',
      'localised',
    ]),
    failures,
    notes: [
      'localised: of those caught, the share on the requirement of the label, or without one in it.',
      'AsDrift: without the changes of code that only marks tell, by which a check fails where it is strict.',
    ],
  }
}

const countNames = [
  'cases',
  'mutants',
  'caught',
  'caughtAsDrift',
  'localised',
  'quiet',
  'falseAlarms',
  'falseAlarmsAsDrift',
] as const
const noCounts = () =>
  Object.fromEntries(countNames.map((name) => [name, 0])) as Record<(typeof countNames)[number], number>

/** `get /a/:id` and `GET /a/{slug}` are one requirement. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/\{[^{}]*\}|:\w+|<[^<>]*>/g, '{}')
    .replaceAll(/\/+$/g, '')
