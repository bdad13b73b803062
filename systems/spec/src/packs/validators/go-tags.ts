import { onceFor } from '../../facts/once-for.ts'
import type { Module } from '../../parse/ir.ts'
import type { Constraint } from '../../facts/shape.ts'

type Keyword = Constraint['keyword']

interface Tag {
  isRequired: boolean
  constraints: Constraint[]
  /** What is asked of each thing in a list. */
  ofEach: Constraint[]
}

/** What a field holds, as far as bounds go by it. */
export type Held = 'text' | 'number' | 'list' | 'other'

/** Words that bound a value, or the length of a text or a list, with what they add to their number for a length. */
const bounds: Record<string, readonly (readonly [Keyword, 'min' | 'max', number])[]> = {
  min: [['minimum', 'min', 0]],
  max: [['maximum', 'max', 0]],
  gte: [['minimum', 'min', 0]],
  lte: [['maximum', 'max', 0]],
  gt: [['exclusiveMinimum', 'min', 1]],
  lt: [['exclusiveMaximum', 'max', -1]],
  len: [
    ['minimum', 'min', 0],
    ['maximum', 'max', 0],
  ],
}
const lengths = {
  text: { min: 'minLength', max: 'maxLength' },
  list: { min: 'minItems', max: 'maxItems' },
} as const

/** Words for which JSON Schema has a format. */
const wordFormats: Record<string, string> = {
  email: 'email',
  url: 'uri',
  uri: 'uri',
  http_url: 'uri',
  uuid: 'uuid',
  uuid3: 'uuid',
  uuid4: 'uuid',
  uuid5: 'uuid',
  uuid_rfc4122: 'uuid',
  uuid3_rfc4122: 'uuid',
  uuid4_rfc4122: 'uuid',
  uuid5_rfc4122: 'uuid',
  ipv4: 'ipv4',
  ip4_addr: 'ipv4',
  ipv6: 'ipv6',
  ip6_addr: 'ipv6',
  hostname: 'hostname',
  hostname_rfc1123: 'hostname',
}

/** Words that are a pattern (pkg.go.dev/github.com/go-playground/validator, "Baked In Validators and Tags"). */
const wordPatterns: Record<string, string> = {
  alpha: '^[a-zA-Z]+$',
  alphanum: '^[a-zA-Z0-9]+$',
  number: '^[0-9]+$',
  numeric: String.raw`^[-+]?[0-9]+(?:\.[0-9]+)?$`,
  hexadecimal: '^(0[xX])?[0-9a-fA-F]+$',
  hexcolor: '^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$',
  e164: String.raw`^\+[1-9]?[0-9]{7,14}$`,
}

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)

/** Words that are a pattern with a text in it. */
const partPatterns: Record<string, (text: string) => string> = {
  startswith: (text) => `^${escaped(text)}`,
  endswith: (text) => `${escaped(text)}$`,
  contains: (text) => escaped(text),
}

// What reads `binding` tags: Gin, packages named for binding, a validator that is told to.
const readsBinding = onceFor((modules: ReadonlyMap<string, Module>): boolean =>
  [...modules.values()].some(
    ({ language, text }) =>
      language === 'go' && /"github\.com\/gin-gonic\/gin|\/binding"|SetTagName\("binding"\)/.test(text),
  ),
)

/** A field's tags without those that nothing in the program reads: they are for who documents it. */
export const tagsRead = (tag: string, modules: ReadonlyMap<string, Module>): string =>
  /\bbinding:"/.test(tag) && !readsBinding(modules) ? tag.replace(/\bbinding:"[^"]*"/, '') : tag

/**
 * Words of Go's validator in `binding` and `validate` tags (pkg.go.dev/github.com/go-playground/validator): what follows `dive` is asked of each
 * thing in a list, which holds `item`. Keys of maps have words of their own, which are not read.
 */
export function goTag(tag: string, held: Held, item: Held): Tag {
  const other = /valid:"([^"]*)"/.exec(tag)?.[1]
  if (other !== undefined && !/(?:binding|validate):"/.test(tag)) return govalidatorTag(other)
  const text = /(?:binding|validate):"([^"]*)"/.exec(tag)?.[1] ?? ''
  const [own = '', each = ''] = text.split(/(?:^|,)dive(?:,|$)/)
  const { isRequired, constraints } = asked(own, held)
  const ofEach = held === 'list' && !/^keys\b/.test(each) ? asked(each, item).constraints : []
  return { isRequired, constraints, ofEach }
}

function asked(text: string, held: Held): Pick<Tag, 'isRequired' | 'constraints'> {
  const constraints: Constraint[] = []
  let isRequired = false
  for (const word of text.split(',')) {
    const [name = '', value = ''] = word.split('=')
    // One of several words holds.
    if (word.includes('|')) continue
    if (name === 'required') isRequired = true
    const number = value === '' ? Number.NaN : Number(value)
    if (Number.isFinite(number))
      for (const [plain, side, by] of bounds[name] ?? []) {
        if (held === 'text' || held === 'list')
          constraints.push({ keyword: lengths[held][side], value: number + by })
        else if (held === 'number') constraints.push({ keyword: plain, value: number })
      }
    if (name === 'oneof' && value !== '' && held !== 'list')
      constraints.push({ keyword: 'enum', value: oneOf(value, held) })
    if (name === 'eq' && value !== '') {
      if (held === 'text') constraints.push({ keyword: 'const', value })
      else if (held === 'number' && Number.isFinite(number))
        constraints.push({ keyword: 'const', value: number })
    }
    if (name === 'unique' && held === 'list' && value === '')
      constraints.push({ keyword: 'uniqueItems', value: true })
    if (held !== 'text') continue
    const format = value === '' ? wordFormats[name] : undefined
    const pattern = value === '' ? wordPatterns[name] : partPatterns[name]?.(value)
    if (format !== undefined) constraints.push({ keyword: 'format', value: format })
    if (pattern !== undefined) constraints.push({ keyword: 'pattern', value: pattern })
  }
  return { isRequired, constraints }
}

// Texts are parted by blanks, where they do not stand in single quotes.
const oneOf = (value: string, held: Held): (string | number)[] =>
  [...value.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => {
    const one = quoted ?? plain
    return held === 'number' && Number.isFinite(Number(one)) ? Number(one) : one
  })

/** Bounds of a text's length, by the word's name; both of a range. */
const pairs: Record<string, [Keyword, Keyword]> = {
  length: ['minLength', 'maxLength'],
  runelength: ['minLength', 'maxLength'],
  stringlength: ['minLength', 'maxLength'],
  range: ['minimum', 'maximum'],
}
const singles: Record<string, Keyword> = { minstringlength: 'minLength', maxstringlength: 'maxLength' }
const formats: Record<string, string> = {
  email: 'email',
  url: 'uri',
  requrl: 'uri',
  requri: 'uri',
  uuid: 'uuid',
  uuidv3: 'uuid',
  uuidv4: 'uuid',
  uuidv5: 'uuid',
}

/** Words of `valid` tags: `required,runelength(1|250),in(a|b)` (pkg.go.dev/github.com/asaskevich/govalidator). What is empty and not required is let through. */
function govalidatorTag(text: string): Tag {
  const constraints: Constraint[] = []
  const words = [...text.matchAll(/(\w+)(?:\(([^)]*)\))?/g)].map(([, name = '', given = '']) => ({
    name: name.toLowerCase(),
    values: given.split('|'),
  }))
  for (const { name, values } of words) {
    const keywords = pairs[name] ?? (singles[name] ? [singles[name]] : [])
    for (const [at, keyword] of keywords.entries()) {
      const value = Number(values[at])
      if (values[at] !== undefined && values[at] !== '' && Number.isSafeInteger(value))
        constraints.push({ keyword, value })
    }
    const format = formats[name]
    if (format !== undefined) constraints.push({ keyword: 'format', value: format })
    if (name === 'in') constraints.push({ keyword: 'enum', value: values })
    if (name === 'matches') constraints.push({ keyword: 'pattern', value: values.join('|') })
  }
  return { isRequired: words.some(({ name }) => name === 'required'), constraints, ofEach: [] }
}
