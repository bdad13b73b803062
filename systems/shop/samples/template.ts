import type { Random } from '@heavylift/core'

/** What a condition or a `{placeholder}` may name. */
export type Facts = Record<string, string>

/** `[audience=kids, material!=leather] text*3`: a text that applies under conditions, with a weight. */
interface Weighted {
  conditions: { name: string; value: string; equal: boolean }[]
  text: string
  weight: number
}

const cache = new Map<string, Weighted>()

function parse(source: string): Weighted {
  const known = cache.get(source)
  if (known) return known
  const match = /^(?:\[([^\]]*)\] )?(.*?)(?:\*(\d+))?$/s.exec(source)
  const parsed: Weighted = {
    conditions: (match?.[1] ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', value = ''] = part.split(/!?=/)
        return { name: name.trim(), value: value.trim(), equal: !part.includes('!=') }
      }),
    text: match?.[2] ?? source,
    weight: Number(match?.[3] ?? 1),
  }
  cache.set(source, parsed)
  return parsed
}

function applies(item: Weighted, facts: Facts): boolean {
  return item.conditions.every(({ name, value, equal }) => (facts[name] === value) === equal)
}

/** The texts whose conditions hold. */
export function applicable(sources: readonly string[], facts: Facts): string[] {
  return sources
    .map(parse)
    .filter((item) => applies(item, facts))
    .map((item) => item.text)
}

/** One of the texts whose conditions hold, by weight; null when none holds. */
export function choose(sources: readonly string[], facts: Facts, random: Random): string | null {
  const items = sources.map(parse).filter((item) => applies(item, facts))
  let left = random.next() * items.reduce((sum, item) => sum + item.weight, 0)
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item.text
  }
  return items.at(-1)?.text ?? null
}

const possessive: Record<string, string> = { men: "Men's", women: "Women's", kids: "Kids'", unisex: '' }

export function titleCase(text: string): string {
  return text.replace(
    /(^|[\s(-])([a-z])/g,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  )
}

/** Fills `{name}`; `{Name}` in title case with audiences as possessives. An unknown name is a defect in the data. */
export function fillTitle(template: string, facts: Facts): string {
  return substitute(template, facts, (value, key) =>
    key === 'audience' ? (possessive[value] ?? titleCase(value)) : titleCase(value),
  )
}

/** Fills `{name}` in a sentence; `{Name}` begins with a capital. Articles follow from the next sound. */
export function fillSentence(template: string, facts: Facts): string {
  return substitute(template, facts, (value) => value.charAt(0).toUpperCase() + value.slice(1)).replace(
    /(^|\s)(a) (?=(?:[aeio]|un(?!i)|8|11\b|18\b))/gi,
    '$1$2n ',
  )
}

const written = new Map(
  'QHD HD USB-C IPS VA HEPA Hz MB/s Nm mAh GPS Ethiopia Colombia Brazil Guatemala English March April SPF'
    .split(' ')
    .map((word) => [word.toLowerCase(), word] as const),
)

/** Facts are lower case; prose writes units, acronyms and names as they are written. */
function display(value: string): string {
  return value
    .split(' ')
    .map((word, index) => {
      if (/^(?:ip[x\d]\d|e\d\d|\d?k|a\d)$/.test(word)) return word.toUpperCase()
      if (index > 0 && (word === 'v' || word === 'w')) return word.toUpperCase()
      return written.get(word) ?? word
    })
    .join(' ')
}

function substitute(template: string, facts: Facts, capital: (value: string, key: string) => string): string {
  return template
    .replace(/\{([A-Za-z_]+)\}/g, (_all, name: string) => {
      const key = name.toLowerCase()
      const value = facts[key]
      if (value === undefined)
        throw new Error(`The template "${template}" names "${key}", which is not a fact.`)
      const shown = display(value)
      return name === key ? shown : capital(shown, key)
    })
    .replace(/ {2,}/g, ' ')
    .trim()
}
