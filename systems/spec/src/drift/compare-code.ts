import { differenceOf, flowOf, readMark, sumOf, wordHash, wordsOf } from '../facts/code-mark.ts'
import type { CodeMarks } from '../facts/code-mark.ts'
import type { Evidence, Fact, OperationFact } from '../facts/fact.ts'
import { factsOf } from '../facts/fact-set.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import { besideDrifts } from './beside-code.ts'
import type { BesideChange } from './beside-code.ts'
import { byRequirement, compareFacts, pairOperations } from './compare-facts.ts'
import type { Comparison, Drift } from './compare-facts.ts'
import type { CodeChange } from './code-change.ts'
import { NameSums } from './name-sums.ts'
import { sameCode } from './same-code.ts'
import type { Marked } from './same-code.ts'

/** What of the code does something else, where both versions of it are known. */
export interface Changes {
  /** Null where that is not known. */
  behind: readonly CodeChange[] | null
  /** What stands behind no operation, and is named by some. */
  beside: readonly BesideChange[]
  /** What stands behind no operation that is known, and is named by none. */
  elsewhere: readonly CodeChange[]
}
export const noChanges: Changes = { behind: null, beside: [], elsewhere: [] }

type Part = NonNullable<CodeMarks['read']>['words'][number]

/** What the code does now against what was agreed: facts by what they say, and the code behind operations that no fact tells of by its marks. */
export function compareSets(
  before: Marked,
  now: Marked,
  { behind: changes, beside }: Changes = noChanges,
): Comparison {
  const agreedIds = agreedIdsOf(before, now)
  const compared = compareFacts(before.facts, now.facts, sameCode(before, now, agreedIds))
  const orders = (changes ?? []).filter(({ isOrder }) => isOrder)
  const comparison = { ...compared, drifts: withoutOrder(compared.drifts, before, now, orders) }
  const unsaid = [
    ...compareCode(before, now, comparison.drifts, changes ?? []),
    ...besideDrifts(beside, factsOf(now.facts, 'operation'), comparison.drifts),
  ]
  const drifts = unshownAsNotes(withCauses(comparison.drifts, before, now), now, changes)
  return { ...comparison, drifts: unsaid.length === 0 ? drifts : once([...drifts, ...unsaid]) }
}

/** Drifts without those that only come of the other order of checks in the code of their operation, which is told as that. */
function withoutOrder(drifts: Drift[], before: Marked, now: Marked, orders: readonly CodeChange[]): Drift[] {
  const read = now.code?.read
  if (!read || orders.length === 0 || before.code?.version !== now.code?.version) return drifts
  const facts = [...before.facts, ...now.facts]
  return factsOf(now.facts, 'operation').reduce((left, operation) => {
    const title = operationTitle(operation)
    const turned = clearChanges(operation, title, read, orders)
    if (turned.length === 0) return left
    return left.filter((one) => {
      if (one.requirement !== title || !/^(?:error|guard|response)$/.test(one.factKind)) return true
      const own = placesOf([one], facts).get(title) ?? []
      return !own.some((place) => turned.some(({ part }) => isIn(place, part)))
    })
  }, drifts)
}

/** In their order, those of the same change of code once. */
const once = (drifts: readonly Drift[]): Drift[] => [
  ...new Map(
    drifts
      .toSorted(byRequirement)
      .map((one) => [
        one.factKind === 'code'
          ? JSON.stringify([one.requirement, one.cause, one.before, one.after, one.evidence?.line])
          : one,
        one,
      ]),
  ).values(),
]

/** The operations of now of which the code does not do what it did in its order. */
export function otherCode(before: Marked, now: Marked): Set<string> {
  const [old, code] = [before.code, now.code]
  if (!old || !code || old.version !== code.version) return new Set()
  const agreed = [...agreedIdsOf(before, now)].filter(([is, was]) => {
    const [from, to] = [old.operations[was], code.operations[is]]
    return from !== undefined && to !== undefined && flowOf(from) !== flowOf(to)
  })
  return new Set(agreed.map(([is]) => is))
}

const agreedIdsOf = (before: Marked, now: Marked): Map<string, string> =>
  new Map([...pairOperations(before.facts, now.facts)].map(([from, to]) => [to, from]))

/** Drifts with the part of the code that changed: that in which they stand, else the only one behind their operation. */
function withCauses(drifts: readonly Drift[], before: Marked, now: Marked): Drift[] {
  const read = now.code?.read
  if (drifts.length === 0 || !read || !before.code || before.code.version !== now.code?.version)
    return [...drifts]
  const changed = changedParts(before.code, now.code, read.words)
  const behind = new Map<string, Part[]>()
  for (const operation of factsOf(now.facts, 'operation'))
    behind.set(
      operationTitle(operation),
      (read.behind[operation.id] ?? []).flatMap((at) => {
        const part = read.words[at]
        return part && changed.has(part) ? [part] : []
      }),
    )
  return drifts.map((drift) => {
    const { requirement, evidence } = drift
    const parts = behind.get(requirement) ?? []
    const [only] = parts
    const part =
      (evidence && parts.find((one) => isIn({ ...evidence, isModel: false }, one))) ??
      (parts.length === 1 ? only : undefined)
    return part ? { ...drift, cause: `${part.path}#${part.symbol}` } : drift
  })
}

/**
 * A drift for each operation whose code is not what it was, where none of `told` tells of the same place. Empty where one side has no marks, or marks of
 * another version.
 */
export function compareCode(
  before: Marked,
  now: Marked,
  told: readonly Drift[],
  changes: readonly CodeChange[] = [],
): Drift[] {
  const { read, ...marks } = now.code ?? { read: undefined }
  const old = before.code
  if (!old || !read || !('version' in marks) || old.version !== marks.version) return []
  const changed = changedParts(old, marks, read.words)
  let words: Map<number, string> | null = null
  let names: NameSums | null = null
  const agreedIds = agreedIdsOf(before, now)
  const places = placesOf(told, [...before.facts, ...now.facts])
  const agreedTitles = new Map(factsOf(before.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const cut = new Set(read.cut)
  const said = new Map<string, Found>()
  return factsOf(now.facts, 'operation').flatMap((operation): Drift[] => {
    const [was, is] = [old.operations[agreedIds.get(operation.id) ?? ''], marks.operations[operation.id]]
    if (was === undefined || is === undefined || flowOf(was) === flowOf(is)) return []
    const title = operationTitle(operation)
    // What has another path is told by that which it had.
    const agreedTitle = agreedTitles.get(agreedIds.get(operation.id) ?? '') ?? title
    const own = [...new Set([title, agreedTitle])].flatMap((one) => places.get(one) ?? [])
    const isTold = (part: Part) => own.some((one) => isIn(one, part))
    const clear = clearChanges(operation, title, read, changes).filter(({ part }) => !isTold(part))
    if (clear.length > 0) return clear.map(({ drift }) => drift)
    if (wordsOf(was) === wordsOf(is)) return []
    const parts = (read.behind[operation.id] ?? []).flatMap((index) => {
      const part = read.words[index]
      return part && changed.has(part) ? [part] : []
    })
    // Where it is followed may end elsewhere although no code changed.
    if (parts.length === 0 && (cut.has(operation.id) || own.length > 0)) return []
    if (parts.some(isTold)) return []
    const difference = differenceOf(readMark(wordsOf(is)), readMark(wordsOf(was)))
    if ((names ??= new NameSums(old, read.names)).has(difference)) return []
    const key = JSON.stringify([difference, parts.map(({ path, symbol }) => [path, symbol])])
    const found = said.get(key) ?? explain(difference, parts, (words ??= knownWords(read.words)), old, marks)
    said.set(key, found)
    return [driftOf(operation, title, found)]
  })
}

/**
 * Drifts of which the sentence is as it was, and only code that it is shown by in part is other code: told as that code, or as notes where both versions of the code
 * are known and nothing behind the operation does something else for sure.
 */
function unshownAsNotes(drifts: Drift[], now: Marked, changes: readonly CodeChange[] | null): Drift[] {
  const read = now.code?.read
  if (changes === null || !read || !drifts.some(({ unshown }) => unshown !== undefined)) return drifts
  const sure = changes.filter(({ isUnsure }) => !isUnsure)
  const changed = new Map(
    factsOf(now.facts, 'operation').map((operation) => {
      const title = operationTitle(operation)
      return [title, clearChanges(operation, title, read, sure)]
    }),
  )
  return drifts.map((drift) => {
    if (drift.unshown === undefined) return drift
    const [first, ...more] = changed.get(drift.requirement) ?? []
    if (!first) return { ...drift, kind: 'unproved', factKind: 'code', before: null, after: drift.unshown }
    const { evidence } = drift
    const told =
      [first, ...more].find(({ part }) => evidence && isIn({ ...evidence, isModel: false }, part)) ?? first
    return told.drift
  })
}

/** Changes of the code behind an operation after which it does something else. */
function clearChanges(
  operation: OperationFact,
  requirement: string,
  { behind, words, silent }: NonNullable<CodeMarks['read']>,
  changes: readonly CodeChange[],
): { part: Part; drift: Drift }[] {
  const own = [
    ...(behind[operation.id] ?? []).flatMap((at) => words[at] ?? []),
    // What only calls others may do so in another order.
    ...silent.flatMap((one) => (one.operations.includes(operation.id) ? { ...one, words: [] } : [])),
  ]
  return changes.flatMap(({ path, symbol, lines, was, is, isWhole, isUnsure }) => {
    if (isWhole) return []
    const part = own.find(
      (one) => one.path === path && lines.some((line) => one.line <= line && line <= one.endLine),
    )
    const [line = 0] = lines
    if (!part) return []
    const evidence = { path, symbol, startByte: 0, endByte: 0, line, tokenHash: '' }
    const drift: Drift = {
      kind: isUnsure ? 'unproved' : 'changed',
      requirement,
      factKind: 'code',
      before: isUnsure ? null : was,
      after: isUnsure ? untold(is) : is,
      evidence,
      factId: operation.id,
      usedBy: [],
      common: '',
      cause: `${path}#${symbol}`,
    }
    return [{ part, drift }]
  })
}

const untold = (what: string) => `Its code is not what was agreed, and no sentence tells of it: ${what}`

function driftOf(operation: OperationFact, requirement: string, { text, part, line }: Found): Drift {
  const [site] = operation.evidence
  const evidence: Evidence | null = part
    ? { path: part.path, symbol: part.symbol, startByte: 0, endByte: 0, line, tokenHash: '' }
    : (site ?? null)
  return {
    kind: 'unproved',
    requirement,
    factKind: 'code',
    before: null,
    after: untold(`${text}.`),
    evidence,
    factId: operation.id,
    usedBy: [],
    common: '',
    cause: part ? `${part.path}#${part.symbol}` : '',
  }
}

/** Parts of files that are not as they were, wherever they stood. */
function changedParts(old: CodeMarks, now: Omit<CodeMarks, 'read'>, parts: readonly Part[]): Set<Part> {
  const gone = new Set(
    Object.entries(old.places).flatMap(([path, all]) =>
      Object.entries(all).flatMap(([symbol, mark]) =>
        now.places[path]?.[symbol] === undefined ? [mark] : [],
      ),
    ),
  )
  return new Set(
    parts.filter(({ path, symbol, words }) => {
      const mark = now.places[path]?.[symbol]
      const was = old.places[path]?.[symbol]
      return words.length > 0 && mark !== was && !(was === undefined && mark !== undefined && gone.has(mark))
    }),
  )
}

/** Where something is told to have changed; what is told of a model is of all that its class holds. */
type Place = Pick<Evidence, 'path' | 'symbol' | 'line'> & { isModel: boolean }

/** By requirement, where the facts stand or stood that drifted. */
function placesOf(drifts: readonly Drift[], facts: readonly Fact[]): Map<string, Place[]> {
  const byId = Map.groupBy(facts, ({ id }) => id)
  const places = new Map<string, Place[]>()
  for (const { requirement, usedBy, evidence, factId, factKind } of drifts) {
    const own = [
      ...(evidence ? [evidence] : []),
      ...(byId.get(factId) ?? []).flatMap((fact) => fact.evidence),
    ].map((one) => ({
      ...one,
      isModel: factKind === 'model',
    }))
    for (const one of [requirement, ...usedBy]) places.set(one, [...(places.get(one) ?? []), ...own])
  }
  return places
}

const isIn = (one: Place, { path, symbol, line, endLine }: Part) =>
  one.path === path &&
  ((one.symbol !== '' && (one.symbol === symbol || (one.isModel && symbol.startsWith(`${one.symbol}.`)))) ||
    (line <= one.line && one.line <= endLine))

interface Found {
  text: string
  part: Part | null
  line: number
}

/** What changed, as far as two sums tell: one word that became another, words that came, and up to two that went. */
function explain(
  difference: number,
  parts: readonly Part[],
  known: ReadonlyMap<number, string>,
  old: CodeMarks,
  now: Omit<CodeMarks, 'read'>,
): Found {
  const name = ({ symbol, path }: Part) => (symbol === '' ? path.slice(path.lastIndexOf('/') + 1) : symbol)
  for (const part of parts)
    for (const [word, line] of part.words) {
      const was = known.get(differenceOf(wordHash(word), difference))
      if (was !== undefined) return { text: `\`${was}\` became \`${word}\` in \`${name(part)}\``, part, line }
    }
  for (const part of parts)
    for (const [from, [, line]] of part.words.entries()) {
      let sum = 0
      for (let to = from; to < part.words.length && to < from + 40; to++) {
        sum = sumOf(sum, wordHash(part.words[to]?.[0] ?? ''))
        if (sum !== difference) continue
        const text = part.words.slice(from, to + 1).map(([word]) => word)
        return { text: `\`${text.join(' ')}\` came to \`${name(part)}\``, part, line }
      }
    }
  const [part = null] = parts
  const line = part?.line ?? 0
  const lost = differenceOf(0, difference)
  const gone = known.get(lost)
  const of = part ? ` from \`${name(part)}\`` : ''
  if (gone !== undefined) return { text: `\`${gone}\` is gone${of}`, part, line }
  for (const [hash, word] of known) {
    const other = known.get(differenceOf(lost, hash))
    if (other !== undefined) return { text: `\`${word}\` and \`${other}\` are gone${of}`, part, line }
  }
  if (part) return { text: `\`${name(part)}\` is other code`, part, line }
  const left = symbolOf(old, lost)
  if (left !== null) return { text: `it does not come to \`${left}\` any more`, part, line }
  const come = symbolOf(now, difference)
  return { text: come === null ? 'it calls other code' : `it comes to \`${come}\` now`, part, line }
}

function symbolOf({ places }: Omit<CodeMarks, 'read'>, sum: number): string | null {
  for (const all of Object.values(places))
    for (const [symbol, mark] of Object.entries(all))
      if (symbol !== '' && readMark(mark) === sum) return symbol
  return null
}

const usualWords = [
  '== === != !== < <= > >= && || ?? ! + - * / % += -= ++ -- ** // & | ^ << >>',
  'in instanceof typeof await true false null if for while return throw break continue default',
]
  .join(' ')
  .split(' ')
  .concat('not in', "''")

/** Words that code may have had, by their hashes: those that it has, and usual ones. */
function knownWords(parts: readonly Part[]): Map<number, string> {
  const words = new Set(usualWords)
  for (let number = -1; number <= 1000; number++) words.add(String(number))
  for (const part of parts) for (const [word] of part.words) words.add(word)
  return new Map([...words].map((word) => [wordHash(word), word]))
}
