import { fold } from './fold.ts'
import { nounFirst } from './languages.ts'
import type { LanguageCode } from './languages.ts'

/** Currencies that stores sell in, by ISO 4217. */
const sold =
  'USD EUR GBP JPY CNY INR PHP MXN BRL CAD AUD NZD CHF SEK NOK DKK PLN CZK HUF RON BGN TRY ILS AED SAR EGP ZAR NGN KES THB VND IDR MYR SGD HKD TWD KRW ARS CLP COP PEN UAH ISK PKR LKR BDT'.split(
    ' ',
  )
/** What shoppers call money whatever the store's currency is. */
const loose: ReadonlySet<string> = new Set(['$', 'dollar', 'dollars', 'buck', 'bucks'])
/** Names that CLDR does not have. */
const spoken: Readonly<Record<string, readonly string[]>> = {
  GBP: ['quid'],
  CNY: ['rmb'],
  INR: ['rs'],
  PKR: ['rs'],
  LKR: ['rs'],
  MYR: ['rm'],
  IDR: ['rp'],
}

const known = new Map<LanguageCode, ReadonlyMap<string, readonly string[]>>()

/**
 * Signs, codes and names of currencies in a language and in English (from CLDR, by `Intl`), lower case, with the codes that each may
 * mean; none for what shoppers say of any money.
 */
export function currencyWords(code: LanguageCode): ReadonlyMap<string, readonly string[]> {
  const found = known.get(code) ?? readCurrencies(code)
  known.set(code, found)
  return found
}

function readCurrencies(code: LanguageCode): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>()
  const add = (word: string, currency: string): void => {
    const codes = words.get(word) ?? []
    if (!codes.includes(currency)) words.set(word, [...codes, currency])
  }
  for (const currency of sold) {
    add(currency.toLowerCase(), currency)
    for (const word of spoken[currency] ?? []) add(word, currency)
    for (const language of new Set<LanguageCode>([code, 'en']))
      for (const name of namesOf(currency, language)) {
        add(name, currency)
        add(fold(name), currency)
      }
  }
  for (const word of loose) words.set(word, [])
  return words
}

function namesOf(currency: string, language: LanguageCode): string[] {
  const names = new Set<string>()
  const partOf = (currencyDisplay: 'symbol' | 'narrowSymbol' | 'name', count: number): string =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay,
      maximumFractionDigits: 0,
    })
      .formatToParts(count)
      .find(({ type }) => type === 'currency')
      ?.value.trim()
      .toLowerCase() ?? ''
  names.add(partOf('symbol', 1)).add(partOf('narrowSymbol', 1))
  for (const count of [1, 2, 1_000_000]) {
    const parts = partOf('name', count).split(/[\s-]+/)
    names.add((nounFirst.has(language) ? parts[0] : parts.at(-1)) ?? '')
  }
  names.delete('')
  return [...names]
}
