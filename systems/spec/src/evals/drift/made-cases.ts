import type { FactSet } from '../../facts/fact-set.ts'
import { operationTitle } from '../../requirements/say-fact.ts'
import type { Language, Module } from '../../parse/ir.ts'
import { lowerGo } from '../../parse/lower-go.ts'
import { lowerJava } from '../../parse/lower-java.ts'
import { lowerJavascript } from '../../parse/lower-javascript.ts'
import { lowerPython } from '../../parse/lower-python.ts'
import { changedText, functionsIn } from './code-places.ts'
import type { Change } from './code-places.ts'
import { fieldMutants, mutantsOf } from './mutants.ts'
import { orderMutantsOf } from './order-mutants.ts'
import { refactoringsOf } from './refactorings.ts'
import { reshapingsOf } from './reshapings.ts'
import { toolMutantsOf } from './tool-mutants.ts'

/** A change, and the operations behind which its code stands. */
export interface MadeCase extends Change {
  isDrift: boolean
  operations: string[]
}

/**
 * Refactorings and mutants of a service that was read, drawn by a seed: as many of each kind as may be, and none of code that no operation comes to.
 * Comes as runs: of the cases of one run no two are of one operation, so that what is reported is of one of them.
 */
export function makeCases(
  modules: readonly Module[],
  { facts, code }: FactSet,
  { seed, wanted }: { seed: number; wanted: { refactorings: number; mutants: number } },
): MadeCase[][] {
  const random = randomOf(seed)
  const titles = new Map(
    facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [])),
  )
  const units = code?.read?.words ?? []
  const behind = new Map<number, string[]>()
  for (const [id, all] of Object.entries(code?.read?.behind ?? {}))
    for (const at of all) behind.set(at, [...(behind.get(at) ?? []), titles.get(id) ?? id])
  const unitsOf = Map.groupBy(
    units.map((unit, at) => ({ ...unit, at })),
    ({ path }) => path,
  )
  const sited = facts.flatMap((fact) =>
    fact.kind === 'operation'
      ? fact.evidence.map(({ path, line }) => ({ path, line, title: operationTitle(fact) }))
      : [],
  )
  const operationsAt = (module: Module, start: number): string[] => {
    const line = module.text.slice(0, start).split('\n').length
    const own = (unitsOf.get(module.path) ?? []).filter((unit) => unit.line <= line && line <= unit.endLine)
    const least = Math.min(...own.map((one) => one.endLine - one.line))
    return [
      ...new Set([
        ...own.filter((one) => one.endLine - one.line === least).flatMap(({ at }) => behind.get(at) ?? []),
        ...sited.filter((one) => one.path === module.path && one.line === line).map(({ title }) => title),
      ]),
    ]
  }
  const models = new Set(
    facts.flatMap((fact) => (fact.kind === 'model' ? [fact.name.replace(/^.*\./, '')] : [])),
  )
  const made: MadeCase[] = []
  for (const module of modules) {
    if (
      /(?:^|\/)(?:tests?|__tests__|specs?|e2e|mocks?|migrations?|scripts?|fixtures)\/|[._](?:test|spec|e2e)\.|src\/test\/|_test\.go|(?:^|\/)test_/.test(
        module.path,
      )
    )
      continue
    if (
      /(?:^|\/)(?:config|settings|bootstrap|setup|cli|cmd)(?:\.\w+$|\/)|(?:^|\/)main\.\w+$/i.test(module.path)
    )
      continue
    if (!unitsOf.has(module.path) && !sited.some(({ path }) => path === module.path)) continue
    const put = (all: Change[], isDrift: boolean) => {
      for (const one of all) {
        const operations = operationsAt(module, one.start)
        if (operations.length > 0) made.push({ ...one, isDrift, operations })
      }
    }
    for (const place of functionsIn(module)) {
      put([...refactoringsOf(place, modules), ...reshapingsOf(place)], false)
      put([...mutantsOf(place), ...orderMutantsOf(place)], true)
      put(toolMutantsOf(place), true)
    }
    put(fieldMutants(module, models), true)
  }
  const byPath = new Map(modules.map((module) => [module.path, module]))
  const parses = ({ edits }: MadeCase) =>
    [...Map.groupBy(edits, ({ path }) => path)].every(([path, own]) => {
      const module = byPath.get(path)
      const lower = lowerings[module?.language ?? languageOf(path)]
      return lower(path, changedText(module?.text ?? '', own)).broken.length <= (module?.broken.length ?? 0)
    })
  const drawn = [false, true].flatMap((isDrift) => {
    const byKind = [
      ...Map.groupBy(
        shuffled(
          made.filter((one) => one.isDrift === isDrift),
          random,
        ),
        ({ kind }) => kind,
      ).values(),
    ]
    const most = isDrift ? wanted.mutants : wanted.refactorings
    const own: MadeCase[] = []
    for (let round = 0; own.length < most && byKind.some((all) => all.length > round); round++)
      for (const all of shuffled(byKind, random)) {
        const one = all[round]
        if (one && own.length < most && parses(one)) own.push(one)
      }
    return own
  })
  const runs: MadeCase[][] = []
  for (const one of drawn) {
    const run = runs.find((all) => all.every((other) => isApart(one, other)))
    if (run) run.push(one)
    else runs.push([one])
  }
  return runs
}

const lowerings = { javascript: lowerJavascript, python: lowerPython, java: lowerJava, go: lowerGo }
const languageOf = (path: string): Language =>
  path.endsWith('.py')
    ? 'python'
    : path.endsWith('.java')
      ? 'java'
      : path.endsWith('.go')
        ? 'go'
        : 'javascript'

const isApart = (a: MadeCase, b: MadeCase): boolean =>
  a.isDrift === b.isDrift &&
  !a.operations.some((one) => b.operations.includes(one)) &&
  !a.edits.some((one) => b.edits.some(({ path }) => path === one.path && a.kind.startsWith('rename-f'))) &&
  !a.edits.some((one) =>
    b.edits.some(
      (other) =>
        one.path === other.path &&
        one.start <= other.end &&
        other.start <= one.end &&
        one.start + other.start > 0,
    ),
  )

/** Numbers from 0 to 1 that come of a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const mixed = [...all]
  for (let at = mixed.length - 1; at > 0; at--) {
    const to = Math.floor(random() * (at + 1))
    const [a, b] = [mixed[at], mixed[to]]
    if (a !== undefined && b !== undefined) [mixed[at], mixed[to]] = [b, a]
  }
  return mixed
}
