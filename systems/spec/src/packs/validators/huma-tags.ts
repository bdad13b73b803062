import type { Constraint } from '../../facts/shape.ts'
import { onceFor } from '../../facts/once-for.ts'
import type { Module } from '../../parse/ir.ts'

const numbers = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
] as const

/** Bounds of a field by its tags, and whether it has to be there: what is not left out where it is empty does (huma.rocks, "Request Validation"). */
export function humaTag(tag: string, isNumber: boolean): { isRequired: boolean; constraints: Constraint[] } {
  const constraints: Constraint[] = []
  for (const keyword of numbers) {
    const value = Number(tagged(tag, keyword) ?? Number.NaN)
    if (!Number.isNaN(value)) constraints.push({ keyword, value })
  }
  const [pattern, of, format] = [tagged(tag, 'pattern'), tagged(tag, 'enum'), tagged(tag, 'format')]
  if (pattern !== null) constraints.push({ keyword: 'pattern', value: pattern })
  if (of !== null)
    constraints.push({
      keyword: 'enum',
      value: of.split(',').map((one) => (isNumber && Number.isFinite(Number(one)) ? Number(one) : one)),
    })
  if (format !== null) constraints.push({ keyword: 'format', value: format })
  if (tagged(tag, 'uniqueItems') === 'true') constraints.push({ keyword: 'uniqueItems', value: true })
  const said = tagged(tag, 'required')
  return {
    isRequired: said === null ? !/,\s*omit(?:empty|zero)\b/.test(tagged(tag, 'json') ?? '') : said === 'true',
    constraints,
  }
}

/** What a key of a tag says; null where it has none of that name. */
export const tagged = (tag: string, key: string): string | null =>
  new RegExp(String.raw`(?:^|\s)${key}:"((?:[^"\\]|\\.)*)"`).exec(tag)?.[1] ?? null

/** Whether a program checks what its operations are given by such tags. */
export const checksByTags = onceFor((modules: ReadonlyMap<string, Module>): boolean =>
  [...modules.values()].some(
    ({ language, text }) => language === 'go' && text.includes('"github.com/danielgtaylor/huma/v2"'),
  ),
)
