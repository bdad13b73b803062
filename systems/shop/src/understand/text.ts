/** A word, number or sign of a text, with where it stood. */
export interface Token {
  /** Lower case, without accents and possessives: `Women's` → `women`, `Café` → `cafe`. */
  word: string
  /** What matching compares: singular, one spelling, one of a set of synonyms. */
  stem: string
  kind: 'word' | 'number' | 'sign'
  start: number
  end: number
  /** Whether something that ends a phrase (comma, stop, line end) stands before it. */
  breakBefore: boolean
  /** Whether nothing at all stands between it and the token before: `5` and `mm` in `5mm`. */
  joined: boolean
  /** Whether only a hyphen stands between it and the token before: `pull` in `no-pull`. */
  hyphenated: boolean
}

const tokenPattern =
  /\d+(?:[.,]\d+)*(?:\/\d+)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’](?:s|m|re|ve|ll|d|t)?(?![\p{L}\p{N}]))?|[+%"″”$€£₱¥₹<>≤≥~&#]/gu
const breakPattern = /[,;!?|\n]|\.(?:\s|$)|\s[-–—]\s/

/** Splits a text into tokens. Numbers part from letters that follow (`500ml`), not from letters before (`a7`). */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let lastEnd = 0
  for (const match of text.matchAll(tokenPattern)) {
    const raw = match[0]
    const start = match.index
    const end = start + raw.length
    const first = raw.charCodeAt(0)
    const kind = first >= 48 && first <= 57 ? 'number' : /^[\p{L}\p{M}]/u.test(raw) ? 'word' : 'sign'
    const word = kind === 'word' ? plainWord(raw) : raw
    const gap = text.slice(lastEnd, start)
    tokens.push({
      word,
      stem: kind === 'word' ? stem(word) : word,
      kind,
      start,
      end,
      breakBefore: tokens.length > 0 && breakPattern.test(gap),
      joined: tokens.length > 0 && gap === '',
      hyphenated: tokens.length > 0 && /^[-‐‑]$/.test(gap),
    })
    lastEnd = end
  }
  return tokens
}

function plainWord(raw: string): string {
  const lower = raw.toLowerCase()
  // Most words are plain ASCII; the normalisation is worth its time only for the others.
  // oxlint-disable-next-line no-control-regex
  const plain = /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.replace(/['’](?:s|m|re|ve|ll|d|t)?$/, '')
}

/** Words that shops and shoppers use for the same thing, each set under its first word. Stems, so singular. */
const sameMeaning: readonly (readonly string[])[] = [
  ['color', 'colour', 'coloured', 'colored'],
  ['gray', 'grey'],
  ['kid', 'child', 'children', 'kiddie'],
  ['women', 'woman', 'lady', 'female', 'womens'],
  ['men', 'man', 'gent', 'gentleman', 'gentlemen', 'male', 'mens'],
  ['baby', 'infant'],
  ['insect', 'bug'],
  ['ball', 'ballpoint'],
  ['neck', 'neckline', 'necked'],
  ['shape', 'shaped'],
  ['theme', 'themed', 'inspired'],
  ['size', 'sized', 'sizing'],
  ['sleeve', 'sleeved'],
  ['fit', 'fitted', 'fitting'],
  ['waist', 'waisted'],
  ['style', 'styled'],
  ['aluminum', 'aluminium'],
  ['jewelry', 'jewellery', 'jewelery'],
  ['fiber', 'fibre'],
  ['stone', 'gemstone', 'gem'],
  ['piece', 'pcs', 'pc', 'item', 'unit'],
  ['moisturizing', 'moisturising', 'hydrating'],
  ['flavor', 'flavour'],
  ['multicolor', 'multicolour', 'multicolored', 'multicoloured', 'multi-color'],
  ['drop', 'fall'],
  ['recharging', 'rechargeable', 'rechargable'],
  ['mobile', 'cellphone', 'smartphone'],
  ['scent', 'fragrance'],
  ['bike', 'bicycle'],
  ['center', 'centre'],
  ['meter', 'metre'],
  ['liter', 'litre'],
  ['organizer', 'organiser'],
  ['pajama', 'pyjama'],
]
const meaning = new Map<string, string>()
for (const set of sameMeaning) for (const word of set) meaning.set(word, set[0] ?? word)

/** Light stemming: plural endings and one of a set of synonyms. `dresses` → `dress`, `batteries` → `battery`. */
export function stem(word: string): string {
  const direct = meaning.get(word)
  if (direct !== undefined) return direct
  const bare = singular(word)
  return meaning.get(bare) ?? bare
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word
  if (/(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** Words that carry no meaning of their own in a query. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an and any are as at be been but by can could do does for from get give had has have having he her here him his how i if ' +
    'in into is it its just let like me might must my need of on only or our out please she should so some such than ' +
    'that the their them then there these they this those to us very want was we were what when where which while who ' +
    'will with would you your am im also both comes come available looking look show find search shop buy options option prefer ' +
    'preferably product products item items something one ones style type made'
  ).split(' '),
)

/** Function words only: they may stand inside a value, but a span neither begins nor ends with one. */
export const functionWords: ReadonlySet<string> = new Set(
  'a an and the of for to in on with by or from at is are that it its as be'.split(' '),
)
