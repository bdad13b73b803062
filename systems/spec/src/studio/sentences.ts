import { createHash } from 'node:crypto'
import type { Drift } from '../drift/compare-facts.ts'
import type { Evidence, Fact, Grade } from '../facts/fact.ts'
import type { SpecDocument } from '../formats/document.ts'
import { sentencesOf } from '../plan/change.ts'
import { titleOf, titlesOf } from '../drift/compare-facts.ts'
import { sayFact } from '../requirements/say-fact.ts'
import type { Requirement } from '../formats/document.ts'

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
  drifts: Pick<Drift, 'kind' | 'before' | 'after'>[]
  /** Hash of its sentences: an approval is of these. */
  textHash: string
  /** Tests of the repository that assert an answer of it. */
  tests: string[]
}

/**
 * Requirements of a document with the code of each sentence: a sentence is a fact's where it says what the fact says, word for
 * word. Facts that the code had when the spec was agreed come after those of now, so that what drifted still shows where it stood.
 */
export function showRequirements(
  document: SpecDocument,
  facts: readonly Fact[],
  agreed: readonly Fact[],
  drifts: readonly Drift[],
  endLine: (evidence: Evidence) => number,
): ShownRequirement[] {
  const [saidNow, saidThen] = [factsBySentence(facts), factsBySentence(agreed)]
  // Of what drifted the lines are those that do otherwise now, as the drift says.
  const drifted = new Map(
    drifts.flatMap(({ before, evidence }) => (before && evidence ? [[before, evidence]] : [])),
  )
  const tests = testsByOperation(facts)
  return document.requirements.map((requirement) => {
    const sentences = sentencesOf(requirement).map((text, at): Sentence => {
      const fact = saidNow.get(text) ?? saidThen.get(text)
      return {
        at,
        text,
        factId: fact?.id ?? null,
        grade: fact?.grade ?? null,
        spans: evidenceOf(fact, drifted.get(text)).map((one) => ({
          path: one.path,
          line: one.line,
          endLine: endLine(one),
          symbol: one.symbol,
        })),
      }
    })
    const title = requirement.title.trim() || requirement.key
    const own = new Set(sentences.flatMap(({ factId }) => (factId === null ? [] : [factId])))
    return {
      key: requirement.key,
      title,
      sentences,
      scenarios: requirement.scenarios.map(({ name, steps }) => ({
        name,
        steps: steps.map((step) => `${step.keyword?.toUpperCase() ?? ''} ${step.text}`.trim()),
      })),
      drifts: drifts
        .filter((drift) => drift.requirement === title || own.has(drift.factId))
        .map(({ kind, before, after }) => ({ kind, before, after })),
      textHash: textHashOf(requirement),
      tests: tests.get(title) ?? [],
    }
  })
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

export function textHashOf(requirement: Requirement): string {
  return createHash('sha256').update(sentencesOf(requirement).join('\n')).digest('hex').slice(0, 16)
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
