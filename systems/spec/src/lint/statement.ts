import type { SpecDocument } from '../formats/document.ts'
import type { Span } from '../formats/source-text.ts'

/** One testable sentence of a spec, taken apart as EARS has it (Mavin and others, RE'09). */
export interface Statement {
  requirement: string
  /** `1.2` of a criterion, the name of a scenario, else the requirement's key. */
  key: string
  text: string
  /** The text with what stands in code or in quotes left blank: names of others, not words of the author. */
  prose: string
  span: Span
  source: 'criterion' | 'requirement' | 'scenario'
  /** Clauses of WHERE, WHILE, WHEN and IF, in order. */
  clauses: { keyword: 'where' | 'while' | 'when' | 'if'; text: string }[]
  /** Who shall; empty in a scenario. */
  subject: string
  modal: string | null
  isNegative: boolean
  response: string
}

const requiredForm = /\b(shall|must)(?:\s+(not|never))?\b/i
const otherForm = /\b(should|will|may|can)(?:\s+(not|never))?\b/i
/** `IF the stock is empty`, and `IF, for an order, the stock is empty`. */
const clauseForm = /(?:^|[,;]\s*(?:and\s+)?|\s+and\s+)(where|while|when|if)(?:,\s*|\s+)/giu

/** All statements of a document: criteria, else the sentences of a requirement, and scenarios. */
export function readStatements(document: SpecDocument): Statement[] {
  return document.requirements.flatMap((requirement): Statement[] => {
    const { key, text, textSpan, criteria, scenarios, operation } = requirement
    if (operation === 'removed' || operation === 'renamed') return []
    // A user story of Kiro is no statement; elsewhere criteria are those of what is common.
    const own = criteria.length > 0 && document.format === 'kiro' ? [] : sentences(text, textSpan)
    return [
      ...criteria.map((one) =>
        parseStatement(one.text, { requirement: key, key: one.key, span: one.span, source: 'criterion' }),
      ),
      ...own.map((one) =>
        parseStatement(one.text, { requirement: key, key, span: one.span, source: 'requirement' }),
      ),
      ...scenarios.map(({ name, span, steps }): Statement => {
        let last = 'given'
        const parts: Record<'before' | 'after', string[]> = { before: [], after: [] }
        for (const step of steps) {
          if (step.keyword !== null && step.keyword !== 'and' && step.keyword !== 'but') last = step.keyword
          parts[last === 'then' ? 'after' : 'before'].push(step.text)
        }
        return {
          requirement: key,
          key: name,
          text: steps.map((step) => step.text).join(' '),
          prose: '',
          span,
          source: 'scenario',
          clauses: parts.before.map((clause) => ({ keyword: 'when', text: plain(clause) })),
          subject: '',
          modal: null,
          isNegative: false,
          response: plain(parts.after.join(' and ')),
        }
      }),
    ]
  })
}

/** The subject of a statement whose clause runs on into it. */
export const unparted = '?'

/** Takes a sentence apart; what is no EARS comes back with the whole text as its response and without a modal. */
export function parseStatement(
  text: string,
  place: Pick<Statement, 'requirement' | 'key' | 'span' | 'source'>,
): Statement {
  const words = plain(text)
  const modal = requiredForm.exec(words) ?? otherForm.exec(words)
  const head = modal ? words.slice(0, modal.index) : ''
  const marks = [...head.matchAll(clauseForm)]
  const clauses = marks.map((mark, at) => ({
    keyword: keywordOf(mark[1]),
    text: head.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? head.length),
  }))
  const last = clauses.at(-1)
  let subject = head
  if (last) {
    // `…, THEN THE system` or `…, the system`: the last comma, or THEN, ends the last clause.
    const then = /[,;]?\s*\bthen\b\s*/i.exec(last.text)
    const comma = last.text.lastIndexOf(',')
    const the = last.text.search(/\bTHE\b/)
    const end = then ? then.index : comma !== -1 ? comma : the > 0 ? the : last.text.length
    subject = last.text.slice(then ? then.index + then[0].length : end + (comma === end ? 1 : 0))
    last.text = last.text.slice(0, end)
    // `The hint, when it is set, SHALL …`: who shall stands before the clause.
    if (subject.trim() === '') subject = head.slice(0, marks[0]?.index)
    // Where nothing parts the clause from who shall, it is somewhere in the clause.
    if (subject.trim() === '' && end === last.text.length) subject = unparted
  }
  return {
    ...place,
    text: words,
    prose: text.replaceAll(/`[^`]*`|"[^"]*"|“[^”]*”|\*\*|__/g, ' '),
    clauses: clauses.map((one) => ({ ...one, text: one.text.replace(/[,;\s]+$/, '').trim() })),
    subject: subject.replace(/^[\s,]*(?:then\s+)?(?:the\s+)?/i, '').trim(),
    modal: modal?.[1]?.toLowerCase() ?? null,
    isNegative: modal?.[2] !== undefined,
    response: modal ? words.slice(modal.index + modal[0].length).trim() : words,
  }
}

/** Without marks of emphasis and code, links by their text. */
function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function sentences(text: string, span: Span): { text: string; span: Span }[] {
  return text
    .split(/(?<=[.;])\s+(?=[A-Z])|\n/)
    .filter((one) => requiredForm.test(one) || /\bshould\b/i.test(one))
    .map((one) => ({ text: one, span }))
}

function keywordOf(word: string | undefined): Statement['clauses'][number]['keyword'] {
  const lower = word?.toLowerCase()
  return lower === 'where' || lower === 'while' || lower === 'if' ? lower : 'when'
}
