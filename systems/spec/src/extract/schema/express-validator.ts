import { listOf } from '../../facts/shape.ts'
import type { Constraint, Shape } from '../../facts/shape.ts'
import type { ParameterPlace } from '../../packs/pack.ts'
import type { Site, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, textOf } from '../../resolve/values.ts'
import type { SchemaInput } from './request-schemas.ts'
import { ownTable } from '../../parse/own-table.ts'

const firsts: Record<string, ParameterPlace | 'body'> = ownTable({
  body: 'body',
  check: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
  cookie: 'cookie',
})

/** What chains of express-validator among middleware check: of several that look at one field all are run. */
export function checkedByChains(handlers: readonly Value[], site: Site): SchemaInput[] {
  const found = new Map<string, SchemaInput>()
  for (const input of handlers.flatMap((value) => validatorChains(value, site))) {
    const key = `${input.in} ${input.name}`
    const before = found.get(key)
    found.set(key, before ? bothOf(before, input) : input)
  }
  return [...found.values()]
}

// Chains that are middleware, or that middleware of the repository was made with and runs by itself.
function validatorChains(value: Value, site: Site, seen = new Set<Value>()): SchemaInput[] {
  // A list of functions is known in them, too.
  if (seen.has(value)) return []
  seen.add(value)
  if (value.t === 'list') return value.items.flatMap((one) => validatorChains(one, site, seen))
  if (value.t === 'symbol' && schemas.test(value.path)) return schemaChains(value, site)
  // "oneOf()": one of its chains has to pass, so none of them asks for its field by itself.
  if (value.t === 'symbol' && alternatives.test(value.path))
    return (value.args[0] ? validatorChains(value.args[0].value, site, seen) : []).map((one) => ({
      ...one,
      isRequired: false,
      constraints: [],
    }))
  if (value.t !== 'func') return [validatorChain(value, site)].filter((one) => one !== null)
  const found: SchemaInput[] = []
  for (let scope: typeof value.scope | null = value.scope; scope?.parent; scope = scope.parent)
    for (const [, captured] of scope.names())
      if (captured.t !== 'func') found.push(...validatorChains(captured, site, seen))
  return found
}

// A chain of express-validator (`body('user.email').isEmail()`); null where a value is none.
function validatorChain(value: Value, site: Site): SchemaInput | null {
  if (value.t !== 'symbol' || !/^(?:express-validator|koa-req-validation)\b/.test(value.path)) return null
  const steps: SymbolValue[] = []
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of)
    if (one.path.endsWith('()')) steps.unshift(one)
  const [first, ...rest] = steps
  const place = firsts[/(\w+)\(\)$/.exec(first?.path ?? '')?.[1] ?? '']
  const name = textOf(first?.args[0]?.value)
  if (!first || !place || name === null) return null
  return inputOf(
    place,
    name,
    rest.map(({ path, args }, at) => ({
      name: stepName(path),
      given: args[0]?.value,
      isNegated: stepName(rest[at - 1]?.path ?? '') === 'not',
    })),
    value.site ?? site,
  )
}

const stepName = (path: string): string => /(\w+)\(\)$/.exec(path)?.[1] ?? ''

/** A check of a field, with what it is told. */
interface Step {
  name: string
  given: Value | undefined
  isNegated: boolean
}

function inputOf(place: SchemaInput['in'], name: string, steps: readonly Step[], site: Site): SchemaInput {
  const input: SchemaInput = {
    in: place,
    name,
    shape: { type: 'string' },
    isRequired: false,
    constraints: [],
    site,
  }
  // What is missing is checked as an empty text: most checks refuse it (express-validator, "Standard validators").
  input.isRequired =
    !steps.some(({ name }) => /^(?:optional|if)$/.test(name)) && steps.some((step) => refusesNothing(step))
  for (const { name: check, given, isNegated } of steps) {
    if (isNegated) continue
    const option = (key: string) => (given?.t === 'object' ? given.props.get(key) : undefined)
    const bound = (keyword: Constraint['keyword'], from: Value | undefined) => {
      if (from?.t === 'const' && (typeof from.v === 'number' || typeof from.v === 'string'))
        input.constraints.push({ keyword, value: from.v })
    }
    switch (check) {
      case 'isEmail':
        bound('format', constant('email'))
        break
      case 'isUUID':
        bound('format', constant('uuid'))
        break
      case 'isURL':
        bound('format', constant('uri'))
        break
      case 'notEmpty':
        bound('minLength', constant(1))
        break
      case 'isLength':
        bound('minLength', option('min'))
        bound('maxLength', option('max'))
        break
      case 'isInt':
        input.shape = { type: 'integer' }
        bound('minimum', option('min'))
        bound('maximum', option('max'))
        break
      case 'isFloat':
      case 'isNumeric':
      case 'isDecimal':
        input.shape = { type: 'number' }
        break
      case 'isBoolean':
        input.shape = { type: 'boolean' }
        break
      case 'isArray':
        input.shape = { type: 'array', items: { type: 'unknown' } }
        break
      case 'isIn':
        if (given?.t === 'list')
          input.constraints.push({
            keyword: 'enum',
            value: given.items.flatMap((item) => textOf(item) ?? []),
          })
    }
  }
  return input
}

// Whether a check of express-validator refuses what is missing.
function refusesNothing({ name, isNegated, given }: Step): boolean {
  if (isNegated) return name === 'isEmpty'
  const least = given?.t === 'object' ? given.props.get('min') : undefined
  if (name === 'isLength' || name === 'isByteLength')
    return least?.t === 'const' && typeof least.v === 'number' && least.v > 0
  return /^(?:exists|notEmpty|equals|contains|is(?!(?:Empty|Lowercase|Uppercase|Base64)$)[A-Z]\w*)$/.test(
    name,
  )
}

/** Fields of a body by their dotted names, as one shape. */
export function bodyOf(inputs: readonly SchemaInput[]): Shape {
  const heads = new Map<string, { own: SchemaInput | null; inner: SchemaInput[] }>()
  for (const input of inputs) {
    const [head = '', ...rest] = input.name.split('.')
    const known = heads.get(head) ?? { own: null, inner: [] }
    heads.set(head, known)
    if (rest.length === 0) known.own = input
    else known.inner.push({ ...input, name: rest.join('.') })
  }
  return {
    type: 'object',
    fields: [...heads].map(([name, { own, inner }]) => ({
      name,
      shape: inner.length > 0 ? withinOf(inner) : (own?.shape ?? { type: 'unknown' }),
      // Of a list that is not there nothing is checked.
      isRequired: own?.isRequired ?? inner.some((one) => one.isRequired && !one.name.includes('*')),
      constraints: own?.constraints ?? [],
    })),
  }
}

const bothOf = (one: SchemaInput, other: SchemaInput): SchemaInput => ({
  ...one,
  shape: one.shape.type === 'string' ? other.shape : one.shape,
  isRequired: one.isRequired || other.isRequired,
  constraints: [
    ...one.constraints,
    ...other.constraints.filter(({ keyword }) => !one.constraints.some((known) => known.keyword === keyword)),
  ],
})

// "Wildcards": what is asked of each of a list.
function withinOf(inner: readonly SchemaInput[]): Shape {
  if (!inner.every(({ name }) => /^\*(?:\.|$)/.test(name))) return bodyOf(inner)
  const own = inner.find(({ name }) => name === '*')
  const parts = inner.filter((one) => one !== own).map((one) => ({ ...one, name: one.name.slice(2) }))
  return listOf(parts.length > 0 ? withinOf(parts) : (own?.shape ?? { type: 'unknown' }), own?.constraints)
}

const schemas = /^express-validator(?:\.\w+)*\.checkSchema\(\)$/
const alternatives = /^express-validator(?:\.\w+)*\.oneOf\(\)$/

// express-validator, "Schema validation": checks of a field by their names, where it is looked for, and whether it may be left out.
function schemaChains({ args, site: at }: SymbolValue, site: Site): SchemaInput[] {
  const [schema, otherwise] = args.map(({ value }) => value)
  if (schema?.t !== 'object') return []
  const placesOf = (value: Value | undefined): SchemaInput['in'][] =>
    (value?.t === 'list' ? value.items : value ? [value] : []).flatMap(
      (one) => located[textOf(one) ?? ''] ?? [],
    )
  return [...schema.props].flatMap(([name, checks]) => {
    if (checks.t !== 'object') return []
    const said = placesOf(checks.props.get('in'))
    const [place = 'body'] = said.length > 0 ? said : placesOf(otherwise)
    const steps = [...checks.props].flatMap(([check, config]): Step[] =>
      config.t === 'const' && config.v === false
        ? []
        : [{ name: check, given: optionsOf(config), isNegated: isNegated(config) }],
    )
    return [inputOf(place, name, steps, at ?? site)]
  })
}

const located: Record<string, SchemaInput['in']> = ownTable({
  body: 'body',
  query: 'query',
  params: 'path',
  headers: 'header',
  cookies: 'cookie',
})

// A list of options is what the check is called with.
function optionsOf(config: Value): Value | undefined {
  const given = config.t === 'object' ? config.props.get('options') : undefined
  return given?.t === 'list' ? given.items[0] : given
}

function isNegated(config: Value): boolean {
  const said = config.t === 'object' ? config.props.get('negated') : undefined
  return said?.t === 'const' && said.v === true
}
