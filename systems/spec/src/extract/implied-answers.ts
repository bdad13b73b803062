import type { Fact } from '../facts/fact.ts'
import type { Shape } from '../facts/shape.ts'
import { optionOf } from '../packs/credentials.ts'
import type { Pack } from '../packs/pack.ts'
import { tooLong } from '../packs/refusals.ts'
import { viewOf, writesBody } from '../packs/spring/views.ts'
import { nestjs } from '../packs/nestjs/nestjs.ts'
import { argOf, statusesOf } from '../packs/status.ts'
import type { TypeRef } from '../parse/ir.ts'
import { mappedFrom } from '../resolve/java-async.ts'
import { each, nothing, printValue } from '../resolve/values.ts'
import type { FuncValue, Site, Value } from '../resolve/values.ts'
import type { AnnotatedOperation } from './annotated.ts'
import { errorsOf, handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { failing, unfit, unsaid } from '../facts/condition.ts'
import { failStatuses } from './fail-actions.ts'
import { isDropwizard } from './dropwizard.ts'
import { invalidStatuses, ofStack } from './misfits.ts'
import type { Answer, Observation, Returned } from './observation.ts'
import { handledStatuses } from './raised.ts'
import { responseModel } from './response-models.ts'
import type { Run } from './run-code.ts'
import { bodyGiven, givesBody } from './tagged-inputs.ts'

/** Methods that a handler of any asks for by itself (`if (req.method === 'POST')`), and whether others are answered well too. */
export function askedMethods({ answers, byMethod, methodCases }: Observation): {
  methods: string[]
  isForAny: boolean
} {
  const methods = new Set(byMethod.map((name) => name.toUpperCase()))
  if (methods.size > 0) return { methods: [...methods], isForAny: false }
  for (const name of methodCases) methods.add(name.toUpperCase())
  let isForAny = false
  for (const { conditions, status } of answers) {
    const asked = conditions
      .flat(2)
      .flatMap(({ subject, op, value }) =>
        subject === 'request.method' && (op === '==' || op === 'in') ? [value].flat() : [],
      )
    // What is refused for being none of these.
    const others = conditions
      .flat(2)
      .flatMap(({ subject, op, value }) =>
        status === 405 && subject === 'request.method' && (op === '!=' || op === 'not-in')
          ? [value].flat()
          : [],
      )
    for (const value of [...asked, ...others]) if (/^[A-Z]+$/.test(String(value))) methods.add(String(value))
    if (asked.length === 0 && status < 400) isForAny = true
  }
  return { methods: [...methods], isForAny }
}

/** Whether an answer comes to one of these methods alone. */
export const isOfMethod = ({ conditions }: Answer, methods: readonly string[]): boolean =>
  conditions.some((condition) =>
    condition.every((row) =>
      row.some(
        ({ subject, op, value }) =>
          subject === 'request.method' && op === '==' && methods.includes(String(value)),
      ),
    ),
  )

/**
 * What the framework answers by itself: the status of a handler that just returns or ends, and of a request that does not fit. `facts` are those of the
 * operation so far; `validates` says whether the program has Nest's pipe that checks.
 */
export function impliedAnswers(
  run: Run,
  operation: FoundOperation,
  facts: readonly Fact[],
  observation: Observation,
  validates: () => boolean,
): Answer[] {
  const invalid = invalidAnswers(run, operation, facts, validates)
  return [
    ...returnedAnswer(run, operation, observation),
    ...silentAnswer(operation, observation),
    ...optionalAnswer(run, operation, observation),
    ...invalid,
    ...unreadAnswers(run, operation, facts, invalid),
    ...notJson(run, operation, facts, [
      ...observation.answers,
      ...(operation.pack.language === 'javascript' ? invalid : []),
    ]),
  ]
}

const answerOf = (
  { site }: FoundOperation,
  status: number,
  more: Partial<Answer> & Pick<Answer, 'isFramework'>,
): Answer => ({
  status,
  body: null,
  conditions: [],
  site,
  through: [],
  raisedBy: '',
  message: '',
  media: '',
  ...more,
})

// Spring: what a handler gives may be a view.
function withViews({ pack, fn }: FoundOperation, observation: Observation): Observation {
  if (pack.framework !== 'Spring' || !fn) return observation
  const isBody = writesBody(fn)
  return {
    ...observation,
    returned: observation.returned.map((one) => ({ ...one, ...viewOf(one.value, isBody) })),
  }
}

const lastFunctions = ({ handlers }: FoundOperation): FuncValue[] =>
  handlerFunctions(handlers.at(-1) ?? { t: 'const', v: null })

function returnedAnswer(run: Run, operation: FoundOperation, seen: Observation): Answer[] {
  const { pack } = operation
  // What answers later does not answer by what the method gives (Jakarta RESTful Web Services, "Asynchronous Processing").
  if (!pack.returns || isSuspended(operation)) return []
  const observation = withViews(operation, seen)
  const answered = new Set(observation.answers.map(({ conditions }) => JSON.stringify(conditions)))
  const given = observation.returned.filter(
    ({ value, conditions }) =>
      !(value.t === 'symbol' && value.note === 'answered') &&
      // It comes back with nothing after it answered.
      !(
        value.t === 'const' &&
        value.v === null &&
        conditions.length > 0 &&
        answered.has(JSON.stringify(conditions))
      ),
  )
  const isNull = ({ value }: Returned) => value.t === 'const' && value.v === null
  const { nullStatus } = pack.returns
  const hasOwn = observation.answers.some(({ status }) => status < 400)
  const returns = nullStatus
    ? given.map((one) => (isNull(one) && one.status !== undefined ? { ...one, status: null } : one))
    : pack.finishes && hasOwn
      ? given.filter(({ status }) => status !== undefined)
      : given
  const isSet = observation.returned.some(({ status }) => status !== undefined)
  const declared = (isSet ? undefined : observation.pending[0]) ?? declaredStatus(operation)
  // Micronaut: what gives nothing where it should give something has found nothing (docs.micronaut.io, "Reactive and Optional Responses").
  const nothingStatus =
    !operation.fn || isVoid(operation.fn.fn.returns ?? null) ? undefined : statusOfNothing(run, operation)
  const nothings =
    nothingStatus === undefined ? [] : returns.filter(({ value }) => value.t === 'const' && value.v === null)
  if (nothings.length > 0 && nothingStatus !== undefined)
    return [
      ...nothings.map(({ conditions, site }) =>
        answerOf(operation, nothingStatus, {
          isFramework: true,
          conditions,
          site,
          through: operation.fn ? [headOf(operation.fn)] : [],
        }),
      ),
      ...returnedAnswer(run, operation, {
        ...observation,
        returned: observation.returned.filter((one) => !nothings.includes(one)),
      }),
    ]
  if (
    returns.length > 0 &&
    (!hasOwn ||
      // FastAPI answers with whatever a handler returns, nothing too.
      pack.functionParameters === 'fastapi' ||
      pack.finishes === true ||
      returns.some(({ value }) => !(value.t === 'const' && value.v === null)))
  ) {
    const emptyStatus = pack.annotations?.emptyStatus ?? pack.returns.emptyStatus
    const gives = pack.functionParameters === 'tags' ? givesBody(run, operation) : true
    if (gives === null && declared === null) return []
    const isEmpty =
      gives === false ||
      isVoid(operation.fn?.fn.returns ?? null) ||
      (pack.returns.emptyStatus !== undefined &&
        returns.every(({ value }) => value.t === 'const' && value.v === null))
    const ofMethod = pack.returns.byMethod?.[operation.method]
    const status =
      declared ??
      (isEmpty && emptyStatus !== undefined
        ? emptyStatus
        : operation.method === 'POST'
          ? (pack.annotations?.postStatus ?? ofMethod ?? pack.returns.status)
          : (ofMethod ?? pack.returns.status))
    const [first] = returns
    if (status >= 400) return []
    const made = (one: (typeof returns)[number] | undefined, conditions: Answer['conditions']) => {
      const mapped = one && operation.mapped?.(one.value)
      const plain = one && operation.fn?.fn.returns?.name !== 'Optional' ? withoutBody(pack, one.value) : null
      const own = one?.status ?? (one?.status === null ? nullStatus : undefined) ?? plain?.status
      const sent = status >= 300 && mapped ? redirected(mapped.value) : null
      return answerOf(operation, sent ?? own ?? status, {
        isFramework: false,
        ...(one?.status === null
          ? { conditions: [...conditions, [[unsaid]]], isUnsure: true as const }
          : { conditions }),
        body: plain
          ? null
          : (responseModel(run, operation, sent ?? own ?? status) ??
            (status >= 300 && mapped
              ? null
              : pack.functionParameters === 'tags'
                ? bodyGiven(run, one)
                : (mapped?.value ?? one?.value)) ??
            null),
        site: one?.site ?? operation.site,
        ...(one?.statusAt ? { statusAt: one.statusAt } : {}),
        // Its annotations say the status; what routes it the model.
        through: [
          ...(operation.fn ? [headOf(operation.fn)] : pack.responseModel ? [operation.site] : []),
          ...(mapped?.at ?? []),
        ],
      })
    }
    // Beside another answer that goes well it is said when which of them comes.
    const others =
      isSet ||
      returns.length > 1 ||
      observation.answers.some((one) => one.status < 400 && one.status !== status)
    return others
      ? returns.map((one) => made(one, one.conditions))
      : [made(first, first?.conditions.filter((one) => observation.given.includes(one)) ?? [])]
  }
  const isBare =
    observation.returned.length === 0 &&
    !hasOwn &&
    lastFunctions(operation).length > 0 &&
    lastFunctions(operation).every((fn) => !fn.fn.hasBody)
  return isBare ? [answerOf(operation, declared ?? pack.returns.status, { isFramework: true })] : []
}

// Nest: a handler that redirects may give another status, and says no body (docs.nestjs.com, "Controllers", "Redirection").
const redirected = (value: Value): number | null =>
  value.t === 'object' ? (statusesOf(value.props.get('statusCode'))[0] ?? null) : null

const isVoid = (type: TypeRef | null): boolean =>
  type !== null && (/^[vV]oid$/.test(type.name) || (type.name === 'Promise' && isVoid(type.args[0] ?? null)))

function silentAnswer(
  operation: FoundOperation,
  { isSilent, answers, pending, isHandedAway }: Observation,
): Answer[] {
  const { silentStatus } = operation.pack
  if (silentStatus === undefined || !isSilent || answers.some(({ status }) => status < 400)) return []
  const through = lastFunctions(operation).slice(0, 1).map(headOf)
  // A status that is set, and nothing beside it.
  const [set] = /^(?:java|go)$/.test(operation.pack.language) ? pending : []
  // Where code that is not here may answer, which status it is is not known.
  const unsure = isHandedAway ? { isUnsure: true as const, conditions: [[[unsaid]]] } : {}
  return [answerOf(operation, set ?? silentStatus, { isFramework: set === undefined, through, ...unsure })]
}

const isSuspended = ({ pack, fn }: FoundOperation): boolean =>
  pack.framework === 'JAX-RS' &&
  fn?.fn.params.some(({ type }) => /(?:^|\.)AsyncResponse$/.test(type?.name ?? '')) === true

// What a handler gives that says a status and has no body: a status by its name, or nothing where that is an answer without one.
function withoutBody({ returns, annotations }: Pack, value: Value): { status: number } | null {
  if (value.t === 'symbol' && returns?.saysStatus?.test(value.path)) {
    const [status] = statusesOf(value)
    return status === undefined ? null : { status }
  }
  const isNothing = value.t === 'const' && value.v === null
  return isNothing && returns?.nothingIsEmpty && annotations?.emptyStatus !== undefined
    ? { status: annotations.emptyStatus }
    : null
}

// What is answered where a method gives nothing: of Dropwizard only in an Optional (dropwizard.io, "Resources", "Responses").
const statusOfNothing = (run: Run, { pack, fn }: FoundOperation): number | undefined =>
  pack.framework === 'JAX-RS' && fn?.fn.returns?.name === 'Optional' && isDropwizard(run)
    ? 404
    : pack.annotations?.optionalStatus

// Micronaut: nothing in an Optional is nothing there.
function optionalAnswer(run: Run, operation: FoundOperation, { returned }: Observation): Answer[] {
  const type = operation.fn?.fn.returns?.name ?? ''
  const status = statusOfNothing(run, operation)
  if (status === undefined || !/^(?:Optional|Maybe|Mono)$/.test(type)) return []
  const through = operation.fn ? [headOf(operation.fn)] : []
  const made = (more: Partial<Answer>) =>
    answerOf(operation, status, { isFramework: true, raisedBy: 'Optional', through, ...more })
  const things = returned.map(({ value }) => mappedFrom(value))
  // Other than these a Mono mostly has something: only one that looks for a thing may have none.
  if (type === 'Mono' && !(things.length > 0 && things.every(looksFor))) return []
  if (things.length === 0 || things.some((one) => one.t !== 'symbol')) return [made({})]
  return returned.map(({ conditions, site }, at) => {
    const subject = printValue(things[at] ?? nothing)
    return made({ site, conditions: [...conditions, [[{ subject, op: 'absent' }]]] })
  })
}

const looksFor = (value: Value): boolean =>
  value.t === 'symbol' && /\.(?:find|get|load|fetch|lookup)(?:One|First|By)\w*\(\)$/.test(value.path)

/** Of what an operation takes, what the framework checks before code sees the request, where it checks anything. `validates`: as above. */
export function checkedBefore(
  operation: FoundOperation,
  facts: readonly Fact[],
  validates: () => boolean,
): Fact[] {
  const { pack } = operation
  const invalid = operation.invalidStatus ?? pack.invalidStatus
  if (invalid === undefined || invalid === 0) return []
  if (pack.functionParameters !== 'fastapi' && pack.functionParameters !== 'tags' && !operation.fn) return []
  const asked = checkedOf(operation, facts).filter(
    (fact) => !isHandedOn(operation, fact) && !isRouted(operation, fact),
  )
  return pack === nestjs && !validates() ? [] : asked
}

const checkedOf = (operation: FoundOperation, facts: readonly Fact[]): Fact[] =>
  operation.pack === nestjs
    ? checkedByNest(operation, facts)
    : facts.filter(
        (fact) =>
          (fact.kind === 'parameter' &&
            (!(operation.pack.language === 'java' ? takesAny(fact.shape) : fact.shape.type === 'string') ||
              fact.constraints.length > 0 ||
              (fact.isRequired && fact.in !== 'path'))) ||
          (fact.kind === 'body' &&
            // One that may be left out has to fit where it is there.
            (fact.isRequired ||
              ((operation.pack.functionParameters === 'fastapi' || operation.pack.emptyForNone === true) &&
                fact.shape.type !== 'unknown')) &&
            (operation.pack.functionParameters === 'fastapi' ||
              operation.pack.functionParameters === 'tags' ||
              operation.pack.checksTypes === true ||
              operation.options.has('request') ||
              isValidated(operation))),
      )

// Java: whatever comes is a text, a file, or a list of these.
const takesAny = (shape: Shape): boolean =>
  shape.type === 'string' || shape.type === 'file' || (shape.type === 'array' && takesAny(shape.items))

// Fastify: a handler is given what did not fit, and no error comes (fastify.dev, "Validation and Serialization", `attachValidation`).
function attachesErrors({ pack, options }: FoundOperation): boolean {
  const attached = options.get('attachValidation')
  return pack.framework === 'Fastify' && attached?.t === 'const' && attached.v === true
}

// Parts whose classes a pipe checks.
const checkedByNest = ({ pipes }: FoundOperation, facts: readonly Fact[]): Fact[] =>
  facts.filter(
    (fact) =>
      (fact.kind === 'parameter' && pipes?.checked.has(fact.in)) ||
      (fact.kind === 'body' && pipes?.checked.has('body')),
  )

function invalidAnswers(
  run: Run,
  operation: FoundOperation,
  facts: readonly Fact[],
  validates: () => boolean,
): Answer[] {
  const { pack } = operation
  const invalid = operation.invalidStatus ?? pack.invalidStatus
  const hasSchema =
    pack.checksSchemas === true &&
    operation.options.has('schema') &&
    !attachesErrors(operation) &&
    facts.some(
      (fact) =>
        fact.kind === 'body' ||
        (fact.kind === 'parameter' &&
          (fact.constraints.length > 0 ||
            fact.shape.type !== 'string' ||
            (fact.in !== 'path' && fact.isRequired))),
    )
  const isChecked =
    pack.functionParameters === 'fastapi' ||
    pack.functionParameters === 'tags' ||
    operation.fn ||
    hasSchema ||
    operation.options.has('request')
  if (invalid === undefined || invalid === 0) return []
  const unread =
    isChecked || pack.checksSchemas !== true ? [] : unreadSchemas(operation.options.get('schema'))
  if (unread.length > 0) {
    const handled = handledStatuses(run, operation, pack.invalidErrors?.body ?? [])
    return (handled?.length === 0 ? [{ status: invalid, through: [] }] : (handled ?? [])).map(
      ({ status, through }) =>
        answerOf(operation, status, {
          isFramework: true,
          raisedBy: pack.framework,
          conditions: [unfit, [[unsaid]]],
          through,
        }),
    )
  }
  if (!isChecked) return []
  const failed = failStatuses(run, operation)
  if (failed?.length === 0) return []
  const asked = checkedOf(operation, facts).filter(
    (fact) => !isHandedOn(operation, fact) && !isRouted(operation, fact),
  )
  if ((asked.length === 0 && !hasSchema) || (pack.framework === 'NestJS' && !validates())) return []
  const of = asked.length > 0 ? asked : facts
  const said = failed?.map((one) => ({ ...one, facts: of, isOpen: failed.length > 1, when: null }))
  return (said ?? invalidStatuses(run, operation, of, invalid)).map(
    ({ status, facts: of, through, isOpen, when }) =>
      answerOf(operation, status, {
        isFramework: true,
        raisedBy: pack.framework,
        conditions: isOpen ? [unfit, [[unsaid]]] : when ? [when] : [unfit],
        through,
        because: of.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, 6),
      }),
  )
}

/** Schemas that code outside gives, or that are made with such: what they refuse is not known. */
function unreadSchemas(value: Value | undefined, depth = 0): Value[] {
  if (!value || depth > 16) return []
  if (value.t === 'object') return [...value.props.values()].flatMap((one) => unreadSchemas(one, depth + 1))
  if (value.t === 'list') return value.items.flatMap((one) => unreadSchemas(one, depth + 1))
  if (value.t !== 'symbol') return []
  if (!schemaPackages.test(value.path)) return [value]
  return [...(value.of ? [value.of] : []), ...value.args.map((arg) => arg.value)].flatMap((one) =>
    unreadSchemas(one, depth + 1),
  )
}
const schemaPackages =
  /^(?:@hapi\/)?joi\b|^koa-joi-router\.Joi\b|^zod\b|^yup\b|^valibot\b|^(?:@sinclair\/)?typebox\b|^fluent-json-schema\b/

// Java: a body that can not be made into the class that is asked for never comes to the handler. `told`: what is answered where one does not fit otherwise.
function unreadAnswers(
  run: Run,
  operation: FoundOperation,
  facts: readonly Fact[],
  told: readonly Answer[],
): Answer[] {
  const { pack } = operation
  const unread = pack.invalidErrors?.unread ?? []
  const bodies = facts.filter(
    (fact) =>
      fact.kind === 'body' && fact.mediaType === 'application/json' && readsInto.test(fact.shape.type),
  )
  const isOwn = operation.errors.some(
    ({ handler, type }) =>
      handler.t === 'func' &&
      type !== null &&
      (type.t === 'list' ? type.items : each(type)).some(
        (one) => one.t === 'symbol' && unread.includes(one.path.replace(/\.class$/, '')),
      ),
  )
  if (bodies.length === 0 || unread.length === 0) return []
  // Servers of others have a handler of their own, which may be nearer than one for all errors.
  if (!isOwn && pack.framework !== 'Spring' && operation.errors.some(({ type }) => isOfAll(type))) return []
  const handled = handledStatuses(run, operation, ofStack(run, unread))
  const { invalidStatus = 400 } = pack
  const isTold = (status: number) =>
    told.some((one) => one.status === status && one.conditions.length === 1 && one.conditions[0] === unfit)
  return (handled?.length === 0 ? [{ status: invalidStatus, through: [], isOpen: false }] : (handled ?? []))
    .filter(({ status, isOpen }) => status >= 400 && (isOwn || !(isOpen || isTold(status))))
    .map(({ status, through, isOpen }) =>
      answerOf(operation, status, {
        isFramework: true,
        raisedBy: operation.pack.framework,
        conditions: isOpen ? [failing('body'), [[unsaid]]] : [failing('body')],
        through,
        because: bodies.flatMap(({ evidence }) => evidence.slice(0, 1)),
      }),
    )
}

// A body that is read before the program's code, and is no JSON or longer than the program allows: told where nothing else is said to be answered so.
function notJson(
  run: Run,
  operation: FoundOperation,
  facts: readonly Fact[],
  answers: readonly Answer[],
): Answer[] {
  const { unreadBody, framework } = operation.pack
  const bodies = facts.filter((fact) => fact.kind === 'body' && fact.mediaType === 'application/json')
  if (!unreadBody?.isBefore || bodies.length === 0) return []
  const parsed = parsedBefore(run, operation, unreadBody)
  if (!parsed) return []
  const { longer } = unreadBody
  const { limit } = parsed
  const isLimited = limit?.t === 'const' && (typeof limit.v === 'number' || typeof limit.v === 'string')
  return [
    { ...unreadBody, when: failing('body') },
    ...(longer && isLimited ? [{ ...longer, when: [[tooLong]] }] : []),
  ].flatMap(({ raises, status, when }) => {
    const handled = handledStatuses(run, { ...operation, errors: parsed.errors }, [raises], { fails: status })
    return (handled?.length === 0 ? [{ status, through: [], isOpen: false }] : (handled ?? []))
      .filter((one) => !one.isOpen && !answers.some((answer) => answer.status === one.status))
      .map((one) =>
        answerOf(operation, one.status, {
          isFramework: true,
          raisedBy: framework,
          conditions: [when],
          through: one.through,
          because: bodies.flatMap(({ evidence }) => evidence.slice(0, 1)),
        }),
      )
  })
}

// What takes the errors of what reads bodies before the program's code: the handlers of the part that it stands in. Null where nothing does, or it answers by itself.
function parsedBefore(
  { interpreter }: Run,
  { handlers, errors }: FoundOperation,
  { by, unless, longer }: NonNullable<Pack['unreadBody']>,
): (Pick<FoundOperation, 'errors'> & { limit?: Value | undefined }) | null {
  if (unless && [...interpreter.project.modules.values()].some(({ text }) => unless.test(text))) return null
  if (!by) return { errors }
  const parser = handlers
    .flatMap((one) => (one.t === 'list' ? one.items : [one]))
    .find(
      (one) =>
        one.t === 'symbol' &&
        by.test(one.path) &&
        !one.args.some(
          ({ value }) =>
            value.t === 'object' && [...value.props.keys()].some((name) => /^onerror$/i.test(name)),
        ),
    )
  if (parser?.t !== 'symbol') return null
  const limit = longer && optionOf(parser.args, longer.option)
  return { errors: errorsOf.get(parser) ?? errors, limit }
}

/** What a text can not be read as. */
const readsInto = /^(?:model|object|array|map)$/

const isOfAll = (type: Value | null): boolean =>
  type === null ||
  (type.t === 'list' ? type.items : each(type)).some(
    (one) => one.t === 'symbol' && /^java\.lang\.(?:Throwable|Exception|RuntimeException)$/.test(one.path),
  )

// Nest's pipe checks by classes: what is of none, or is named by itself, fits as it comes.
// Spring MVC ("Controllers", BindingResult): who asks for what did not fit of an object is given that, and no error comes.
function isHandedOn(operation: FoundOperation, fact: Fact): boolean {
  const params = operation.fn?.fn.params ?? []
  if (!params.some(({ type }) => /(?:^|\.)(?:BindingResult|Errors)$/.test(type?.name ?? ''))) return false
  const { bound } = operation as AnnotatedOperation
  return (
    fact.kind !== 'parameter' || !bound.some(({ in: place, name }) => place === fact.in && name === fact.name)
  )
}

// Java: a path that does not match the pattern in a template is another path.
function isRouted({ pack, template }: FoundOperation, fact: Fact): boolean {
  if (pack.language !== 'java' || fact.kind !== 'parameter' || fact.in !== 'path') return false
  const pattern = template.variables.find(({ name }) => name === fact.name)?.pattern ?? ''
  return (
    pattern !== '' &&
    fact.shape.type === 'string' &&
    fact.constraints.every(({ keyword, value }) => keyword === 'pattern' && value === pattern)
  )
}

const isValidated = (operation: FoundOperation): boolean =>
  operation.checksAll === true ||
  ('bound' in operation &&
    (operation as AnnotatedOperation).bound.some(
      (one) =>
        /^(?:body|form)$/.test(one.in) && one.annotations.some(({ path }) => /\.Valid(?:ated)?$/.test(path)),
    ))

function declaredStatus(operation: FoundOperation): number | null {
  const marks = lastFunctions(operation).flatMap((fn) => fn.marks)
  const marked = marks.flatMap((mark) =>
    (operation.pack.statusMarks ?? []).flatMap(({ of, status }) =>
      mark.t === 'symbol' && of.test(mark.path) ? (argOf(mark.args, status) ?? []) : [],
    ),
  )
  const value =
    'statuses' in operation
      ? (operation as AnnotatedOperation).statuses
      : (operation.options.get('status_code') ?? operation.options.get('DefaultStatus') ?? marked[0])
  if (value) return statusesOf(value)[0] ?? null
  // FastAPI, "Custom Response": what is returned is given to the class that the route names, which has a status of its own.
  const made = operation.options.get('response_class')
  const rule = made?.t === 'symbol' ? operation.pack.answers?.[made.path]?.status : undefined
  return typeof rule === 'object' && 'arg' in rule ? (rule.otherwise ?? null) : null
}

/** The head of a function, as a place. */
export function headOf({ fn, module }: Pick<FuncValue, 'fn' | 'module'>): Site {
  return { module, start: fn.start, end: fn.headEnd, symbol: fn.name }
}
