import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Definitions } from '../../extract/definitions.ts'
import { FoundNames } from '../../extract/found-names.ts'
import { missingIn, saidKinds, unledIn, unsaidIn } from '../../extract/shown.ts'
import type { Fact, OperationFact } from '../../facts/fact.ts'
import type { Module } from '../../parse/ir.ts'
import { ownPacks } from '../../packs/own-packs.ts'
import { packs as knownPacks } from '../../packs/packs.ts'
import type { Tally } from './compare.ts'

/** What of sentences the spans may leave out; `way`: the calls from what the framework calls to what the first span stands in. */
export const unshownKinds = [...saidKinds, 'way'] as const

/** Of what else is proved `published` is all and `hits` what its evidence shows. */
export const shownKinds = ['operationsShown', 'parametersShown', 'bodiesShown', 'modelsShown'] as const
type ShownKind = (typeof shownKinds)[number]

export interface ShownCount extends Record<ShownKind, Tally> {
  /** Answers and guards that are proved, and those of them whose evidence shows all that is said. */
  claimsProved: number
  claimsShown: number
  /** Of the others, how many lack one of each kind. */
  unshown: Record<(typeof unshownKinds)[number], number>
}

export const noneShown = (): ShownCount => ({
  operationsShown: none(),
  parametersShown: none(),
  bodiesShown: none(),
  modelsShown: none(),
  claimsProved: 0,
  claimsShown: 0,
  unshown: { status: 0, condition: 0, message: 0, role: 0, field: 0, value: 0, type: 0, guard: 0, way: 0 },
})

const none = (): Tally => ({ hits: 0, published: 0, found: 0 })

/** Counts what the spans of what is proved show. `modules`: what was read of the repository, by path. */
export async function countShown(
  root: string,
  facts: readonly Fact[],
  modules: ReadonlyMap<string, Module>,
): Promise<ShownCount> {
  const own = await ownPacks(root)
  const packs = own.length > 0 ? [...knownPacks, ...own] : knownPacks
  const definitions = new Definitions(modules.values(), new FoundNames(modules.values()))
  const operations = new Map(
    facts.flatMap((one): [string, OperationFact][] => (one.kind === 'operation' ? [[one.id, one]] : [])),
  )
  const files = new Map<string, Buffer>()
  const count = noneShown()
  for (const fact of facts) {
    const isAnswer = fact.kind === 'error' || fact.kind === 'response' || fact.kind === 'guard'
    const kind = shownKindOf(fact)
    if (fact.grade !== 'proved' || (!isAnswer && kind === null)) continue
    const spans = []
    for (const { path, startByte, endByte } of fact.evidence) {
      const content = files.get(path) ?? (await readFile(join(root, path)).catch(() => Buffer.alloc(0)))
      files.set(path, content)
      const text = content.subarray(startByte, endByte).toString('utf8')
      const module = modules.get(path)
      const start = content.subarray(0, startByte).toString('utf8').length
      const names = module
        ? definitions.callersAt({ module, start, end: start + text.length, symbol: '' })
        : []
      spans.push({ path, startByte, endByte, text, names })
    }
    const operation = 'operation' in fact ? operations.get(fact.operation) : undefined
    const texts = spans.map(({ text }) => text)
    if (kind !== null) {
      count[kind].published++
      if (missingIn(fact, texts, packs, operation ?? null).length === 0) count[kind].hits++
      continue
    }
    const missing = new Set([
      ...unsaidIn(fact, texts, packs).map(({ kind: of }) => of),
      ...(unledIn(spans, operation) ? ['way' as const] : []),
    ])
    count.claimsProved++
    if (missing.size === 0) count.claimsShown++
    for (const of of missing) count.unshown[of]++
  }
  return count
}

function shownKindOf({ kind }: Fact): ShownKind | null {
  if (kind === 'operation') return 'operationsShown'
  if (kind === 'parameter') return 'parametersShown'
  if (kind === 'body') return 'bodiesShown'
  return kind === 'model' ? 'modelsShown' : null
}
