import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { codeMarksSchema } from './code-mark.ts'
import { always } from './condition.ts'
import { factId, tellApart } from './fact-id.ts'
import type { FactDraft } from './fact-id.ts'
import { factKinds, factSchema } from './fact.ts'
import type { Evidence, Fact, FactKind, OperationFact, OperationPart } from './fact.ts'
import { factSetSchema, serializeList } from './fact-set.ts'
import type { FactSet } from './fact-set.ts'
import {
  lengthenField,
  lengthenShape,
  shortenField,
  shortenShape,
  shortFieldSchema,
  shortShapeSchema,
} from './short-shape.ts'

/** What the code did when the spec was agreed, from the repository's root. */
export const factsPath = '.heavylift-spec/facts.json'

/** Who accepted which drift, one line each. */
export const acceptedPath = '.heavylift-spec/accepted.jsonl'

/**
 * What was agreed, as it is committed: a line for each operation with all that belongs to it, and one for each other fact. It says what each fact says and
 * the file and symbol where it stood (its anchor), not where in the file: code above it may change without a change here. What is as usual
 * (`proved`, always, not required) is left out, and so are ids, which follow from what is said.
 */
export function serializeAgreed(set: FactSet): string {
  const parts = Map.groupBy(set.facts.filter(isPart), ({ operation }) => operation)
  const lines: { key: string; service: string; line: object }[] = []
  const framework = mainFrameworks(set)
  for (const fact of set.facts) {
    if (isPart(fact)) continue
    const operation = fact.kind === 'operation' ? fact : null
    const own = parts.get(fact.id) ?? []
    const line: Record<string, unknown> = {
      ...(operation ? {} : { kind: fact.kind }),
      ...shorten(fact, null),
    }
    for (const kind of partKinds) {
      const shortened = own
        .filter((part) => part.kind === kind)
        .map((part) => JSON.stringify(shorten(part, operation)))
      if (shortened.length > 0) line[kind] = shortened.toSorted().map((text): unknown => JSON.parse(text))
    }
    if (line['framework'] === framework(fact.service)) delete line['framework']
    const mark = set.code?.operations[fact.id]
    if (operation && mark !== undefined) line['code'] = mark
    lines.push({ key: sortKey(fact), service: fact.service, line })
  }
  const services = Map.groupBy(lines, ({ service }) => service)
  const facts = [...services.keys()].toSorted().map((service) => {
    const own = services.get(service) ?? []
    const texts = own
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ line }) => `  ${JSON.stringify(line)}`)
    return ` ${JSON.stringify(service)}: [\n${texts.join(',\n')}\n ]`
  })
  return [
    `{"version":2,"services":[\n${serializeList(set.services)}\n],"frameworks":[\n${serializeList(set.frameworks)}\n],"facts":{`,
    facts.join(',\n'),
    `},"questions":[\n${serializeList(set.questions)}\n],"files":[\n${serializeList(set.files)}\n]${codeOf(set)}}`,
    '',
  ].join('\n')
}

// The marks of code that stands behind operations: a line for each function, below its file.
function codeOf({ code }: FactSet): string {
  if (!code) return ''
  const inOrder = <Value>(all: Record<string, Value>) =>
    Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const files = inOrder(code.places).map(([path, marks]) => {
    const lines = inOrder(marks).map(
      ([symbol, mark]) => `  ${JSON.stringify(symbol)}:${JSON.stringify(mark)}`,
    )
    return ` ${JSON.stringify(path)}:{\n${lines.join(',\n')}\n }`
  })
  return `,"code":{"version":${code.version},"places":{\n${files.join(',\n')}\n}}`
}

const kindSchema = z.enum(factKinds)
const partsSchema = z.array(z.record(z.string(), z.unknown())).default([])
const agreedSchema = factSetSchema.omit({ version: true, facts: true, code: true }).extend({
  version: z.literal(2),
  facts: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  code: codeMarksSchema.pick({ version: true, places: true }).optional(),
})

/**
 * The facts of `serializeAgreed`, or of `serializeFactSet` as it was committed before; evidence is the anchor alone, with empty spans.
 * @throws InvalidInputError `facts-invalid`
 */
export function parseAgreed(text: string): FactSet {
  try {
    const value: unknown = JSON.parse(text)
    const old = factSetSchema.safeParse(value)
    if (old.success) return old.data
    const { facts: lines, code, ...rest } = agreedSchema.parse(value)
    const operations: Record<string, string> = {}
    const framework = mainFrameworks(rest)
    const all = Object.entries(lines).flatMap(([service, own]) =>
      own.map((line) => ({ framework: framework(service), ...line, service })),
    )
    const facts = all.flatMap((line: Record<string, unknown>): Fact[] => {
      const fact = lengthen(kindSchema.default('operation').parse(line['kind']), line, null)
      if (fact.kind !== 'operation') return [fact]
      if (typeof line['code'] === 'string') operations[fact.id] = line['code']
      return [
        fact,
        ...partKinds.flatMap((kind) =>
          partsSchema.parse(line[kind]).map((part) => lengthen(kind, part, fact)),
        ),
      ]
    })
    tellApart(facts)
    return { ...rest, version: 1, facts, ...(code ? { code: { ...code, operations } } : {}) }
  } catch (cause) {
    throw new InvalidInputError({
      code: 'facts-invalid',
      message:
        'The file of facts can not be read. Restore it from the repository’s history, or agree anew with `heavylift spec check --accept --by NAME`.',
      cause,
    })
  }
}

/**
 * Facts that were agreed, with the places where the code of now has their anchors: those of the fact itself where it is still there, else those of another that
 * stands in the same symbol, else in the same file.
 */
export function findAnchors(agreed: readonly Fact[], now: readonly Fact[]): Fact[] {
  const byId = new Map(now.map((fact) => [fact.id, fact.evidence]))
  const places = new Map<string, Evidence>()
  for (const { evidence } of now)
    for (const one of evidence)
      for (const key of [`${one.path}#${one.symbol}`, one.path]) {
        const known = places.get(key)
        if (!known || one.startByte < known.startByte) places.set(key, one)
      }
  return agreed.map((fact) => ({
    ...fact,
    evidence: fact.evidence.map((one) => {
      if (one.endByte > 0) return one
      const isSame = (other: Evidence) => other.path === one.path && other.symbol === one.symbol
      return (
        byId.get(fact.id)?.find(isSame) ??
        places.get(`${one.path}#${one.symbol}`) ??
        places.get(one.path) ??
        one
      )
    }),
  }))
}

/** The one framework of a service that is read; none where there are several. */
function mainFrameworks({
  frameworks,
}: Pick<FactSet, 'frameworks'>): (service: string) => string | undefined {
  return (service) => {
    const own = frameworks.filter((one) => one.isRead && one.service === service)
    return own.length === 1 ? own[0]?.name : undefined
  }
}

const partKinds = ['guard', 'parameter', 'body', 'response', 'error', 'assertion'] as const
const isPart = (fact: Fact): fact is OperationPart => 'operation' in fact
const sortKey = (fact: Fact) =>
  JSON.stringify(
    fact.kind === 'operation'
      ? ['', fact.service, fact.path, fact.method]
      : [fact.kind, fact.service, fact.id],
  )

/** What a fact of any kind, and of one kind, says where its line does not. */
const usual: Record<string, unknown> = {
  grade: 'proved',
  condition: always,
  service: '',
  handler: '',
  summary: '',
  position: 0,
  shape: { type: 'unknown' },
  isRequired: false,
  isOptional: false,
  constraints: [],
  mediaType: '',
  roles: [],
  raisedBy: '',
  message: '',
  signature: '',
  schedule: '',
  options: [],
  credentials: [],
}
const usualOf: Partial<Record<FactKind, Record<string, unknown>>> = {
  body: { mediaType: 'application/json' },
  parameter: { in: 'path', shape: { type: 'string' } },
  guard: { guard: 'role' },
}

/** What a field is where the line does not say: of a part its operation's service; of a path required; of a role its name. */
function expectedOf(
  kind: FactKind,
  name: string,
  said: Record<string, unknown>,
  of: OperationFact | null,
): unknown {
  if (of && name === 'service') return of.service
  if (kind === 'parameter' && name === 'isRequired') return (said['in'] ?? 'path') === 'path'
  if (kind === 'guard' && name === 'name')
    return z.array(z.string()).default([]).parse(said['roles']).join(' ')
  return usualOf[kind]?.[name] ?? usual[name]
}
/** What a fact of a kind says besides service, grade and condition, in the order of its line. */
const fieldsOf: Record<FactKind, readonly string[]> = {
  operation: ['method', 'path', 'handler', 'framework', 'summary'],
  parameter: ['in', 'name', 'position', 'shape', 'isRequired', 'constraints'],
  body: ['mediaType', 'shape', 'isRequired'],
  response: ['status', 'mediaType', 'shape'],
  guard: ['guard', 'name', 'roles', 'isOptional', 'credentials'],
  error: ['status', 'raisedBy', 'message', 'shape'],
  command: ['name', 'options', 'summary'],
  export: ['name', 'signature'],
  event: ['name', 'direction', 'shape'],
  job: ['name', 'schedule'],
  model: ['name', 'fields', 'isPart'],
  'state-machine': ['name', 'states', 'transitions'],
  configuration: ['name', 'isRequired'],
  assertion: ['status', 'test'],
}

const unsaid = new Set(['id', 'kind', 'evidence', 'operation'])
/** Fields of the line of a kind, in the order of its schema: in whatever order a fact was made, its line is the same. */
const saidOf = Object.fromEntries(
  factSchema.options.map(({ shape }) => [
    shape.kind.value,
    Object.keys(shape).filter((name) => !unsaid.has(name)),
  ]),
) as Record<FactKind, string[]>

function shorten(fact: Fact, of: OperationFact | null): Record<string, unknown> {
  const { kind, evidence } = fact
  const line: Record<string, unknown> = {}
  const said: Record<string, unknown> = { ...fact }
  for (const name of saidOf[kind]) {
    const value = said[name]
    if (value === undefined || (name === 'service' && !of)) continue
    if (JSON.stringify(value) !== JSON.stringify(expectedOf(kind, name, said, of))) line[name] = value
  }
  if ('shape' in fact && 'shape' in line) line['shape'] = shortenShape(fact.shape)
  if ('fields' in fact) line['fields'] = fact.fields.map(shortenField)
  if ('options' in fact && 'options' in line) line['options'] = fact.options.map(shortenField)
  // A part that stands in the file of its operation is found by it.
  const [first] = evidence
  if (first && first.path !== of?.evidence[0]?.path) line['at'] = anchorOf(first, fact.service)
  return line
}

/** `path#symbol` of the span that entails a fact, from `./` where it is below its service. */
function anchorOf({ path, symbol }: Evidence, service: string): string {
  const own = service !== '' && path.startsWith(`${service}/`) ? `.${path.slice(service.length)}` : path
  return symbol === '' ? own : `${own}#${symbol}`
}

function lengthen(kind: FactKind, { at, ...said }: Record<string, unknown>, of: OperationFact | null): Fact {
  const filled: Record<string, unknown> = { kind }
  for (const name of ['service', 'grade', 'condition', ...fieldsOf[kind]])
    filled[name] = said[name] ?? expectedOf(kind, name, said, of)
  for (const name of ['default', 'isBelow']) if (said[name] !== undefined) filled[name] = said[name]
  if (kind === 'guard' && said['status'] !== undefined) filled['status'] = said['status']
  if (said['shape'] !== undefined) filled['shape'] = lengthenShape(shortShapeSchema.parse(said['shape']))
  for (const name of ['fields', 'options'])
    if (said[name] !== undefined)
      filled[name] = z.array(shortFieldSchema).parse(said[name]).map(lengthenField)
  if (of) filled['operation'] = of.id
  filled['evidence'] =
    typeof at === 'string' ? [evidenceOf(at, String(filled['service']))] : (of?.evidence ?? [])
  return factSchema.parse({ ...filled, id: factId(filled as unknown as FactDraft) })
}

function evidenceOf(anchor: string, service: string): Evidence {
  const at = anchor.indexOf('#')
  const path = (at < 0 ? anchor : anchor.slice(0, at)).replace(/^\.(?=\/)/, service)
  return {
    path,
    symbol: at < 0 ? '' : anchor.slice(at + 1),
    startByte: 0,
    endByte: 0,
    line: 1,
    tokenHash: '',
  }
}
