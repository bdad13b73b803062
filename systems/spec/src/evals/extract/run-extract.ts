import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { extractFacts } from '../../extract/extract-facts.ts'
import { countExpected } from '../../extract/tests/count-expected.ts'
import type { ExpectedCount } from '../../extract/tests/count-expected.ts'
import type { Fact } from '../../facts/fact.ts'
import { factsOf } from '../../facts/fact-set.ts'
import { tokenHash } from '../../facts/token-hash.ts'
import { compare } from './compare.ts'
import type { Comparison, Tally } from './compare.ts'
import { countShown, noneShown, shownKinds, unshownKinds } from './count-shown.ts'
import type { ShownCount } from './count-shown.ts'
import { readPublished } from './published.ts'

const sample = join(import.meta.dirname, '../../../samples/services')

/** One repository, or each of a folder's that has its truth beside it. */
export async function runExtract(
  input: MeasureInput,
): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const dir = input.dataDir ?? sample
  const sources: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  const totals = noTotal()
  const all: Total[] = []
  for (const name of await sourcesIn(dir)) {
    const root = name === '' ? dir : join(dir, name)
    const { set, lines, seconds, modules } = await extractFacts(root, input.report, input.signal)
    const published =
      (await readPublished(root)) ?? (name === '' ? await readPublished(join(root, '..')) : null)
    const resolved = await countResolved(root, set.facts)
    const shown = await countShown(root, set.facts, modules)
    const compared = published ? compare(set.facts, published) : null
    const label = name === '' ? (dir.split('/').filter(Boolean).at(-1) ?? dir) : name
    const own: Total = {
      ...noTotal(),
      ...compared,
      claims: set.facts.length,
      claimsResolved: resolved,
      ...shown,
      ...expectedBy(countExpected(set.facts)),
      lines,
      seconds,
    }
    const found = factsOf(set.facts, 'operation').length
    if (!compared) own.operations = { hits: found, published: found, found }
    sources[label] = metricsOf(own, compared)
    all.push(own)
    addTo(totals, own)
    if (compared) {
      failures.push(
        ...compared.missing.map((one) => `${label}: ${one} is published and was not found`),
        ...compared.extra.map((one) => `${label}: ${one} was found and is not published`),
      )
      failures.push(...compared.details.slice(0, 40).map((one) => `${label}: ${one}`))
    }
  }
  const names = Object.keys(sources)
  const worst = Object.fromEntries(
    [
      'operationRecall',
      'operationPrecision',
      'parameterRecall',
      'parameterPrecision',
      'statusRecall',
      'statusPrecision',
      'errorStatusRecall',
      'errorStatusPrecision',
      'provedErrorStatusPrecision',
      'constraintRecall',
      'constraintPrecision',
      'signInRecall',
      'signInPrecision',
      'expectedErrorRecall',
      'expectedErrorToldShare',
      'expectedStatusRecall',
      ...shownKinds,
      'shownShare',
    ].flatMap((metric) => {
      const [lowest] = names
        .flatMap((source) =>
          sources[source]?.[metric] === undefined ? [] : [{ source, value: sources[source]?.[metric] ?? 0 }],
        )
        .toSorted((a, b) => a.value - b.value)
      return lowest ? [[metric, lowest]] : []
    }),
  )
  // Of what spans do not show, the repository with most.
  for (const metric of unshownKinds.map((kind) => `unshown.${kind}`)) {
    const [most] = names
      .map((source) => ({ source, value: sources[source]?.[metric] ?? 0 }))
      .toSorted((a, b) => b.value - a.value)
    if (most && most.value > 0) worst[metric] = most
  }
  return {
    n: names.length,
    metrics: metricsOf(totals, totals),
    sources,
    worst,
    intervals: intervalsOf(all),
    failures: failures.slice(0, 400),
    notes: [
      ...(all.length < fewestSources
        ? [`Intervals are over repositories: fewer than ${fewestSources} have none.`]
        : []),
      'Only what is published can be compared: an operation that is found and not published is an extra, listed under failures, and may well be there.',
    ],
  }
}

const tallies = [
  'operations',
  'parameters',
  'statuses',
  'errors',
  'provedErrors',
  'frameworkErrors',
  'constraints',
  'signIn',
] as const

export interface Total extends Pick<Comparison, (typeof tallies)[number]>, ShownCount {
  /** What tests of the repository expect: of `published` those that are told or asked (`hits`), those that are told (`told`). */
  expectedErrors: Tally
  expectedErrorsTold: Tally
  expectedOthers: Tally
  claims: number
  claimsResolved: number
  lines: number
  seconds: number
}

const expectedKinds = ['expectedErrors', 'expectedErrorsTold', 'expectedOthers'] as const

function expectedBy({
  errors,
  others,
}: Record<'errors' | 'others', ExpectedCount>): Pick<Total, (typeof expectedKinds)[number]> {
  const of = ({ expected }: ExpectedCount, hits: number) => ({ hits, published: expected, found: hits })
  return {
    expectedErrors: of(errors, errors.told + errors.asked),
    expectedErrorsTold: of(errors, errors.told),
    expectedOthers: of(others, others.told + others.asked),
  }
}

const noTotal = (): Total => ({
  operations: tally(),
  parameters: tally(),
  statuses: tally(),
  errors: tally(),
  provedErrors: tally(),
  frameworkErrors: tally(),
  constraints: tally(),
  signIn: tally(),
  expectedErrors: tally(),
  expectedErrorsTold: tally(),
  expectedOthers: tally(),
  claims: 0,
  claimsResolved: 0,
  ...noneShown(),
  lines: 0,
  seconds: 0,
})

function addTo(into: Total, one: Total): void {
  for (const key of [...tallies, ...expectedKinds, ...shownKinds]) sum(into[key], one[key])
  for (const key of ['claims', 'claimsResolved', 'claimsProved', 'claimsShown', 'lines', 'seconds'] as const)
    into[key] += one[key]
  for (const kind of unshownKinds) into.unshown[kind] += one.unshown[kind]
}

const fewestSources = 3
const draws = 2000

/** 95 % intervals of all shares: repositories are drawn anew (what one repository does wrong, it does in many operations). */
export function intervalsOf(all: readonly Total[]): Record<string, [number, number]> {
  if (all.length < fewestSources) return {}
  const random = createRandom('spec.extract')
  const drawn = new Map<string, number[]>()
  for (let draw = 0; draw < draws; draw++) {
    const total = noTotal()
    for (let at = 0; at < all.length; at++) addTo(total, random.pick(all))
    for (const [name, value] of Object.entries(metricsOf(total, total)))
      if (/(?:Recall|Precision|ToldShare)$/.test(name)) push(drawn, name, value)
  }
  return Object.fromEntries(
    [...drawn].map(([name, values]) => {
      const sorted = values.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
      return [name, [at(0.025), at(0.975)]]
    }),
  )
}

function push(into: Map<string, number[]>, name: string, value: number): void {
  const list = into.get(name)
  if (list) list.push(value)
  else into.set(name, [value])
}

const tally = (): Tally => ({ hits: 0, published: 0, found: 0 })

function sum(into: Tally, one: Tally): void {
  into.hits += one.hits
  into.published += one.published
  into.found += one.found
}

function metricsOf(total: Total, compared: object | null): Record<string, number> {
  const share = (name: string, { hits, published, found }: Tally): Record<string, number> =>
    compared === null
      ? {}
      : {
          ...(published > 0 ? { [`${name}Recall`]: hits / published } : {}),
          ...(found > 0 && published > 0 ? { [`${name}Precision`]: hits / found } : {}),
        }
  const recall = (name: string, { hits, published }: Tally) =>
    published > 0 ? { [name]: hits / published } : {}
  return {
    expectedErrors: total.expectedErrors.published,
    operations: total.operations.hits,
    operationsTotal: total.operations.published,
    extras: total.operations.found - total.operations.hits,
    ...share('operation', total.operations),
    ...share('parameter', total.parameters),
    ...share('status', total.statuses),
    ...share('errorStatus', total.errors),
    ...share('provedErrorStatus', total.provedErrors),
    ...share('frameworkErrorStatus', total.frameworkErrors),
    ...share('constraint', total.constraints),
    ...share('signIn', total.signIn),
    ...recall('expectedErrorRecall', total.expectedErrors),
    ...recall('expectedErrorToldShare', total.expectedErrorsTold),
    ...recall('expectedStatusRecall', total.expectedOthers),
    claims: total.claims,
    claimsResolved: total.claimsResolved,
    claimsProved: total.claimsProved,
    claimsShown: total.claimsShown,
    ...(total.claimsProved > 0 ? { shownShare: total.claimsShown / total.claimsProved } : {}),
    ...Object.fromEntries(unshownKinds.map((kind) => [`unshown.${kind}`, total.unshown[kind]])),
    ...Object.fromEntries(
      shownKinds.flatMap((kind) => {
        const { hits, published } = total[kind]
        return published > 0 ? [[kind, hits / published]] : []
      }),
    ),
    linesPerSecond: total.seconds > 0 ? Math.round(total.lines / total.seconds) : 0,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

async function sourcesIn(dir: string): Promise<string[]> {
  if (await readPublished(dir)) return ['']
  const entries = await readdir(dir, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries)
    if (entry.isDirectory() && (await readPublished(join(dir, entry.name)))) found.push(entry.name)
  return found.length > 0 ? found.toSorted() : ['']
}

/** Facts whose every span is in its file, with the tokens that its hash says. */
export async function countResolved(root: string, facts: readonly Fact[]): Promise<number> {
  const files = new Map<string, Buffer | null>()
  let resolved = 0
  for (const { evidence } of facts) {
    let isResolved = evidence.length > 0
    for (const { path, startByte, endByte, tokenHash: hash } of evidence) {
      if (!files.has(path)) files.set(path, await readFile(join(root, path)).catch(() => null))
      const content = files.get(path)
      if (
        !content ||
        endByte > content.length ||
        startByte >= endByte ||
        tokenHash(content.subarray(startByte, endByte).toString('utf8'), path.endsWith('.py')) !== hash
      )
        isResolved = false
    }
    if (isResolved) resolved++
  }
  return resolved
}
