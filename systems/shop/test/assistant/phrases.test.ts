import { describe, expect, test } from 'vitest'
import { Phrases } from '../../src/assistant/phrases.ts'
import { languageOf } from '../../src/language/language.ts'
import { languageCodes } from '../../src/language/languages.ts'

const slotsOf = (line: string) =>
  [...new Set(Array.from(line.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? ''))].toSorted((a, b) =>
    a.localeCompare(b),
  )
const nameOf = (line: string) => line.slice(0, line.indexOf('=')).trim()

describe.each(languageCodes)('sentences in %s', (code) => {
  test('say all that English says, with the same slots [SHOP-TALK-05]', () => {
    const english = languageOf('en').answerLines
    const own = languageOf(code).answerLines
    for (const line of english) {
      const wordings = own.filter((each) => nameOf(each) === nameOf(line))
      expect(wordings.length, nameOf(line)).toBeGreaterThan(0)
      for (const wording of wordings) expect(slotsOf(wording), wording).toEqual(slotsOf(line))
    }
  })
})

test('the same message is answered in the same words, another perhaps in others', () => {
  const { language } = { language: languageOf('en') }
  const say = (seed: string) => new Phrases(language, seed).say('chat.greeting')
  expect(say('hi')).toBe(say('hi'))
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(say)).size).toBeGreaterThan(1)
})
