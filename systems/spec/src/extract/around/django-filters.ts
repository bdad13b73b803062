import type { Interpreter } from '../../resolve/interpreter.ts'
import { textOf } from '../../resolve/values.ts'
import type { ClassRef, Value } from '../../resolve/values.ts'

/** A query parameter that a filter reads; `type` is empty where it is a text. */
interface Filter {
  name: string
  type: string
}

/** What filters of a range add to their names (django-filter, "Filter Reference"). */
const ranges: { of: RegExp; ends: readonly string[] }[] = [
  { of: /(?:Date|DateTime|Time)\w*RangeFilter$/, ends: ['_after', '_before'] },
  { of: /RangeFilter$/, ends: ['_min', '_max'] },
]
const types: { of: RegExp; type: string }[] = [
  { of: /BooleanFilter$/, type: 'boolean' },
  { of: /NumberFilter$/, type: 'number' },
]

/** Query parameters of a `FilterSet` and those that it extends (django-filter, "Declaring filters" and "Meta options"). */
export function filtersOf(interpreter: Interpreter, ref: ClassRef, depth = 0): Filter[] {
  if (depth > 6) return []
  const own = ref.cls.fields.flatMap((field): Filter[] => {
    const value = field.value ? interpreter.evaluateIn(field.value, ref.scope) : null
    const cls = value && filterClass(interpreter, value)
    if (!cls) return []
    const ends = ranges.find(({ of }) => of.test(cls))?.ends ?? ['']
    return ends.map((end) => ({
      name: `${field.name}${end}`,
      type: types.find(({ of }) => of.test(cls))?.type ?? '',
    }))
  })
  const meta = ref.cls.inner.find(({ name }) => name === 'Meta')
  const fields = meta?.fields.find(({ name }) => name === 'fields')?.value
  const listed = fields ? listedIn(interpreter.evaluateIn(fields, ref.scope)) : []
  const inherited = interpreter.lookup.basesOf(ref).flatMap((base) => filtersOf(interpreter, base, depth + 1))
  const found = new Map([...inherited, ...listed, ...own].map((one) => [one.name, one]))
  return [...found.values()]
}

// The class of a filter that is made, of the library's, or the nearest of the library's or another that is named for it.
function filterClass({ lookup }: Interpreter, value: Value): string | null {
  const names =
    value.t === 'symbol' && value.path.endsWith('()')
      ? [value.path.slice(0, -2)]
      : value.t === 'object' && value.ref
        ? lookup.ancestry(value.ref).toReversed()
        : []
  return names.find((name) => name.endsWith('Filter')) ?? null
}

// A list of names, or lookups by name: `{'due': ['exact', 'lt']}`.
function listedIn(value: Value): Filter[] {
  const filter = (name: string | null): Filter[] => (name === null ? [] : [{ name, type: '' }])
  if (value.t === 'list') return value.items.flatMap((item) => filter(textOf(item)))
  if (value.t !== 'object') return []
  return [...value.props].flatMap(([name, lookups]) =>
    lookups.t === 'list'
      ? lookups.items.flatMap((item) => {
          const lookup = textOf(item)
          return filter(lookup === 'exact' ? name : lookup === null ? null : `${name}__${lookup}`)
        })
      : [],
  )
}
