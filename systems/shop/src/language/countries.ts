import { fold } from './fold.ts'
import type { LanguageCode } from './languages.ts'

const known = new Map<LanguageCode, ReadonlyMap<string, string>>()

/** Regions that are no country: the European Union, the United Nations, unknown ones. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB'])
const firstLetter = 'A'.charCodeAt(0)
const lettersAll = Array.from({ length: 26 }, (_, at) => String.fromCharCode(firstLetter + at))
/** Continents and their parts (UN M49), as CLDR names them: three digits. */
const continents = ['002', '003', '005', '009', '013', '019', '021', '142', '150', '155', '419']

/** Words alone, as they stand between spaces. */
const plain = (text: string): string =>
  fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The codes of countries and continents by what a language calls them (CLDR), plain. */
function countriesOf(code: LanguageCode): ReadonlyMap<string, string> {
  const found = known.get(code)
  if (found) return found
  const names = new Intl.DisplayNames(code, { type: 'region', fallback: 'none' })
  const short = new Intl.DisplayNames(code, { type: 'region', fallback: 'none', style: 'short' })
  const countries = new Map<string, string>()
  const pairs = lettersAll.flatMap((first) => lettersAll.map((second) => `${first}${second}`))
  for (const region of [...pairs, ...continents]) {
    if (noCountries.has(region)) continue
    for (const name of [names.of(region), short.of(region)])
      if (name !== undefined && !countries.has(plain(name))) countries.set(plain(name), region)
  }
  known.set(code, countries)
  return countries
}

/** Whether a code is that of a country, and not of a continent. */
export const isCountry = (region: string): boolean => /^[A-Z]{2}$/.test(region)

/** The codes of the countries and continents that a text names in one of some languages. */
export function countriesIn(text: string, codes: readonly LanguageCode[]): ReadonlySet<string> {
  const said = ` ${plain(text)} `
  const found = [...new Set(codes)].flatMap((code) =>
    [...countriesOf(code)].filter(([name]) => said.includes(` ${name} `)),
  )
  // "Guinea-Bissau" is no Guinea.
  return new Set(
    found.flatMap(([name, region]) =>
      found.some(([other]) => other !== name && other.includes(name)) ? [] : region,
    ),
  )
}
