import { celFunc, CelScalar, listType } from '@bufbuild/cel'
import type { CelFunc } from '@bufbuild/cel'
import { RE2JS } from 're2js'
import { defaultLimits, Meter } from './cost.ts'
import { toCelInput, toJsonValue } from './json.ts'

const { INT, DYN, STRING } = CelScalar

/** `pattern` in RE2's syntax. A pattern that it does not know fails the expression. */
function compiled(pattern: string): RE2JS {
  const known = patterns.get(pattern)
  if (known) return known
  const made = RE2JS.compile(RE2JS.translateRegExp(pattern))
  if (patterns.size >= 1_000) patterns.clear()
  patterns.set(pattern, made)
  return made
}
const patterns = new Map<string, RE2JS>()

/** The first or all matches replaced; `\1` in `by` is a group and `\0` the whole match, as in cel-go's `regex` extension. */
function replaceBy(text: string, pattern: string, by: string, most: number): string {
  const matcher = compiled(pattern).matcher(text)
  let made = ''
  let from = 0
  for (let count = 0; (most < 0 || count < most) && matcher.find(); count++) {
    made += text.slice(from, matcher.start())
    made += by.replace(/\\(\d|\\)/g, (_all, group: string) =>
      group === '\\' ? '\\' : (matcher.group(Number(group)) ?? ''),
    )
    from = matcher.end()
  }
  return made + text.slice(from)
}

/** The first match and its groups, a group that took no part as null; null where there is no match. */
function find(text: string, pattern: string): (string | null)[] | null {
  const matcher = compiled(pattern).matcher(text)
  if (!matcher.find()) return null
  return Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? null)
}

function all(text: string, pattern: string): string[] {
  const matcher = compiled(pattern).matcher(text)
  const found: string[] = []
  while (matcher.find()) found.push(matcher.group(0) ?? '')
  return found
}

const toJson = (value: Parameters<typeof toJsonValue>[0]): string => {
  const meter = new Meter()
  meter.start(defaultLimits)
  return JSON.stringify(toJsonValue(value, meter))
}

/** What texts from outside need: JSON, addresses, patterns (`regex.replace` as in cel-go; `regex.find` and `regex.all` beside it). */
export const textFunctions: CelFunc[] = [
  celFunc('json.encode', [DYN], STRING, toJson),
  celFunc('json.decode', [STRING], DYN, (text) => toCelInput(JSON.parse(text))),
  celFunc('url.encode', [STRING], STRING, (text) => encodeURIComponent(text)),
  celFunc('regex.replace', [STRING, STRING, STRING], STRING, (text, pattern, by) =>
    replaceBy(text, pattern, by, -1),
  ),
  celFunc('regex.replace', [STRING, STRING, STRING, INT], STRING, (text, pattern, by, most) =>
    replaceBy(text, pattern, by, Number(most)),
  ),
  celFunc('regex.find', [STRING, STRING], DYN, find),
  celFunc('regex.all', [STRING, STRING], listType(STRING), all),
]
