import { joined, symbol, textOf } from './values.ts'
import type { ArgValue, SymbolValue, Value } from './values.ts'

/** The note of what stands behind the path of a URL: its query. */
export const queryBehind = 'query behind'

/** A URL as it is mostly asked for: what code compares it with has no query. */
export function withoutQuery(value: Value): Value {
  const last = value.t === 'text' ? value.parts.at(-1) : undefined
  return value.t === 'text' && last?.t === 'symbol' && last.note === queryBehind
    ? joined(value.parts.slice(0, -1))
    : value
}

/** What variables of a path may be: a word, a number, ids of two kinds, a name of a file. */
const samples = ['word', '7', '64b7c0de64b7c0de64b7c0de', '0b3f8a52-6a7e-4c1d-9e55-2f1c8d0a7b44', 'a_b-c.ext']

/** Texts that one may be whose parts are known, or variables of a path; null where another part is not known. */
function textsOf(value: Value): string[] | null {
  const text = textOf(value)
  if (text !== null) return [text]
  if (value.t !== 'text') return null
  const isVariable = (part: Value): part is SymbolValue => part.t === 'symbol' && /^path\.\S/.test(part.text)
  if (value.parts.some((part) => textOf(part) === null && !isVariable(part))) return null
  return samples.map((sample) =>
    value.parts
      .map((part) => textOf(part) ?? (isVariable(part) && part.text.endsWith('*') ? `${sample}/on` : sample))
      .join(''),
  )
}

/** What comes of a text, whatever the variables in it are; null where that is not known. */
export function ofAnyText<T extends boolean | number>(
  value: Value,
  make: (text: string) => T | null,
): T | null {
  const found = new Set(textsOf(withoutQuery(value))?.map(make) ?? [null])
  const [only = null] = found
  return found.size === 1 ? only : null
}

/** Whether a text matches a pattern of JavaScript, with whatever flags; null where that is not known. */
export const matchesPattern = (pattern: Value, value: Value): boolean | null =>
  ofAnyText(value, (text) => withPattern(pattern, text, (one) => one.test(text))?.[0] ?? null)

/** What a pattern makes of a text, whatever its flags; null where it is not known or differs by them. */
export function withPattern<T extends string | boolean>(
  pattern: Value,
  text: string,
  make: (one: RegExp) => T,
): [T] | null {
  if (pattern.t !== 'symbol' || pattern.path !== 'RegExp()') return null
  const source = textOf(pattern.args[0]?.value)
  // One that repeats what repeats may take for ever.
  if (source === null || source.length + text.length > 400 || /\)[*+{]/.test(source)) return null
  try {
    const [plain, ...others] = ['', 'ims', 'g'].map((flags) => make(new RegExp(source, flags)))
    return plain !== undefined && others.every((one) => one === plain) ? [plain] : null
  } catch {
    return null
  }
}

/** Whether a text matches one of some globs (micromatch and minimatch, README); null where that is not known. */
export function matchesGlobs(globs: Value | undefined, value: Value): boolean | null {
  const all = globs?.t === 'list' ? (globs.isOpen ? [] : globs.items) : globs ? [globs] : []
  if (all.length === 0) return null
  const found = all.map((one) => {
    const form = formOf(textOf(one))
    return form === null ? null : ofAnyText(value, (text) => form.test(text))
  })
  return found.includes(true) ? true : found.includes(null) ? null : false
}

// `*` is for one part of a path, `**` for any number of them: other signs mean more than can be told in few words.
function formOf(glob: string | null): RegExp | null {
  if (glob === null || /[^\w\s/.*:@~%-]/.test(glob)) return null
  const source = glob
    .split(/(\/\*\*(?=\/|$)|\*+)/)
    .map((part) =>
      part === '/**' ? '(?:/.*)?' : /^\*+$/.test(part) ? '[^/]*' : part.replaceAll(/[.-]/g, String.raw`\$&`),
    )
    .join('')
  return new RegExp(`^${source}$`)
}

/** Python: whether `re.match(pattern, text)` and its like find something; null where that is not known, also with flags. */
export function matchesPython({ path, of }: SymbolValue, args: readonly ArgValue[]): boolean | null {
  const [, compiled, how] = /^re\.(compile\(\)\.)?(match|fullmatch|search)$/.exec(path) ?? []
  if (how === undefined) return null
  const given = compiled === undefined ? args.slice(0, 1) : of?.t === 'symbol' ? of.args : []
  const [text, ...more] = args.slice(compiled === undefined ? 1 : 0)
  const [pattern] = given
  const source = given.length === 1 ? textOf(pattern?.value) : null
  if (source === null || !text || more.length > 0 || /\(\?[aiLmsux-]+[:)]/.test(source)) return null
  const plain = source
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`)
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(String.raw`\Z`, '$')
  const whole = how === 'search' ? plain : `^(?:${plain})${how === 'match' ? '' : '$'}`
  const made = symbol('RegExp()', 'RegExp()', { args: [{ name: null, value: { t: 'const', v: whole } }] })
  return matchesPattern(made, text.value)
}
