import type { Class } from '../../parse/ir.ts'
import type { Constraint } from '../../facts/shape.ts'
import { noteWritten, placesOfBound } from '../../resolve/declared.ts'
import { numberOf, textOf } from '../../resolve/values.ts'
import type { ArgValue, Value } from '../../resolve/values.ts'
import type { Arg } from '../pack.ts'
import { argOf } from '../status.ts'

type Keyword = Constraint['keyword']

/** What a validator's word says: keywords with the argument that has the value, or a value of its own. */
interface Word {
  sets?: [Keyword, Arg | { value: number | string | boolean }][]
  isRequired?: boolean
  isOptional?: boolean
}

const number = (keyword: Keyword, at: Arg = 0): Word => ({ sets: [[keyword, at]] })
const format = (value: string): Word => ({ sets: [['format', { value }]] })

/** Annotations of bean validation and class-validator, by their simple name (Jakarta Validation 3, "Built-in constraints"; class-validator, README). */
export const annotationWords: Record<string, Word> = {
  NotNull: { isRequired: true },
  NonNull: { isRequired: true },
  NotEmpty: { isRequired: true, sets: [['minLength', { value: 1 }]] },
  NotBlank: { isRequired: true, sets: [['minLength', { value: 1 }]] },
  IsNotEmpty: { isRequired: true, sets: [['minLength', { value: 1 }]] },
  IsDefined: { isRequired: true },
  IsOptional: { isOptional: true },
  Size: {
    sets: [
      ['minLength', 'min'],
      ['maxLength', 'max'],
    ],
  },
  Length: {
    sets: [
      ['minLength', { at: 0, name: 'min' }],
      ['maxLength', { at: 1, name: 'max' }],
    ],
  },
  MinLength: number('minLength'),
  MaxLength: number('maxLength'),
  Min: number('minimum', { at: 0, name: 'value' }),
  Max: number('maximum', { at: 0, name: 'value' }),
  DecimalMin: number('minimum', { at: 0, name: 'value' }),
  DecimalMax: number('maximum', { at: 0, name: 'value' }),
  Range: {
    sets: [
      ['minimum', 'min'],
      ['maximum', 'max'],
    ],
  },
  Positive: { sets: [['exclusiveMinimum', { value: 0 }]] },
  PositiveOrZero: { sets: [['minimum', { value: 0 }]] },
  Negative: { sets: [['exclusiveMaximum', { value: 0 }]] },
  NegativeOrZero: { sets: [['maximum', { value: 0 }]] },
  IsNegative: { sets: [['exclusiveMaximum', { value: 0 }]] },
  IsDivisibleBy: number('multipleOf'),
  Equals: number('const'),
  AssertTrue: { sets: [['const', { value: true }]] },
  AssertFalse: { sets: [['const', { value: false }]] },
  UniqueElements: { sets: [['uniqueItems', { value: true }]] },
  CodePointLength: {
    sets: [
      ['minLength', 'min'],
      ['maxLength', 'max'],
    ],
  },
  IsPositive: { sets: [['exclusiveMinimum', { value: 0 }]] },
  Pattern: { sets: [['pattern', 'regexp']] },
  Matches: number('pattern'),
  Email: format('email'),
  IsEmail: format('email'),
  IsUUID: format('uuid'),
  UUID: format('uuid'),
  IsUrl: format('uri'),
  URL: format('uri'),
  IsDateString: format('date-time'),
  IsISO8601: format('date-time'),
  IsEnum: number('enum'),
  IsIn: number('enum'),
  ArrayMinSize: number('minItems'),
  ArrayMaxSize: number('maxItems'),
  ArrayNotEmpty: { sets: [['minItems', { value: 1 }]] },
  ArrayUnique: { sets: [['uniqueItems', { value: true }]] },
}

/** Keyword arguments of pydantic's `Field` and FastAPI's `Query`, `Path`, `Body` (docs.pydantic.dev, "Fields"), of DRF's serializer fields and of Marshmallow. */
export const keywordArguments: Record<string, Keyword> = {
  min_length: 'minLength',
  max_length: 'maxLength',
  ge: 'minimum',
  gt: 'exclusiveMinimum',
  le: 'maximum',
  lt: 'exclusiveMaximum',
  multiple_of: 'multipleOf',
  pattern: 'pattern',
  regex: 'pattern',
  min_items: 'minItems',
  max_items: 'maxItems',
  min_value: 'minimum',
  max_value: 'maximum',
}

export function constraintOf(keyword: Keyword, value: Value | undefined): Constraint | null {
  const made = value ? boundOf(keyword, value) : null
  return made && value ? noteWritten(made, placesOfBound(value)) : null
}

function boundOf(keyword: Keyword, value: Value): Constraint | null {
  if (keyword === 'enum') {
    const items =
      value.t === 'list'
        ? value.items
        : value.t === 'object' && value.ref === null
          ? [...value.props.values()]
          : null
    if (value.t === 'class' && value.ref.module.language === 'python') {
      const values = enumValues(value.ref.cls)
      return values && values.length > 0 ? { keyword, value: values } : null
    }
    if (value.t === 'class') {
      const names = value.ref.cls.constants.map(({ name, value: own }) =>
        own?.k === 'str' || own?.k === 'num' ? own.value : name,
      )
      return names.length > 0 ? { keyword, value: names } : null
    }
    const texts = items?.map((item) => (item.t === 'const' ? item.v : undefined)) ?? []
    const known = texts.filter((text) => text !== undefined)
    return known.length > 0 && known.length === texts.length ? { keyword, value: known } : null
  }
  if (keyword === 'const') return value.t === 'const' && value.v !== null ? { keyword, value: value.v } : null
  if (keyword === 'pattern') {
    const text =
      value.t === 'symbol' && value.path === 'RegExp()' ? textOf(value.args[0]?.value) : textOf(value)
    return text === null ? null : { keyword, value: text }
  }
  const found = numberOf(value)
  return found === null ? null : { keyword, value: found }
}

/** What members of an enumeration of Python are in JSON; null where one is made by a call (docs.python.org, "enum", "auto"). */
export function enumValues({ constants, bases }: Class): (string | number)[] | null {
  const isText = bases.some(({ name }) => /(?:^|\.)StrEnum$/.test(name))
  const found = constants.flatMap(({ name, value }): (string | number)[] =>
    value?.k === 'str' || value?.k === 'num'
      ? [value.value]
      : isText && value?.k === 'call'
        ? [name.toLowerCase()]
        : // `LABEL = 'value', 'What people see'` of Django's choices.
          value?.k === 'array' && (value.items[0]?.k === 'str' || value.items[0]?.k === 'num')
          ? [value.items[0].value]
          : [],
  )
  return found.length === constants.length ? found : null
}

const exclusive: Partial<Record<Keyword, Keyword>> = {
  minimum: 'exclusiveMinimum',
  maximum: 'exclusiveMaximum',
}

/** Numbers of pydantic that are bounded by their type (docs.pydantic.dev, "Number types"). */
export const boundedNumbers: Record<string, Constraint> = {
  Positive: { keyword: 'exclusiveMinimum', value: 0 },
  NonNegative: { keyword: 'minimum', value: 0 },
  Negative: { keyword: 'exclusiveMaximum', value: 0 },
  NonPositive: { keyword: 'maximum', value: 0 },
}

export function wordConstraints(word: Word, args: readonly ArgValue[], isList: boolean): Constraint[] {
  return (word.sets ?? []).flatMap(([keyword, from]): Constraint[] => {
    const key = isList
      ? keyword === 'minLength'
        ? 'minItems'
        : keyword === 'maxLength'
          ? 'maxItems'
          : keyword
      : keyword
    if (typeof from === 'object' && 'value' in from) return [{ keyword: key, value: from.value }]
    // `@DecimalMin(value = "0", inclusive = false)`
    const isOut = args.some(
      (arg) => arg.name === 'inclusive' && arg.value.t === 'const' && arg.value.v === false,
    )
    const found = constraintOf(isOut ? (exclusive[key] ?? key) : key, argOf(args, from))
    return found ? [found] : []
  })
}
