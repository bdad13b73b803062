import type { Requirement, Scenario, SpecDocument } from '../formats/document.ts'
import { readDocument } from '../formats/find-documents.ts'
import { applySplices, lineEnding } from '../formats/source-text.ts'
import type { Splice } from '../formats/source-text.ts'
import { writeInlineScenario, writeScenario } from '../formats/write.ts'
import { nameOf, sentencesOf, withTitle } from '../plan/change.ts'
import { escaped, literalChange } from '../plan/literal-change.ts'
import type { LiteralChange } from '../plan/literal-change.ts'
import { isScope } from '../requirements/common.ts'
import { readAnswer, readSteps, rewordBy, scenarioOf, stepsOf } from '../requirements/scenario.ts'
import type { ScenarioDraft } from '../requirements/scenario.ts'

/** A sentence that was reworded; `to` is null where it was taken out. */
interface Rewording {
  requirement: string
  from: string
  to: string | null
}

/**
 * The text of a document in which scenarios say what their sentences say since these were edited. A scenario that was edited too is left as it is.
 * One that people worded themselves follows in the number or text in which its sentence changed, where no other sentence has that.
 */
export function followSentences(before: SpecDocument, edited: SpecDocument): string {
  const after = followPaths(before, edited)
  const rewordings = rewordingsOf(before, after)
  if (rewordings.length === 0) return after.text
  const old = new Set(before.requirements.flatMap(({ scenarios }) => scenarios.map(whole)))
  const left = [...rewordings]
  const splices: Splice[] = []
  for (const requirement of after.requirements) {
    const names = new Set(requirement.scenarios.map(({ name }) => name))
    for (const scenario of requirement.scenarios) {
      if (!old.has(whole(scenario))) continue
      const at = left.findIndex((one) => isOf(scenario, one.from, nameOf(requirement)))
      const [own] = at === -1 ? [] : left.splice(at, 1)
      const text = own
        ? rewritten(after, scenario, { ...own, requirement: nameOf(requirement) }, names)
        : followLiterals(after, requirement, scenario, rewordings)
      if (text !== null) splices.push({ ...bodyOf(after, scenario), text })
    }
  }
  return spliced(after, splices)
}

/** Where the statement of an operation has another method or path, all of its requirement has: its name, sentences and scenarios. */
function followPaths(before: SpecDocument, after: SpecDocument): SpecDocument {
  const moves = rewordingsOf(before, after).flatMap(({ from, to }) => {
    const [old, now] = [from, to ?? ''].map((one) => statementForm.exec(one)?.[1])
    return old !== undefined && now !== undefined && old !== now ? [{ from: old, to: now }] : []
  })
  if (moves.length === 0) return after
  const splices = after.requirements.flatMap((requirement): Splice[] => {
    const said = sentencesOf(requirement)
    // What is common to several names them in its scope.
    const own = moves.filter(
      ({ from, to }) =>
        said.some(isScope) ||
        nameOf(requirement) === from ||
        said.includes(`THE service SHALL answer ${to}.`),
    )
    if (own.length === 0) return []
    const { start, end } = requirement.span
    const text = own.reduce((all, { from, to }) => withTitle(all, from, to), after.text.slice(start, end))
    return [{ start, end, text }]
  })
  return readDocument(applySplices(after.text, splices), { format: after.format, kind: 'spec' })
}

const statementForm = /^THE service SHALL answer ((?:Any method|[A-Z]+) \/\S*)\.$/

/** The text of a document in which sentences of ours say what their scenarios say since these were edited. */
export function followScenarios(before: SpecDocument, after: SpecDocument): string {
  const old = new Map(before.requirements.map((one) => [nameOf(one), one]))
  const splices = after.requirements.flatMap((requirement) => {
    const previous = old.get(nameOf(requirement))
    if (!previous) return []
    const was = without(previous.scenarios, requirement.scenarios)
    const is = without(requirement.scenarios, previous.scenarios)
    if (was.length !== is.length) return []
    return was.flatMap((scenario, at) => {
      const now = is[at]
      const sentence = sentencesOf(requirement).find((one) => isOf(scenario, one, nameOf(requirement)))
      const next = sentence && now ? rewordBy(sentence, now) : null
      if (!sentence || !now || next === null) return []
      const start = after.text.indexOf(sentence, requirement.span.start)
      const draft = scenarioOf(next, nameOf(requirement))
      const text = draft === null ? null : written(after, now, draft)
      return [
        { start, end: start + sentence.length, text: next },
        ...(text === null ? [] : [{ ...bodyOf(after, now), text }]),
      ]
    })
  })
  return spliced(after, splices)
}

/**
 * The text of a document in which scenarios of ours that no sentence of their requirement says any more are those of its sentences that
 * have none: of the same case, or with the same answer.
 */
export function mendScenarios(document: SpecDocument): string {
  const splices = document.requirements.flatMap((requirement) => {
    const drafts = sentencesOf(requirement).flatMap((one) => scenarioOf(one, nameOf(requirement)) ?? [])
    const said = new Set(drafts.map(stepsOf))
    const told = new Set(requirement.scenarios.map(stepsOf))
    const names = new Set(requirement.scenarios.map(({ name }) => name))
    const missing = drafts.filter((one) => !told.has(stepsOf(one)))
    return requirement.scenarios.flatMap((scenario) => {
      const steps = said.has(stepsOf(scenario)) ? null : readSteps(scenario)
      if (!steps) return []
      const at = missing.findIndex((one) => {
        const other = readSteps(one)
        return other?.condition === steps.condition || other?.answer === steps.answer
      })
      const [draft] = at === -1 ? [] : missing.splice(at, 1)
      if (!draft) return []
      const text = written(document, scenario, { ...draft, name: freeName(draft.name, scenario, names) })
      return [{ ...bodyOf(document, scenario), text }]
    })
  })
  return spliced(document, splices)
}

const whole = (scenario: Scenario) => JSON.stringify([scenario.name, stepsOf(scenario)])

function without(all: readonly Scenario[], others: readonly Scenario[]): Scenario[] {
  const there = new Set(others.map(whole))
  return all.filter((one) => !there.has(whole(one)))
}

function isOf(scenario: Scenario, sentence: string, requirement: string): boolean {
  const own = scenarioOf(sentence, requirement)
  return own !== null && stepsOf(own) === stepsOf(scenario)
}

function rewordingsOf(before: SpecDocument, after: SpecDocument): Rewording[] {
  const now = new Map(after.requirements.map((one) => [nameOf(one), one]))
  return before.requirements.flatMap((one) => {
    const next = now.get(nameOf(one))
    if (!next) return []
    const [old, fresh] = [sentencesOf(one), sentencesOf(next)]
    const gone = old.filter((sentence) => !fresh.includes(sentence))
    const come = fresh.filter((sentence) => !old.includes(sentence))
    return pairs(gone, come).map(([from, to]) => ({ requirement: nameOf(one), from, to }))
  })
}

/** Each sentence that went with the one that it became: the likest first, what is left in its order. */
function pairs(gone: readonly string[], come: readonly string[]): [string, string | null][] {
  const rest = new Set(come)
  const became = new Map<string, string>()
  const scored = gone
    .flatMap((from) => come.map((to) => ({ from, to, score: likeness(from, to) })))
    .toSorted((a, b) => b.score - a.score)
  for (const { from, to } of scored) if (!became.has(from) && rest.delete(to)) became.set(from, to)
  return gone.map((from) => [from, became.get(from) ?? null])
}

function likeness(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new Set(text.match(/[\p{L}\d_]+/gu)))
  const both = [...(left ?? [])].filter((word) => right?.has(word)).length
  return both / Math.max(1, (left?.size ?? 0) + (right?.size ?? 0) - both)
}

/** The scenario of a reworded sentence; null where it stays: nothing tells what people's own words make of it. */
function rewritten(
  document: SpecDocument,
  scenario: Scenario,
  { requirement, to }: Rewording,
  names: ReadonlySet<string>,
): string | null {
  const draft = to === null ? null : scenarioOf(to, requirement)
  if (draft) return written(document, scenario, { ...draft, name: freeName(draft.name, scenario, names) })
  return to === null || readAnswer(to) ? '' : null
}

/** Scenarios of a requirement that are called alike are told apart by a number. */
function freeName(name: string, { name: own }: Scenario, names: ReadonlySet<string>): string {
  for (let time = 1; ; time++) {
    const next = time === 1 ? name : `${name} (${time})`
    if (next === own || !names.has(next)) return next
  }
}

function written(document: SpecDocument, scenario: Scenario, draft: ScenarioDraft): string {
  if (document.format !== 'spec-kit') return writeScenario(draft)
  const text = document.text.slice(scenario.span.start, scenario.span.end)
  return `${/^\s*(?:\d+[.)]|[-*+])\s+/.exec(text)?.[0] ?? ''}${writeInlineScenario(draft)}`
}

/** A scenario that people worded, with the number or text in which a sentence of its requirement changed; null where it has it not. */
function followLiterals(
  document: SpecDocument,
  requirement: Requirement,
  scenario: Scenario,
  rewordings: readonly Rewording[],
): string | null {
  const { start, end } = bodyOf(document, scenario)
  const text = document.text.slice(start, end)
  // What we wrote is of one sentence.
  if (readSteps(scenario)) return null
  const next = rewordings.reduce((all, { requirement: name, from, to }) => {
    const change = name === nameOf(requirement) && to !== null ? literalChange(from, to) : null
    const form = change && formOf(change, from)
    const isShared = form && sentencesOf(requirement).some((one) => one.search(form) !== -1)
    return change && form && !isShared ? all.replace(form, change.to) : all
  }, text)
  return next === text ? null : next
}

/** Where else a literal means the same: a text, a status, a number of the same thing. */
function formOf({ from, to }: LiteralChange, sentence: string): RegExp | null {
  if (from.startsWith('"')) return new RegExp(escaped(from), 'g')
  const number = String.raw`(?<![\w.])${escaped(from)}(?![\w.])`
  const isStatus = [from, to].every((one) => /^[1-5]\d\d$/.test(one))
  const what = new RegExp(String.raw`${number}\s+([\p{L}]+)`, 'u').exec(sentence)?.[1]
  if (isStatus && (what === undefined || /^(?:and|or|to|with|where|when|if)$/i.test(what)))
    return new RegExp(number, 'g')
  return what === undefined ? null : new RegExp(String.raw`${number}(?=\s+${what}\b)`, 'g')
}

/** Where a scenario stands, without the blank lines behind it. */
function bodyOf({ text }: SpecDocument, { span }: Scenario) {
  const own = text.slice(span.start, span.end)
  return { start: span.start, end: span.end - (own.length - own.trimEnd().length) }
}

function spliced(document: SpecDocument, splices: readonly Splice[]): string {
  const ending = lineEnding(document.text)
  return applySplices(
    document.text,
    splices.map((one) => {
      // What goes takes the blank lines behind it along.
      const behind = one.text === '' ? (/^\s*/.exec(document.text.slice(one.end))?.[0].length ?? 0) : 0
      return { ...one, end: one.end + behind, text: one.text.replaceAll(/\r?\n/g, ending) }
    }),
  )
}
