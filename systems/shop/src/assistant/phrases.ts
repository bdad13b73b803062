import { createRandom } from '@heavylift/core/math'
import type { Language } from '../language/language.ts'
import { languageOf } from '../language/language.ts'
import { formatMoneyIn, isPriced } from '../domain/money.ts'
import type { Money } from '../domain/product.ts'

const read = new WeakMap<Language, ReadonlyMap<string, readonly string[]>>()

function phrasesOf(language: Language): ReadonlyMap<string, readonly string[]> {
  const known = read.get(language)
  if (known) return known
  const phrases = new Map<string, string[]>()
  for (const line of language.answerLines) {
    const at = line.indexOf('=')
    const name = line.slice(0, at).trim()
    phrases.set(name, [...(phrases.get(name) ?? []), line.slice(at + 1).trim()])
  }
  read.set(language, phrases)
  return phrases
}

/**
 * Says things in a store's language, by the sentences of its data folder; English stands in where it has none. Of several wordings
 * the seed chooses one, so that the same question to the same facts is answered in the same words.
 */
export class Phrases {
  readonly #language: Language
  readonly #seed: string

  constructor(language: Language, seed: string) {
    this.#language = language
    this.#seed = seed
  }

  /** What it speaks: the shopper's language where that is another than the store's. */
  get language(): Language {
    return this.#language
  }

  /** The sentence of a name with its slots filled. Throws for a name that not even English has, and for a slot without a value. */
  say(name: string, slots: Readonly<Record<string, string | number>> = {}): string {
    const wordings = phrasesOf(this.#language).get(name) ?? phrasesOf(languageOf('en')).get(name)
    if (!wordings) throw new Error(`There is no sentence "${name}" in the language's answers.txt.`)
    const wording = createRandom(`${this.#seed} ${name}`).pick(wordings)
    return wording.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
      const value = slots[slot]
      if (value === undefined) throw new Error(`The sentence "${name}" needs {${slot}}.`)
      return String(value)
    })
  }

  /** `a, b and c` or `a, b or c`, in the store's language (CLDR). */
  listing(items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
    return listFormat(this.#language.code, type).format(items)
  }

  /** A whole number as the language groups it. */
  count(value: number): string {
    return value.toLocaleString(this.#locale)
  }

  /** `1 review`, `212 reviews`: the sentence of `name` with {n}, of `name.one` for one. */
  counted(name: string, n: number, slots: Readonly<Record<string, string>> = {}): string {
    return this.say(n === 1 ? `${name}.one` : name, { n: this.count(n), ...slots })
  }

  /** A price as the language writes it; `isShort` leaves out the cents that are none. */
  money(money: Money, isShort = false): string {
    return isPriced(money) ? formatMoneyIn(this.#locale, money, isShort) : this.say('price.on-request')
  }

  /** A day in words, by UTC. */
  day(atMs: number): string {
    const format = (days[this.#locale] ??= new Intl.DateTimeFormat(this.#locale, {
      dateStyle: 'long',
      timeZone: 'UTC',
    }))
    return format.format(atMs)
  }

  /** How long ago, in whole units: `3 days ago`. */
  ago(ms: number): string {
    const minutes = Math.floor(ms / 60_000)
    if (minutes < 2) return this.say('just-now')
    const format = new Intl.RelativeTimeFormat(this.#locale)
    if (minutes < 60) return format.format(-minutes, 'minute')
    const hours = Math.floor(minutes / 60)
    return hours < 24 ? format.format(-hours, 'hour') : format.format(-Math.floor(hours / 24), 'day')
  }

  get #locale(): string {
    return this.#language.code === 'en' ? 'en-US' : this.#language.code
  }
}

const days: Record<string, Intl.DateTimeFormat> = {}

/** For those who call the store by a tool, and for figures of ours. */
export const inEnglish = new Phrases(languageOf('en'), '')

const formats = new Map<string, Intl.ListFormat>()

/** English without the comma before the last, as shops write. */
function listFormat(code: string, type: 'conjunction' | 'disjunction'): Intl.ListFormat {
  const key = `${code} ${type}`
  const known = formats.get(key) ?? new Intl.ListFormat(code === 'en' ? 'en-GB' : code, { type })
  formats.set(key, known)
  return known
}
