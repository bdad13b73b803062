import type { Question, Review } from '../domain/product.ts'
import { plainText, wellFormed } from './clean-text.ts'
import { matchColumns, questionColumns, reviewColumns } from './columns.ts'
import { hashText } from './hash-text.ts'

type Fields = Record<string, unknown>
type Result<T> = { ok: true; value: T } | { ok: false; code: string; reason: string }

const scalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : ''

/** Milliseconds since the epoch of a date in ISO 8601, or of Unix seconds or milliseconds; null when it is none. */
function parseTime(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000
  if (/^\d{12,13}$/.test(text)) return Number(text)
  const parsed = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(parsed) ? null : parsed
}

/** Reads a review row. Without an id of its own it gets one from its content, so that a re-import is not a copy. */
export function parseReviewRow(fields: Fields, mapping: Readonly<Record<string, string>>): Result<Review> {
  const columns = matchColumns(Object.keys(fields), reviewColumns, mapping)
  const text = (column: keyof typeof reviewColumns) => {
    const name = columns.get(column)
    return name === undefined ? '' : scalar(fields[name])
  }
  const productId = plainText(text('product')).slice(0, 300)
  if (productId === '') return { ok: false, code: 'missing-id', reason: 'The review names no product.' }
  const rating = Number(text('rating').replace(',', '.'))
  if (text('rating') === '' || !(rating >= 1 && rating <= 5)) {
    const reason = `The rating "${text('rating').slice(0, 20)}" is not between 1 and 5.`
    return { ok: false, code: 'bad-rating', reason }
  }
  const date = text('date')
  const atMs = date === '' ? 0 : parseTime(date)
  if (atMs === null) {
    const reason = `The date "${date.slice(0, 40)}" is not a date; write it like 2026-05-31.`
    return { ok: false, code: 'bad-date', reason }
  }
  const body = wellFormed(plainText(text('text')).slice(0, 20_000))
  const author = wellFormed(plainText(text('author')).slice(0, 200))
  const value: Review = {
    id: plainText(text('id')).slice(0, 300) || `r-${hashText([productId, author, date, body].join('\n'))}`,
    productId,
    rating,
    title: wellFormed(plainText(text('title')).slice(0, 300)),
    text: body,
    author,
    atMs,
    verified: /^(?:true|yes|y|1)$/i.test(text('verified')),
  }
  return { ok: true, value }
}

/** Reads a question row: one question and one answer a row, or `answers` as a list in JSON. */
export function parseQuestionRow(
  fields: Fields,
  mapping: Readonly<Record<string, string>>,
): Result<Question> {
  const columns = matchColumns(Object.keys(fields), questionColumns, mapping)
  const text = (column: keyof typeof questionColumns) => {
    const name = columns.get(column)
    return name === undefined ? '' : scalar(fields[name])
  }
  const productId = plainText(text('product')).slice(0, 300)
  if (productId === '') return { ok: false, code: 'missing-id', reason: 'The question names no product.' }
  const question = wellFormed(plainText(text('question')).slice(0, 2000))
  if (question === '') return { ok: false, code: 'missing-question', reason: 'The question is empty.' }
  const listed: unknown = fields['answers']
  const given = (
    Array.isArray(listed) ? listed : [{ text: text('answer'), author: text('author'), votes: text('votes') }]
  )
    .filter((entry): entry is Fields => typeof entry === 'object' && entry !== null)
    .map((entry) => ({
      text: wellFormed(plainText(scalar(entry['text'])).slice(0, 5000)),
      author: wellFormed(plainText(scalar(entry['author'])).slice(0, 200)),
      votes: Math.max(0, Math.trunc(Number(scalar(entry['votes'])) || 0)),
    }))
    .filter((answer) => answer.text !== '')
  const id = plainText(text('id')).slice(0, 300) || `q-${hashText([productId, question].join('\n'))}`
  return { ok: true, value: { id, productId, question, answers: given.slice(0, 50) } }
}
