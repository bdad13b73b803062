import { expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { joinedGuess, kindsMeant } from '../../src/understand/meant-kinds.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import type { TurnGuess, TurnKind } from '../../src/understand/turn-kind.ts'

/** What multilingual E5 small makes of messages of which no example has the words; a byte a number. */
const messages: {
  code: LanguageCode
  text: string
  byWords: string
  topic: string
  scale: number
  vector: string
}[] = [
  {
    code: 'fr',
    text: 'et si ça ne me plaît pas, vous le reprenez ?',
    byWords: 'search',
    topic: 'returns',
    scale: 0.001046,
    vector:
      'JhC5uTfQCBkbDEcaXhawHkTW3t0O3roFLyv+LTGzzu8L2VAC0c0o4OwyJmwoJNIgxu/cLghRJta0vs43JfcdDG0jFCHg28YdCvkZ9QfHOwjAycAy1y1MyhcPTDOzx8jo11Et1T36BOPSGhfPK8y3NhMkygjI0SfxR+3a0NfLKybxyycfDUwlMcb08ubADMkvUCVJ2UvSM+Fa+gTSqMIZONu4xuS31Bo/0OvCHsgZ/U3FTEUZ+P7l7Nyz3wcVAPouvN3iFtgzNDcV7iobVhLFDM48JO+wRb3jBiWnJzP1BpnqESDMyyQKAMC2w7zzIy3r6+gYyUfl6UT2JFvQz9jrRTMjxCkmzWpROSer6L3SwBV8wMXdQg/j0zLzEj4m9Osz1+AvuyHvMiEWObVI8+IIIIEeJhsmYD0y2cX1IPkSo9rY2M/HRRS45Tb4JvHcTdwB3yHm9gwf5xndsjzf6UgjxfU95BvX3wMwtelEPVE/D7wlmjIrr//azpsi0+IGQxUy',
  },
  {
    code: 'sv',
    text: 'hinner det fram till fredag om jag beställer nu?',
    byWords: 'add-to-cart',
    topic: 'shipping',
    scale: 0.001321,
    vector:
      'G+rf0DvO+go4HCrzPvXRLi7w7+oHC9AhITHzMy222evxxxkY594r9PMnJy4zJupA3vTfNyMWHM30xtEQSgQJDlAp+STR69oaDQIWESTLFN3G2usNzSgVzz8GPS7fzMXO5hwf9jH+B+7YEQfFNPHmMyMWv+vlzjHhMf3N4sgAJBoN7AkQ9SwoOfbz7NHgNvUONCZP1knyD9MdGB7qxNj5KM7FyPvg4As30+zTIc4S/UHiCkgg1vHK4uPf1h4k9foe17LRGNYHGyYK7iIYFfPMJtQcGMXGNOb7Hh7SDTH3H8PSBxLD9hrs7eDO8df9JDfp3uMgzTfb0CT8CxnQsdjnNConxDEE90IeKBft9dbY3x0/zNnoOjba4DkWGD8x2uUi5PQezjTeRA0DN90K87cWFoEMADMjKzJMwdQEDAMK7fHF3evLJP/H4CUHA97wP+vm4zP23/8azzLtzwz87zAc0gwrCBzX3AMazg8xH1Y5+usa3x8i0vHd08Ak28cQMv0n',
  },
]

const meantBy = (model: string, vector: string, scale: number) =>
  kindsMeant({
    model,
    vector: Float32Array.from(new Int8Array(Buffer.from(vector, 'base64')), (step) => step * scale),
  })

test.each(messages)('hears “$text” by what it means', ({ code, text, byWords, topic, scale, vector }) => {
  const heard = (model: string) =>
    readIntent(text, lexiconOf(code), code, text, () => false, meantBy(model, vector, scale))
  expect(heard('e5-small')).toMatchObject({ intent: 'service', topic })
  // Vectors of another model say something else.
  expect(heard('another-model').intent).toBe(byWords)
})

const guess = (kind: TurnKind, probability: number): TurnGuess => ({
  kind,
  probability,
  probabilities: new Map([
    [kind, probability],
    ['find', 1 - probability],
  ]),
})

test('is as sure as words and meaning are together, and of what no word tells only where meaning is sure', () => {
  const meant = new Map<TurnKind, number>([
    ['returns', 0.6],
    ['find', 0.4],
  ])
  expect(joinedGuess(guess('returns', 0.5), meant)?.probability).toBeCloseTo(0.6)
  // Words that are sure need no meaning.
  expect(joinedGuess(guess('find', 0.7), meant)).toEqual(guess('find', 0.7))
  expect(joinedGuess(guess('returns', 0.3), meant)?.kind).toBe('find')
  expect(joinedGuess(guess('returns', 0.6), null)).toEqual(guess('returns', 0.6))
  expect(joinedGuess(null, meant)?.kind).toBe('returns')
  expect(
    joinedGuess(
      null,
      new Map([
        ['returns', 0.4],
        ['find', 0.4],
        ['ask', 0.2],
      ]),
    ),
  ).toBeNull()
})
