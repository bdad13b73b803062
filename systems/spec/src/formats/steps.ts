import type { Step } from './document.ts'
import type { ListItem } from './markdown-lines.ts'

const keywordForm = /(?:\*\*|__|\*|_)?\b(given|when|then|and|but)\b:?(?:\*\*|__|\*|_)?:?/giu

/** `- **WHEN** somebody asks` as a step; without a keyword at its head, the whole text with none. */
export function readStep(item: ListItem): Step {
  const match = /^(?:\*\*|__|\*|_)?(given|when|then|and|but)\b:?(?:\*\*|__|\*|_)?:?\s*(.*)$/isu.exec(
    item.text,
  )
  const span = { start: item.start, end: item.end }
  return match
    ? { keyword: keyword(match[1]), text: match[2] ?? '', span }
    : { keyword: null, text: item.text, span }
}

/**
 * `**Given** a, **When** b, **Then** c` in one sentence as steps, each at the span of the whole. Null where it is no such
 * sentence: keywords in bold count wherever they stand, plain ones in capitals or at a head of a clause.
 */
export function readInlineSteps(item: ListItem): Step[] | null {
  const marks = [...item.text.matchAll(keywordForm)].filter(
    (match) =>
      /[*_]/.test(match[0]) || match.index === 0 || /[,.;]\s*$/.test(item.text.slice(0, match.index)),
  )
  const kinds = new Set(marks.map((match) => match[1]?.toLowerCase()))
  if (!kinds.has('then') || !(kinds.has('when') || kinds.has('given'))) return null
  return marks.map((match, at) => ({
    keyword: keyword(match[1]),
    text: item.text
      .slice(match.index + match[0].length, marks[at + 1]?.index)
      .replace(/[,;.\s]+$/, '')
      .trim(),
    span: { start: item.start, end: item.end },
  }))
}

function keyword(word: string | undefined): Step['keyword'] {
  const lower = word?.toLowerCase()
  return lower === 'given' || lower === 'when' || lower === 'then' || lower === 'and' || lower === 'but'
    ? lower
    : null
}
