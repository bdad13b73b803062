import { ofAny, withoutCommon } from '../requirements/common.ts'
import { leavesOut } from '../requirements/say-condition.ts'
import type { SpecDocument } from '../formats/document.ts'
import { incompatible, meet, readClauses, stems } from './compare.ts'
import type { ClauseForm } from './compare.ts'
import { finding } from './finding.ts'
import type { Finding } from './finding.ts'
import { holesBetween, sayInterval } from './interval.ts'
import { checkScenarios } from './scenarios.ts'
import { readStatements } from './statement.ts'
import type { Statement } from './statement.ts'
import { undefinedTerms } from './terms.ts'
import { vagueWords } from './words.ts'

export interface LintSettings {
  /** Words that are vague here too, and words of the list that are not. */
  vague: readonly string[]
  allowed: readonly string[]
}

export const noSettings: LintSettings = { vague: [], allowed: [] }

/** What is wrong with the statements of a spec, in order of place. Statements without a modal of English are not judged by their form. */
export function lintDocument(written: SpecDocument, settings: LintSettings = noSettings): Finding[] {
  // What is common is read with what each operation says itself: both are of one case.
  const [document = written] = withoutCommon([written])
  const statements = readStatements(document)
  const contradictions = checkContradictions(statements)
  const findings = [
    // What a bugfix says of the defect is what is, not what shall be.
    ...statements
      .filter(({ requirement }) => document.kind !== 'bugfix' || requirement !== '1')
      .flatMap(checkForm),
    ...checkDetail(statements),
    ...checkWords(statements, settings),
    ...undefinedTerms(document, statements),
    ...contradictions,
    // One that says otherwise in the very words of a sentence is found already.
    ...checkScenarios(statements).filter(({ span }) => contradictions.every((one) => one.span !== span)),
    ...checkGaps(statements, document.text),
  ]
  const once = new Map(
    findings.map((one) => [JSON.stringify([one.rule, one.span, ofAny(one.message, one.requirement)]), one]),
  )
  return [...once.values()].toSorted((a, b) => a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1))
}

const isEnglish = (text: string) => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return (
    letters > 0 &&
    (text.match(/[a-z]/gi)?.length ?? 0) / letters > 0.9 &&
    /\b(?:the|a|an|is|are|to|of)\b/i.test(text)
  )
}

function checkForm(statement: Statement): Finding[] {
  if (statement.source !== 'criterion') return []
  const { modal, clauses, subject, response, text } = statement
  // The keywords are English in specs of every language; what is between them need not be.
  const isBegun = /^\W*(?:where|while|when|if)\b/i.test(text)
  if (!isBegun && (modal === null || !isEnglish(text))) return []
  if (modal === null) return [finding('ears-form', statement, 'It says when, but not who shall do what.')]
  // MAY permits, and is no slip (RFC 2119).
  if (modal !== 'shall' && modal !== 'must' && modal !== 'may')
    return [finding('ears-form', statement, `It says "${modal}": say SHALL where it is required.`)]
  if (clauses.some((clause) => clause.text === ''))
    return [finding('ears-form', statement, 'A clause of it has no condition.')]
  if (subject === '') return [finding('ears-form', statement, 'It does not say who shall.')]
  if (response.replace(/[.\s]+$/, '') === '')
    return [finding('ears-form', statement, 'It does not say what shall happen.')]
  return []
}

/** How a thing is built belongs to the design (INCOSE R31). */
const detailForms: [RegExp, string][] = [
  [/\b[a-z][A-Za-z0-9_]*\((?:[a-zA-Z_][\w, ]*)?\)/, 'a call of code'],
  [
    /(?:^|\s)(?:\.{0,2}\/)?(?:[\w-]+\/)+[\w-]+\.(?:ts|tsx|js|py|java|go|rb|rs|cs|cpp|hpp|kt|swift)\b/,
    'a file of code',
  ],
  [
    /\b(?:for|while) loop\b|\bprivate (?:method|field)\b|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*\b(?:FROM|VALUES|SET|WHERE)\b/,
    'how it is programmed',
  ],
]

/** Share of statements that name code above which the code is what the spec is about: a library's. */
const usualShare = 0.1

function checkDetail(statements: readonly Statement[]): Finding[] {
  const findings = statements.flatMap((statement) => {
    const found =
      statement.source === 'scenario'
        ? undefined
        : detailForms.find(([form]) => form.test(statement.response))
    return found ? [finding('detail', statement, `It names ${found[1]}: say what is seen from outside.`)] : []
  })
  return findings.length <= Math.max(1, statements.length * usualShare) ? findings : []
}

function checkWords(statements: readonly Statement[], { vague, allowed }: LintSettings): Finding[] {
  const without = new Set(allowed.map((word) => word.toLowerCase()))
  const lists = Object.entries({ ...vagueWords, 'vague word here': vague }).map(([kind, words]) => {
    const kept = words.filter((word) => !without.has(word.toLowerCase()))
    const escaped = kept
      .toSorted((a, b) => b.length - a.length)
      .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    // A weak phrase weakens what is required; elsewhere others attempt something.
    const lead =
      kind === 'weak phrase'
        ? String.raw`(?<=\b(?:shall|must|should)\s+(?:also\s+)?)`
        : String.raw`(?<![\w/.-])`
    return {
      kind,
      form: escaped.length > 0 ? new RegExp(`${lead}(?:${escaped.join('|')})(?![\\w/-])`, 'gi') : null,
    }
  })
  return statements
    .filter(({ source }) => source !== 'scenario')
    .flatMap((statement) => {
      const { prose } = statement
      const hits = lists.flatMap(({ kind, form }) =>
        form
          ? [...prose.matchAll(form)]
              .filter((hit) => !isMeasured(prose, hit))
              .map((hit) => ({ kind, word: hit[0] }))
          : [],
      )
      const [first] = hits
      if (!first) return []
      const rule = first.kind === 'weak phrase' ? 'untestable' : 'vague-word'
      const words = [...new Set(hits.map(({ word }) => `"${word.toLowerCase()}"`))].join(', ')
      return [finding(rule, statement, `${words}: say how much, or what is seen (${first.kind}).`)]
    })
}

/** A word that a number follows, or that a name has in it, is said precisely: `quickly (within 2 seconds)`, `fast lane`, `Simple_Queue`. */
function isMeasured(text: string, { index, 0: word }: RegExpExecArray): boolean {
  const behind = text.slice(index + word.length, index + word.length + 24)
  const isName =
    /^[A-Z]/.test(word) && index > 0 && /[a-z]\s$/.test(text.slice(Math.max(0, index - 2), index))
  // `how many`, `as soon as`, `immediately before`: a count or a place, not a degree.
  const isCount = /\b(?:how|as|so|too)\s+$/i.test(text.slice(Math.max(0, index - 6), index))
  const isPlace =
    /^\s+(?:before|after|preceding|following|above|below|adjacent|path|lane|track|forward)\b/i.test(behind)
  // `more often than the limit allows`: what it is compared with is the measure.
  const isCompared =
    /\b(?:more|less|as)\s+$/i.test(text.slice(Math.max(0, index - 6), index)) &&
    /^\s+(?:than|as)\b/i.test(behind)
  if (isName || isCount || isPlace || isCompared) return true
  return /^\s*(?:\(|,|:)?\s*(?:within|in|under|less than|<|≤|at most|of)?\s*\(?\d/.test(behind)
}

/** Whether a statement leaves open when it holds, as those do that are written from code that could not be followed. */
const isOpen = ({ clauses }: Statement): boolean =>
  clauses.some(({ text }) => leavesOut(text) || text.includes('…'))

function checkContradictions(statements: readonly Statement[]): Finding[] {
  const told = statements.filter((one) => !isOpen(one))
  const forms = new Map(told.map((one) => [one, readClauses(one)]))
  const groups = Map.groupBy(told, (one) => (forms.get(one) ?? []).map(({ words }) => words).join(' & '))
  const findings: Finding[] = []
  for (const group of groups.values())
    for (const [at, one] of group.entries())
      for (const other of group.slice(0, at)) {
        // Without a condition, only the very same promise with another number or a not in it is another promise.
        if (!meet(forms.get(one) ?? [], forms.get(other) ?? [])) continue
        const why = incompatible(one, other)
        if (why)
          findings.push(
            finding('contradiction', one, `Of the same case ${other.key} says otherwise: ${why}.`),
          )
      }
  return findings
}

const elseForm = /\b(?:otherwise|in all other cases|any other|for all others?|else)\b/i

function checkGaps(statements: readonly Statement[], text: string): Finding[] {
  const findings: Finding[] = []
  const single = statements.flatMap((statement) => {
    const forms = readClauses(statement)
    return forms.flatMap((form, at) =>
      form.interval || form.value !== null
        ? [
            {
              statement,
              form,
              key: JSON.stringify([form.words, forms.filter((_, n) => n !== at).map(sameForm)]),
            },
          ]
        : [],
    )
  })
  for (const group of Map.groupBy(single, ({ key }) => key).values()) {
    const last = group.at(-1)?.statement
    if (group.length < 2 || !last) continue
    // `Otherwise` in one of them, or right behind them, is for all the rest.
    const behind = statements[statements.indexOf(last) + 1]
    if ([...group.map(({ statement }) => statement), behind].some((one) => one && elseForm.test(one.text)))
      continue
    const intervals = group.flatMap(({ form }) => (form.interval ? [form.interval] : []))
    if (intervals.length > 1) {
      const holes = holesBetween(intervals)
      const keys = group.map(({ statement }) => statement.key).join(' and ')
      if (holes.length > 0)
        findings.push(
          finding(
            'gap',
            last,
            `${keys} leave out ${holes.map(sayInterval).join(', ')}: nothing says what happens then.`,
          ),
        )
    }
    // A scenario is an example; that others have none says nothing.
    const values = new Set(
      group.flatMap(({ form, statement }) =>
        form.value === null || statement.source === 'scenario' ? [] : [form.value],
      ),
    )
    const missing = values.size > 1 ? missingValues(text, values, group[0]?.form.words ?? '') : []
    if (missing.length > 0)
      findings.push(
        finding('gap', last, `Nothing says what happens for ${missing.map((one) => `"${one}"`).join(', ')}.`),
      )
  }
  return findings
}

const sameForm = ({ words, interval, value }: ClauseForm) => [words, interval, value]

const listForm =
  /(?:["“'‘`][^"”'’`\n]{1,40}["”'’`]|\b[A-Z][A-Z_]{2,}\b)(?:\s*(?:,|\/|\||\bor\b|\band\b)+\s*(?:["“'‘`][^"”'’`\n]{1,40}["”'’`]|\b[A-Z][A-Z_]{2,}\b))+/g

/** Values that the document lists together with those that have a statement, of the same thing, and that have none themselves. */
function missingValues(text: string, named: ReadonlySet<string>, words: string): string[] {
  for (const line of text.split('\n')) {
    const about = new Set(stems(line))
    if (!words.split(' ').some((word) => word !== '#' && about.has(word))) continue
    for (const [list] of line.matchAll(listForm)) {
      const listed = new Set(
        list
          .split(/\s*(?:,|\/|\||\bor\b|\band\b)+\s*/)
          .map((one) => one.replaceAll(/["“”'‘’`]/g, '').toLowerCase()),
      )
      if (listed.size > named.size && [...named].every((value) => listed.has(value)))
        return [...listed].filter((value) => !named.has(value))
    }
  }
  return []
}
