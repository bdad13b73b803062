import { anyMedia } from '../facts/fact.ts'
import type { Credential, Fact, FactOf, OperationFact } from '../facts/fact.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { sayCommon, sayCondition } from './say-condition.ts'

/** `GET /articles/{slug}`: what an operation is called, in a spec and in a report; `GET …/articles/{slug}` where more may stand before it. */
export function operationTitle({
  method,
  path,
  isBelow,
}: Pick<OperationFact, 'method' | 'path' | 'isBelow'>): string {
  return `${method === '*' ? 'Any method' : method} ${isBelow ? '…' : ''}${path}`
}

/**
 * What a fact says as one EARS sentence, `of` being the operation's title where it has one. What is only declared is said to be.
 * The same fact always gives the same sentence.
 */
export function sayFact(fact: Fact, of: string): string {
  if (fact.grade === 'open' && (fact.kind === 'error' || fact.kind === 'response')) return sayOpen(fact, of)
  const sentence = say(fact, of)
  return fact.grade === 'declared' ? `${sentence} (Declared, not proved.)` : sentence
}

/** Whether a sentence is in the form in which facts are told. Sentences of people, in words of their own, are for tests to show. */
export const isOfFacts = (sentence: string): boolean =>
  /^(?:WHEN a client sends |IF, for |IF (?:[A-Z]+ …?\/|any of these )|(?:[A-Z]+|Any method) …?\/\S* may answer |WHERE .+, the service SHALL |THE (?:service|program|package) SHALL )/.test(
    sentence,
  )

function say(fact: Fact, of: string): string {
  const condition = sayCondition(fact.condition)
  const asked = `WHEN a client sends ${of}`
  const when = condition === '' ? asked : `${asked} and ${condition}`
  switch (fact.kind) {
    case 'operation':
      return condition === ''
        ? `THE service SHALL answer ${of}.`
        : `WHERE ${condition}, the service SHALL answer ${of}.`
    case 'parameter':
      return `${when}, the service SHALL ${fact.isRequired ? 'require' : 'take'} the ${fact.in === 'form' ? 'form field' : fact.in === 'header' || fact.in === 'cookie' ? fact.in : `${fact.in} parameter`} ${fact.name}${inBrackets([isText(fact.shape) ? '' : sayShape(fact.shape), sayConstraints(fact.constraints, fact.shape), fact.default === undefined ? '' : `${fact.default} where it is left out`])}.`
    case 'body':
      return `${when}, the service SHALL ${fact.isRequired ? 'require' : 'take'} a body of ${fact.mediaType === anyMedia ? 'any media type' : fact.mediaType}${fact.shape.type === 'unknown' ? '' : ` with ${sayShape(fact.shape)}`}.`
    case 'response':
      return `${when}, the service SHALL ${sayAnswer(fact)}.`
    case 'guard':
      return sayGuard(fact, when)
    case 'error':
      return `${sayRefused(fact, of, condition)} the service SHALL ${sayAnswer(fact)}.`
    case 'command':
      return `THE program SHALL have the command ${fact.name}${fact.options.length > 0 ? ` with ${fact.options.map(({ name }) => name).join(', ')}` : ''}.`
    case 'export':
      return `THE package SHALL export ${fact.name}${fact.signature === '' ? '' : ` as ${fact.signature}`}.`
    case 'event':
      return `THE service SHALL ${fact.direction === 'publishes' ? 'publish' : 'act on'} the event ${fact.name}${condition === '' ? '' : ` when ${condition}`}.`
    case 'job':
      return `THE service SHALL run ${fact.name}${fact.schedule === '' ? '' : ` by the schedule ${fact.schedule}`}.`
    case 'model':
      return `THE service SHALL use the model ${fact.name}${sayFieldsOf(fact)}.`
    case 'state-machine':
      return `THE service SHALL move ${fact.name} only by ${fact.transitions.map(({ from, to, on }) => `${from} to ${to} on ${on}`).join(', ')}.`
    case 'configuration':
      return `THE service SHALL ${fact.isRequired ? 'require' : 'take'} the setting ${fact.name}${fact.default === undefined ? '' : `, ${fact.default} where it is left out`}.`
    case 'assertion':
      return `${asked}, a test sees ${fact.status} (${fact.test}).`
  }
}

/** What a request carries outside of its body is text, also where code makes another thing of it that was not seen. */
const isText = ({ type }: Shape) => type === 'unknown' || type === 'string'

// What is only declared is not of all requests.
function sayRefused({ grade }: Fact, of: string, condition: string): string {
  if (condition !== '') return `IF, for ${of}, ${condition}, THEN`
  return grade === 'declared' ? `IF ${of} is refused, THEN` : `WHEN a client sends ${of},`
}

type Answering = FactOf<'response'> | FactOf<'error'>

function sayAnswer(fact: Answering): string {
  const message =
    fact.kind === 'error' && fact.message !== '' ? ` and say ${JSON.stringify(fact.message)}` : ''
  return `answer ${fact.status}${fact.shape.type === 'unknown' ? '' : ` with ${sayShape(fact.shape)}`}${message}`
}

/** Of an answer of which is not known when it comes, no requirement: that the code has it. */
function sayOpen(fact: Answering, of: string): string {
  const common = sayCommon(fact.condition)
  return `${of} may ${sayAnswer(fact)}${common.length > 0 ? `, only where ${common.join(' and ')}` : ''}. (Open: when.)`
}

// By what a caller is known is no part of it: code that was not read may take other ways in, and mostly some does.
function sayGuard({ guard, roles, isOptional, name, status }: FactOf<'guard'>, when: string): string {
  const refuse = status === undefined ? 'refuse' : `answer ${status} to`
  if (guard === 'authentication')
    return isOptional
      ? `${when}, the service SHALL take a caller who is signed in and one who is not.`
      : `${when}, the service SHALL ${refuse} a caller who is not signed in.`
  if (guard === 'role') {
    const asked = `${when}, the service SHALL refuse a caller ${roles.length > 0 ? `without ${roles.join(' or ')}` : `whom \`${name}\` does not let pass`}`
    return status === undefined ? `${asked}.` : `${asked}, and ${refuse} one who is not signed in.`
  }
  if (guard === 'ownership') return `${when}, the service SHALL refuse a caller whose it is not.`
  if (guard === 'limit') return `${when}, the service SHALL refuse a caller beyond the limit of \`${name}\`.`
  return `${when}, the service SHALL ask ${name
    .split(', ')
    .map((one) => `\`${one}\``)
    .join(' and ')} first.`
}

/** What shows who calls, of a guard: `the header authorization (bearer) or the cookie session`; empty where that is not known. */
export const sayCredentials = ({ credentials }: FactOf<'guard'>): string =>
  credentials.map(sayCredential).join(' or ')

/** `the header authorization (bearer)`. */
function sayCredential({ in: place, name, scheme }: Credential): string {
  const what = place === 'query' ? 'query parameter' : place
  return `the ${what} ${name}${scheme === '' ? '' : ` (${scheme})`}`
}

function sayFieldsOf({ fields, isPart }: FactOf<'model'>): string {
  if (fields.length === 0) return isPart === true ? ' with fields that are not told here' : ''
  return ` with ${sayFields(fields)}${isPart === true ? ', and fields that requests do not set or that are not told here' : ''}`
}

export function sayShape(shape: Shape): string {
  switch (shape.type) {
    case 'array':
      return (
        (shape.items.type === 'unknown' ? 'a list' : `a list of ${sayInner(shape.items)}`) +
        (shape.ofEach ? ` (each ${sayConstraints(shape.ofEach, shape.items)})` : '')
      )
    case 'object':
      return shape.fields.length === 0 ? 'an object' : sayFields(shape.fields)
    case 'map':
      return shape.values.type === 'unknown' ? 'a map' : `a map to ${sayInner(shape.values)}`
    case 'model':
      return shape.name
    case 'union':
      return shape.of
        .toSorted((a, b) => Number(isOfOthers(a)) - Number(isOfOthers(b)))
        .map(sayShape)
        .join(' or ')
    case 'unknown':
      return 'any value'
    default:
      return shape.type
  }
}

// `null or a list of string`, and `a list of (string or null)`.
const isOfOthers = ({ type }: Shape): boolean => type === 'array' || type === 'map'
const sayInner = (shape: Shape): string => (shape.type === 'union' ? `(${sayShape(shape)})` : sayShape(shape))

function sayFields(fields: readonly Field[]): string {
  return fields
    .map(
      ({ name, shape, isRequired, constraints }) =>
        name +
        inBrackets([
          shape.type === 'unknown' ? '' : sayShape(shape),
          isRequired ? 'required' : '',
          sayConstraints(constraints, shape),
        ]),
    )
    .join(', ')
}

const inBrackets = (parts: readonly string[]): string => {
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}

const words: Partial<Record<Constraint['keyword'], string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'above',
  exclusiveMaximum: 'below',
  multipleOf: 'a multiple of',
  enum: 'one of',
  const: 'exactly',
  pattern: 'matching',
  format: 'in the form of',
  not: 'not',
}

function sayConstraints(constraints: readonly Constraint[], { type }: Shape): string {
  const isText = type !== 'unknown'
  const number = (keyword: Constraint['keyword']): number | null => {
    const value = constraints.find((one) => one.keyword === keyword)?.value
    return typeof value === 'number' ? value : null
  }
  const done = new Set<Constraint['keyword']>()
  // Two bounds of one thing as one.
  const ranges = bounds.flatMap(([least, most, of]) => {
    const [low, high] = [number(least), number(most)]
    if (low === null || high === null) return []
    done.add(least).add(most)
    const words = low === high ? `exactly ${low}` : `${low} to ${high}`
    return [least === 'minLength' ? measured(words, isText) : words + of]
  })
  if ((number('exclusiveMinimum') ?? -Infinity) >= (number('minimum') ?? Infinity)) done.add('minimum')
  if ((number('exclusiveMaximum') ?? Infinity) <= (number('maximum') ?? -Infinity)) done.add('maximum')
  const rest = constraints
    .filter(({ keyword }) => !done.has(keyword))
    .map((one) => sayConstraint(one, isText))
  return [...ranges, ...rest].join(', ')
}

// A text has a length, and so has a list: of what may be either no characters are told.
const measured = (words: string, isText: boolean): string =>
  isText ? `${words} characters` : `a length of ${words}`

const bounds = [
  ['minLength', 'maxLength', ''],
  ['minItems', 'maxItems', ' items'],
  ['minimum', 'maximum', ''],
] as const

function sayConstraint({ keyword, value }: Constraint, isText: boolean): string {
  const says = Array.isArray(value)
    ? value.map((one) => JSON.stringify(one)).join(', ')
    : typeof value === 'string'
      ? JSON.stringify(value)
      : String(value)
  if (keyword === 'minLength') return measured(`${says} or more`, isText)
  if (keyword === 'maxLength') return measured(`${says} or fewer`, isText)
  if (keyword === 'minItems') return `${says} or more items`
  if (keyword === 'maxItems') return `${says} or fewer items`
  if (keyword === 'uniqueItems') return 'each once'
  return `${words[keyword] ?? keyword} ${says}`
}
