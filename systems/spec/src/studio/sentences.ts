import { createHash } from 'node:crypto'
import { putTogether } from '../drift/common-drifts.ts'
import type { CommonDrift } from '../drift/common-drifts.ts'
import { titleOf, titlesOf } from '../drift/compare-facts.ts'
import type { Drift } from '../drift/compare-facts.ts'
import { grades } from '../facts/fact.ts'
import type { Evidence, Fact, Grade } from '../facts/fact.ts'
import type { Requirement, SpecDocument } from '../formats/document.ts'
import { nameOf, sentencesOf } from '../plan/change.ts'
import { anyOfThese, commonIn, isScope, ofOperation } from '../requirements/common.ts'
import type { CommonRequirement } from '../requirements/common.ts'
import { sayFact } from '../requirements/say-fact.ts'
import { asTold } from '../requirements/write-requirements.ts'

export interface Span {
  path: string
  line: number
  endLine: number
  symbol: string
}

export interface Sentence {
  /** Within its requirement, from 0. */
  at: number
  text: string
  /** Of the fact that it follows from; null where people say what no fact shows. */
  factId: string | null
  grade: Grade | null
  spans: Span[]
}

export interface ShownRequirement {
  key: string
  title: string
  sentences: Sentence[]
  scenarios: { name: string; steps: string[] }[]
  drifts: (Pick<Drift, 'kind' | 'before' | 'after'> & { operations: string[] })[]
  /** Hash of its sentences, with those that are common: an approval is of these. */
  textHash: string
  /** Tests of the repository that assert an answer of it. */
  tests: string[]
  /** Of what is common to several operations: their titles. */
  operations: string[]
  /** What common requirements say of an operation. */
  common: { key: string; title: string; isHere: boolean; sentences: string[] }[]
}

/**
 * Requirements of a document with the code of each sentence: a sentence is a fact's where it says what the fact says, word for
 * word, and a common one is of the facts of all its operations. Facts that the code had when the spec was agreed come after those of now, so
 * that what drifted still shows where it stood. `common` is what all documents have in common (`commonIn`).
 */
export function showRequirements(
  document: SpecDocument,
  facts: readonly Fact[],
  agreed: readonly Fact[],
  drifts: readonly Drift[],
  endLine: (evidence: Evidence) => number,
  common: readonly CommonRequirement[] = commonIn([document]).flat(),
): ShownRequirement[] {
  const factOf = factFinder(facts, agreed)
  // Of what drifted the lines are those that do otherwise now, as the drift says.
  const drifted = new Map(
    drifts.flatMap(({ before, evidence }) => (before && evidence ? [[before, evidence]] : [])),
  )
  const together = putTogether(drifts)
  const tests = testsByOperation(facts)
  return document.requirements.map((requirement) => {
    const shared = common.find(({ parts }) => parts.has(requirement))
    const sentences = sentencesOf(requirement).map((text, at): Sentence => {
      const told = shared ? shared.operations.map((title) => ofOperation(sentenceOf(text), title)) : [text]
      const own = told.flatMap((one) => factOf(one) ?? [])
      const places = told.flatMap((one) => evidenceOf(factOf(one), drifted.get(one)))
      const spans = places.map((one) => ({
        path: one.path,
        line: one.line,
        endLine: endLine(one),
        symbol: one.symbol,
      }))
      return {
        at,
        text,
        factId: own[0]?.id ?? null,
        // All of them are no better proved than the least.
        grade: grades.findLast((grade) => own.some((fact) => fact.grade === grade)) ?? null,
        spans: [...new Map(spans.map((one) => [`${one.path}:${one.line}`, one])).values()],
      }
    })
    const title = requirement.title.trim() || requirement.key
    const own = new Set(sentences.flatMap(({ factId }) => (factId === null ? [] : [factId])))
    const others = commonOf(requirement, document, common)
    return {
      key: requirement.key,
      title,
      sentences,
      scenarios: requirement.scenarios.map(({ name, steps }) => ({
        name,
        steps: steps.map((step) => `${step.keyword?.toUpperCase() ?? ''} ${step.text}`.trim()),
      })),
      drifts: driftsOf(requirement, drifts, together, shared, own).map(({ drift, operations }) => ({
        kind: drift.kind,
        before: drift.before,
        after: drift.after,
        operations,
      })),
      textHash: textHashOf(requirement, others, factOf),
      tests: tests.get(title) ?? [],
      operations: shared?.operations ?? [],
      common: others.map((one) => ({
        key: one.requirement.key,
        title: one.name,
        isHere: document.requirements.includes(one.requirement),
        sentences: one.sentences.map((text) => ofOperation(text, title)),
      })),
    }
  })
}

/** The scope of a common requirement is shown by where its operations are. */
const sentenceOf = (text: string) => (isScope(text) ? `THE service SHALL answer ${anyOfThese}.` : text)

/** What common requirements of its document, or of all, say of an operation. */
export function commonOf(
  requirement: Requirement,
  document: SpecDocument,
  common: readonly CommonRequirement[],
): CommonRequirement[] {
  const title = nameOf(requirement)
  return common.filter(
    (one) =>
      (one.isOfAll || document.requirements.includes(one.requirement)) && one.operations.includes(title),
  )
}

/**
 * What drifted of a requirement. What an operation shares drifted there, and of the operation only where it is not of others too; what is
 * new to several and shared by none is of each.
 */
export function driftsOf(
  requirement: Requirement,
  drifts: readonly Drift[],
  together: readonly CommonDrift[],
  shared?: CommonRequirement,
  facts: ReadonlySet<string> = new Set(),
): CommonDrift[] {
  if (shared)
    return putTogether(
      drifts.filter(({ before, requirement: title }) => before !== null && shared.says(before, title)),
    )
  const title = nameOf(requirement)
  return together.filter(
    ({ drift, operations }) =>
      drift.requirement === title ||
      (drift.common === '' && operations.includes(title)) ||
      (operations.length === 0 && facts.has(drift.factId)),
  )
}

export type FactFinder = (sentence: string) => Fact | undefined

/** What says a sentence now, else what said it when the spec was agreed. */
export function factFinder(facts: readonly Fact[], agreed: readonly Fact[]): FactFinder {
  const [now, then] = [factsBySentence(facts), factsBySentence(agreed)]
  return (sentence) => now.get(sentence) ?? then.get(sentence)
}

const bySentence = new WeakMap<readonly Fact[], Map<string, Fact>>()
/** Facts by what they say; kept, since each click in the studio asks for it. */
function factsBySentence(facts: readonly Fact[]): Map<string, Fact> {
  const kept = bySentence.get(facts)
  if (kept) return kept
  const titles = titlesOf(facts)
  const said = new Map(facts.map((fact) => [sayFact(fact, titleOf(fact, titles)), fact]))
  bySentence.set(facts, said)
  return said
}

function evidenceOf(fact: Fact | undefined, drifted: Evidence | undefined): readonly Evidence[] {
  const own = fact?.evidence ?? []
  return drifted ? [drifted, ...own.filter(({ path }) => path !== drifted.path)] : own
}

/** Hash of the sentences of a requirement and of what is common to it and others, in the order of its facts, wherever they stand. */
export function textHashOf(
  requirement: Requirement,
  common: readonly CommonRequirement[] = [],
  factOf: FactFinder = () => undefined,
): string {
  const title = nameOf(requirement)
  const others = common.flatMap(({ sentences }) => sentences.map((text) => ofOperation(text, title)))
  const all = [...sentencesOf(requirement), ...others].map((text) => ({ text, fact: factOf(text) }))
  const isToldByFacts = others.length > 0 && all.every(({ fact }) => fact)
  const inOrder = isToldByFacts
    ? all.toSorted((a, b) => (a.fact && b.fact ? asTold(a.fact, b.fact) : 0))
    : all
  return createHash('sha256')
    .update(inOrder.map(({ text }) => text).join('\n'))
    .digest('hex')
    .slice(0, 16)
}

function testsByOperation(facts: readonly Fact[]): Map<string, string[]> {
  const titles = titlesOf(facts)
  const tests = new Map<string, string[]>()
  for (const fact of facts) {
    if (fact.kind !== 'assertion') continue
    const title = titles.get(fact.operation) ?? ''
    tests.set(title, [...(tests.get(title) ?? []), `${fact.test}: ${fact.status}`])
  }
  return tests
}
