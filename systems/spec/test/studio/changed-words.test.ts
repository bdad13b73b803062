import { expect, test } from 'vitest'
import { changedWords } from '../../console/studio/changed-words.ts'

const changed = (pieces: readonly { text: string; isChanged: boolean }[]): string =>
  pieces.map(({ text, isChanged }) => (isChanged && text.trim() !== '' ? `[${text}]` : text)).join('')

test('marks what differs in the middle, and nothing around it', () => {
  const { before, after } = changedWords(
    'POST /orders SHALL take quantity (1 to 20) and note.',
    'POST /orders SHALL take quantity (1 to 50) and note.',
  )
  expect(changed(before)).toBe('POST /orders SHALL take quantity (1 to [20)] and note.')
  expect(changed(after)).toBe('POST /orders SHALL take quantity (1 to [50)] and note.')
})

test('marks two places apart, and an expression of code as one', () => {
  const { before, after } = changedWords(
    'IF `user.age < 18` THEN the service SHALL answer 403 and say "too young".',
    'IF `user.age < 21` THEN the service SHALL answer 422 and say "too young".',
  )
  expect(changed(before)).toBe(
    'IF [`user.age < 18`] THEN the service SHALL answer [403] and say "too young".',
  )
  expect(changed(after)).toBe('IF [`user.age < 21`] THEN the service SHALL answer [422] and say "too young".')
})

test('marks what came, and nothing of what was', () => {
  const { before, after } = changedWords('It SHALL answer 200.', 'It SHALL answer 200 with a list.')
  expect(changed(before)).toBe('It SHALL answer [200.]')
  expect(changed(after)).toBe('It SHALL answer [200] [with] [a] [list.]')
})

test('keeps every character of both', () => {
  const long = Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ')
  const { before, after } = changedWords(`a ${long} z`, `b ${long} y`)
  expect(before.map(({ text }) => text).join('')).toBe(`a ${long} z`)
  expect(after.map(({ text }) => text).join('')).toBe(`b ${long} y`)
  expect(after[2]?.isChanged).toBe(true)
})
