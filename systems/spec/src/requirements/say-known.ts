/*
 * What well-known calls of languages and their libraries ask of a value, in words.
 */

/** What calls make of a text, by the name of that: where they fail it is none. */
const readers: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:java\.util\.)?UUID\.fromString|uuid\.(?:Parse|FromString|UUID)|UUID)$/, 'UUID'],
  [
    /^(?:(?:Integer|Long|Short|Byte)\.(?:parse(?:Int|Long|Short|Byte)|valueOf)|BigInteger|strconv\.(?:Atoi|ParseInt|ParseUint)|int)$/,
    'whole number',
  ],
  [
    /^(?:(?:Double|Float)\.(?:parse(?:Double|Float)|valueOf)|BigDecimal|strconv\.ParseFloat|float|Decimal|decimal\.Decimal)$/,
    'number',
  ],
  [/^strconv\.ParseBool$/, 'boolean'],
  [/^(?:LocalDate\.parse|date\.fromisoformat|datetime\.date\.fromisoformat)$/, 'date'],
]

/** What a call reads, and as what: `strconv.Atoi(query.page)` the page as a whole number. Null of any other, and of what is read with more than the text and how many bits it has. */
export function readAs(call: string): { of: string; as: string } | null {
  const [, name = '', args = ''] = /^([\w.]+)\(([^()]*)\)$/.exec(call) ?? []
  const [of = '', ...rest] = args.split(', ')
  const known = readers.find(([form]) => form.test(name))?.[1]
  // An enumeration of Java.
  const as =
    known ?? (/^[A-Z]\w*\.valueOf$/.test(name) ? `value of \`${name.replace(/\.\w+$/, '')}\`` : undefined)
  return as !== undefined &&
    /^(?:path|query|header|cookie|form|body)\.[\w.-]+$/.test(of) &&
    rest.every((one) => /^\d+$/.test(one))
    ? { of, as }
    : null
}

const questions: readonly (readonly [RegExp, string])[] = [
  [/^(.+)\.isEmpty\(\)$/, 'empty'],
  [/^(.+)\.isBlank\(\)$/, 'blank'],
  [/^(.+)\.isPresent\(\)$/, 'there'],
  [
    /^(?:StringUtils|Strings|CollectionUtils|ObjectUtils)\.(?:isEmpty|isNullOrEmpty)\((.+)\)$/,
    'missing or empty',
  ],
  [/^(?:StringUtils|Strings)\.isBlank\((.+)\)$/, 'missing or blank'],
]

/** What a call asks of a thing that it is: `name.isBlank()` whether it is blank. */
export function askedWhether(call: string): { of: string; is: string } | null {
  for (const [form, is] of questions) {
    const of = form.exec(call)?.[1]
    if (of !== undefined) return { of, is }
  }
  return null
}
