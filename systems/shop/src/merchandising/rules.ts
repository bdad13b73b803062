import { InvalidInputError } from '@heavylift/core'

/** What a merchant decides about lists and answers, beside what ranking and facts say. Plain data, a line each. */
export type Rule =
  /** The product stands at this place (from 1) when the shopper asks for these words. */
  | { kind: 'pin'; query: string; productId: string; at: number }
  /** Products with this value stand higher or lower when the words are asked for; `*` for every query. */
  | { kind: 'boost' | 'bury'; query: string; facet: string; value: string }
  /** What the store itself answers to messages that say this; null: the assistant does not answer. */
  | { kind: 'answer'; says: string; answer: string | null }
  /** A promise about lists that is kept: checked again after every change. */
  | { kind: 'test'; query: string; productId: string; top: number }

const forms = [
  'pin WORDS = PRODUCT at 1',
  'boost WORDS = FACET: VALUE',
  'bury WORDS = FACET: VALUE',
  'answer WORDS = TEXT (or - for no answer)',
  'test WORDS = PRODUCT in top 3',
]

function parseRule(line: string): Rule | null {
  const [, kind, left = '', right = ''] =
    /^(pin|boost|bury|answer|test)\s+(.+?)\s*=\s*(.+)$/i.exec(line) ?? []
  const words = left.replace(/^["“](.*)["”]$/, '$1').trim()
  if (kind === undefined || words === '') return null
  switch (kind.toLowerCase()) {
    case 'pin': {
      const [, productId = '', at = '1'] = /^(.*?)(?:\s+at\s+(\d{1,3}))?$/i.exec(right) ?? []
      return productId === '' || Number(at) < 1
        ? null
        : { kind: 'pin', query: words, productId, at: Number(at) }
    }
    case 'test': {
      const [, productId = '', top = '3'] = /^(.*?)(?:\s+in\s+top\s+(\d{1,3}))?$/i.exec(right) ?? []
      return productId === '' || Number(top) < 1
        ? null
        : { kind: 'test', query: words, productId, top: Number(top) }
    }
    case 'answer':
      return { kind: 'answer', says: words, answer: right === '-' ? null : right }
    default: {
      const at = right.indexOf(':')
      const facet = right.slice(0, at).trim()
      const value = right.slice(at + 1).trim()
      if (at === -1 || facet === '' || value === '') return null
      return { kind: kind.toLowerCase() === 'boost' ? 'boost' : 'bury', query: words, facet, value }
    }
  }
}

/**
 * Reads rules, one a line; `#` begins a comment.
 * @throws InvalidInputError `rules-invalid` naming the line and the forms there are
 */
export function parseRules(lines: readonly string[]): Rule[] {
  return lines.flatMap((line, index) => {
    const text = line.replace(/(?:^|\s)#.*$/, '').trim()
    if (text === '') return []
    const rule = parseRule(text)
    if (rule !== null) return [rule]
    throw new InvalidInputError({
      code: 'rules-invalid',
      message: `Line ${index + 1}, "${text.slice(0, 80)}", is no rule. Write one of: ${forms.join('; ')}.`,
    })
  })
}
