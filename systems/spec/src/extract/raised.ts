import { beforeNamed } from './before-named.ts'
import { writesBody } from '../packs/spring/views.ts'
import { keptError } from '../packs/gin/kept-errors.ts'
import { unfit, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { shown } from '../facts/expression.ts'
import { sentBody } from '../resolve/go-json.ts'
import { exactly, isExact } from '../resolve/java-builtins.ts'
import type { ArgValue, ClassRef, Effect, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { each, ended, numberOf, printValue, saidText, symbol } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { afterPassing, caughtBy } from './go-catchers.ts'
import type { Caught } from './caught.ts'
import { isPlainError, leavesOutText } from './left-out-texts.ts'
import { statusGiven, takers } from './java-advice.ts'
import { whenOneOf } from './observation.ts'
import type { Answer, Observation } from './observation.ts'
import { saysErrorText } from './java-error-texts.ts'
import { ownBody } from './rest-providers.ts'
import type { Run } from './run-code.ts'
import { isBoom } from '../packs/boom.ts'
import { plainError } from '../packs/node-error-parts.ts'
import { heldStatuses, sitesOfStatus, statusesOf } from '../packs/status.ts'

/** What became of an error: it was answered, something took it of which no status is known, or nothing did. */
type Outcome = 'answered' | 'taken' | 'none'

/** Follows an error that is thrown or returned to the handler that takes it, and notes what it answers. `isOutside`: the code that raises it is not here. */
export function handleError(
  run: Run,
  operation: FoundOperation,
  value: Value,
  from: { conditions: Effect['conditions']; site: Site; through?: Site[]; note?: Effect['note'] },
  observation: Pick<Observation, 'answers' | 'unclear'>,
  isOutside = false,
): Outcome {
  const { raisedAs } = operation
  const conditions = reached(from.conditions)
  const own = raisedAs === undefined ? run.meaning.errorStatuses(value) : [raisedAs]
  const isLeftOut = (one: Value) => leavesOutText(operation.pack.framework, run.interpreter.lookup, one)
  const isLogged = value.t === 'symbol' && operation.pack.loggedErrors?.test(value.path) === true
  const answer = (
    status: number,
    isFramework: boolean,
    more: readonly Site[] = [],
    body: Value | null = null,
    ways = 1,
  ): Answer => ({
    status,
    body,
    conditions: whenOneOf(conditions ?? [], ways),
    site: from.site,
    through: [...(from.through ?? []), ...more],
    statusAt: sitesOfStatus(value, status),
    raisedBy: nameOf(value),
    message:
      (body && !isLeftOut(body) ? bodyMessage(body) : '') ||
      ((body && !mayHold(body, value, isLeftOut)) || raisedAs !== undefined || isLogged
        ? ''
        : messageOf(value) || run.meaning.errorText(value)),
    media: '',
    isFramework,
  })
  if (conditions === null) return 'none'
  // Of an error that nothing is known of, nothing can be said of what becomes of it.
  if (value.t === 'symbol' && value.path === '?' && !operation.pack.keptErrors) return 'none'
  if (operation.pack.language === 'java') {
    const held = operation.pack.framework === 'JAX-RS' ? ownBody(run, value) : null
    const taken = takers(
      held ? [] : operation.errors.filter(({ type }) => !(type && isOfServer(operation, type, value, own))),
      (one) => matchOf(run, value, one.type, own),
    )
    const { handlers } = taken
    const isSure = taken.isSure && !handlers.every(({ mayPass }) => mayPass)
    // What a call is documented to fail with is told where something is there for that, not for any error.
    if (from.note?.['isDocumented'] === true && handlers.every(({ type }) => isOfAny(type))) return 'none'
    const found = handlers.map((one) =>
      answersOfHandler(run, operation, one, value).filter(({ status }) => status > 0),
    )
    const isTaken = handlers.length > 0
    const ways = new Set([
      ...found.flatMap((all) => (all.length > 0 ? all.map(({ status }) => status) : [0])),
      ...(isSure ? [] : own.length > 0 ? own : isTaken ? [0] : []),
    ]).size
    // Of an error that may be of so many classes, nobody knows anything.
    if (ways > maxTold) return askOf(handlers, observation)
    // What nobody expected, and only the handler of whatever is left takes: when it comes, more would have to be known than what code asks.
    const isLeft =
      from.note?.['isCertain'] !== true && handlers.length > 0 && handlers.every(({ type }) => isOfAny(type))
    for (const { status, site, body } of found.flat())
      observation.answers.push({
        ...answer(
          status,
          false,
          [site, ...(own.includes(status) ? saysStatus(value) : [])],
          body,
          isLeft && status >= 500 ? Math.max(2, ways) : ways,
        ),
        ...(handlers.some((one) => replacesError(one) || leavesOut(one))
          ? { message: body ? bodyMessage(body) : '' }
          : {}),
      })
    const denied = isTaken || own.length > 0 ? [] : deniedStatuses(run, operation, value)
    // What it says is not in the answer.
    for (const status of denied)
      observation.answers.push({ ...answer(status, true, [], null, denied.length), message: '' })
    if (denied.length > 0) return 'answered'
    if (!isSure)
      for (const status of own)
        observation.answers.push({
          ...answer(status, isOutside, saysStatus(value), held, ways),
          ...(saysErrorText(run, operation, value) ? {} : { message: '' }),
        })
    const isAnswered = found.some((all) => all.length > 0) || (!isSure && own.length > 0)
    // What takes an error of a library may be there too, and answer what the error is made with.
    if (!isAnswered && !isTaken && value.t === 'symbol')
      for (const status of heldStatuses(value)) {
        const one = answer(status, true)
        observation.answers.push({ ...one, conditions: [...one.conditions, [[unsaid]]] })
      }
    return isAnswered ? 'answered' : isTaken ? askOf(handlers, observation) : 'none'
  }
  const isDocumented = operation.pack.language === 'javascript' && from.note?.['isDocumented'] === true
  const handlers = operation.errors
    .map((one, index) => ({
      ...one,
      index,
      distance: one.type
        ? distanceTo(run, value, one.type, own)
        : one.catches && !one.isOutermost
          ? nearest
          : far,
    }))
    .filter(
      ({ distance, handler, type }) =>
        distance !== null &&
        (isDocumented ||
          from.note?.['isDocumented'] !== true ||
          (distance !== nearest && distance < far - 1) ||
          asksByName(run, handler, value)) &&
        !(type && isOfServer(operation, type, value, own)),
    )
    .toSorted(
      (a, b) =>
        (a.distance ?? far) - (b.distance ?? far) ||
        (operation.pack.lastErrorFirst ? b.index - a.index : a.index - b.index),
    )
  if (isDocumented) {
    const asked = askedFor(run, operation, handlers, value)
    for (const { status, site, body } of asked)
      observation.answers.push(
        answer(status, false, [site], body, new Set(asked.map((one) => one.status)).size),
      )
    return asked.length > 0 ? 'answered' : 'none'
  }
  // What some middleware answers and hands on as well is answered in several ways.
  let isParted = false
  const ownWays = raisedAs === undefined ? run.meaning.errorWays(value) : null
  for (const [at, one] of handlers.entries()) {
    if (one.isAround) {
      const { answers, isPassed, others } =
        one.catches?.(value) ?? caughtAs(run, operation, one.handler, value)
      const ways = new Set(answers.map(({ status }) => status)).size + others.length
      isParted ||= isPassed && ways > 0
      for (const { status, site, body, statusAt = [] } of answers)
        if (status > 0)
          observation.answers.push(answer(status, false, [site, ...statusAt], body, isParted ? 2 : ways))
        else observation.unclear.push(site)
      const around = { ...operation, errors: handlers.slice(at + 1) }
      for (const other of others)
        handleError(
          run,
          around,
          other,
          { ...from, conditions: whenOneOf(conditions, isParted ? 2 : ways) },
          observation,
        )
      if (isPassed) continue
      if (ways > 0) return 'answered'
      continue
    }
    if (one.isOwn) {
      const isSaid = value.t === 'symbol' && value.args.some(({ name }) => name === 'message')
      for (const status of own)
        observation.answers.push({
          ...answer(status, isOutside, [], null, own.length),
          ...(isSaid ? {} : { message: '' }),
        })
      return own.length > 0 ? 'answered' : 'none'
    }
    const all = answersOfHandler(run, operation, one, value)
    if (all.length === 0) continue
    const handled = all.filter(({ status }) => status > 0)
    if (handled.length === 0) observation.unclear.push(...all.map(({ site }) => site))
    const isOneOf = isParted || ownWays !== null || handled.some((each) => each.isOneOf === true)
    const ways = isOneOf ? 2 : new Set(handled.map(({ status }) => status)).size
    for (const { status, site, body, when } of handled) {
      const one = answer(status, false, [site], body, when && !isParted ? 1 : ways)
      observation.answers.push(when && !isParted ? { ...one, conditions: [...one.conditions, ...when] } : one)
    }
    return 'answered'
  }
  // What is kept and nothing asks for is answered by nobody.
  if (operation.pack.keptErrors || operation.keptAs !== undefined) return 'none'
  const { statuses: said, isLost } = untaken(run, operation, value, own, from.conditions)
  if (ownWays && !isLost) {
    const ways = isParted ? 2 : 1
    for (const { status, when } of ownWays)
      if (status === null) observation.unclear.push(from.site)
      else {
        const one = answer(status, isOutside, [], null, ways)
        observation.answers.push({ ...one, conditions: [...one.conditions, when] })
      }
    return 'answered'
  }
  const statuses = isParted && said.length === 0 ? [operation.pack.returnedErrors ?? []].flat() : said
  for (const status of statuses)
    observation.answers.push({
      ...answer(status, isOutside || isLost, [], null, isParted ? 2 : statuses.length),
      // Nobody is told what it says, but by Fastify.
      ...(isLost && operation.pack.framework !== 'Fastify' ? { message: '' } : {}),
    })
  // What a library is documented to fail with is looked at for what the program has there for it.
  const isKnownOnly = from.note?.['isDocumented'] === true
  if (statuses.length === 0 && !isOutside && !isKnownOnly && isOfPackage(value))
    observation.unclear.push(from.site)
  return statuses.length > 0 ? 'answered' : 'none'
}

// JavaScript: an error that code makes of a class of a package, whose status only that package knows.
const isOfPackage = (value: Value): boolean =>
  value.t === 'symbol' && /^@?[\w-]+[\w/.-]*\.\w*(?:Error|Exception|Problem)\(\)$/.test(value.path)

// JavaScript: what the first handler answers to an error that a library documents, where it asks for that: to any other it answers something else.
function askedFor(
  run: Run,
  operation: FoundOperation,
  handlers: readonly (FoundOperation['errors'][number] & { distance: number | null })[],
  value: Value,
): Pick<Handled, 'status' | 'site' | 'body'>[] {
  for (const one of handlers) {
    const answersTo = (error: Value) =>
      one.isAround
        ? caughtAs(run, operation, one.handler, error)
        : { answers: one.isOwn ? [] : answersOfHandler(run, operation, one, error), isPassed: false }
    const { answers, isPassed } = answersTo(value)
    const isOfClass = (one.distance ?? far) < far - 1
    const others = isOfClass ? [] : answersTo(plainError).answers.map(({ status }) => status)
    const own = answers.filter(({ status }) => status > 0 && !others.includes(status))
    if (own.length > 0 || !isPassed) return own
  }
  return []
}

// What an error that nothing takes is answered with. One of Boom's says its status to hapi alone.
function untaken(
  run: Run,
  { pack }: FoundOperation,
  value: Value,
  own: readonly number[],
  when: Effect['conditions'],
) {
  const isOther = value.t === 'symbol' && isBoom(value) && pack.framework !== 'hapi'
  const isLost = isOther || (own.length === 0 && isUnexpected(run, value, when))
  return { isLost, statuses: isLost ? [pack.unexpectedStatus ?? []].flat() : own }
}

// What a schema of JavaScript throws of a request that does not fit, and errors of the repository's own classes.
const isUnexpected = (run: Run, value: Value, when: Effect['conditions']): boolean =>
  value.t === 'object' && value.ref?.module.language === 'javascript'
    ? run.interpreter.lookup.ancestry(value.ref).includes('Error')
    : value.t === 'symbol' &&
      when.includes(unfit) &&
      /^(?:zod\.ZodError|joi\.ValidationError|yup\.ValidationError|superstruct\.StructError|valibot\.ValiError)\(\)$/.test(
        value.path,
      )

// Spring Security ("Handling Security Exceptions"): what code throws because somebody may not do it is answered as the chain refuses who may not, or who is not signed in.
function deniedStatuses(run: Run, { denied }: FoundOperation, value: Value): number[] {
  if (!denied) return []
  const is = (name: string) => run.interpreter.isInstance(value, symbol(name)) === true
  if (is('org.springframework.security.core.AuthenticationException'))
    return [denied.unknown].filter(isRefusal)
  if (!is('org.springframework.security.access.AccessDeniedException')) return []
  return [...new Set([denied.forbidden, ...(denied.isForAll ? [denied.unknown] : [])])].filter(isRefusal)
}

const endedText = printValue(ended)
const isOfEnded = ({ subject }: Atom) => subject === endedText

/** The cases that come: after what was asked and never came back, none does. Null where there is no other. */
export function reached(conditions: readonly Condition[]): Condition[] | null {
  const left = conditions.map((one) =>
    one.some((row) => row.some(isOfEnded)) ? one.filter((row) => !row.some(isOfEnded)) : one,
  )
  return left.some(({ length }, at) => length === 0 && conditions[at]?.length !== 0) ? null : left
}

const isRefusal = (status: number) => status >= 400

// What takes an error of which no status is known is asked of, once for each that takes it.
function askOf(
  handlers: FoundOperation['errors'],
  { unclear }: Pick<Observation, 'unclear'>,
): Extract<Outcome, 'taken'> {
  for (const { handler } of handlers)
    for (const { fn, module } of handlerFunctions(handler))
      unclear.push({ module, start: fn.start, end: fn.headEnd, symbol: fn.name })
  return 'taken'
}

const isOfAny = (type: Value | null): boolean =>
  type === null ||
  (type.t === 'symbol' &&
    /^(?:java\.lang\.)?(?:Exception|RuntimeException|Throwable)(?:\(\))?$/.test(type.path))

// Where a class of the repository says which status its errors have: what it extends or is annotated with, and what it is made with.
function saysStatus(value: Value): Site[] {
  if (value.t !== 'object' || !value.ref) return []
  const { cls, module } = value.ref
  const made = cls.members.filter(({ name }) => name === 'constructor').slice(0, 2)
  return [
    { module, start: cls.start, end: cls.headEnd, symbol: cls.name },
    ...made.map(({ start, end }) => ({ module, start, end, symbol: `${cls.name}.constructor` })),
  ]
}

// Whether a handler's code puts another error in the place of the one that it is given: what that one says is then not said.
function replacesError({ handler }: FoundOperation['errors'][number]): boolean {
  return handlerFunctions(handler).some(({ fn, module }) =>
    fn.params.some(({ name }) =>
      new RegExp(String.raw`(?<![\w.])${name}\s*=(?!=)`).test(module.text.slice(fn.headEnd, fn.end)),
    ),
  )
}

// Whether a handler answers without looking at the error that it is given, but for its log.
function leavesOut({ handler }: FoundOperation['errors'][number]): boolean {
  const all = handlerFunctions(handler)
  return (
    all.length > 0 &&
    all.every(({ fn, module }) => {
      if (!fn.hasBody) return false
      if (fn.params.length === 0) return true
      const at = errorParameter(fn.params)
      const name = fn.params[Math.max(at, 0)]?.name
      const code = module.text.slice(fn.headEnd, fn.end).replaceAll(logged, '')
      return name !== undefined && !new RegExp(String.raw`(?<![\w.])${name}\b`).test(code)
    })
  )
}

/** A call of a log, as a statement. */
const logged =
  /\b(?:LOG|LOGGER|\w*[lL]og(?:ger)?)(?:\(\))?(?:\s*\.\s*\w+\((?:[^;"]|"(?:[^"\\]|\\.)*")*\))+\s*;/g

// What a handler makes of an error: what its code answers, else the status that is said of it.
function answersOfHandler(
  run: Run,
  operation: FoundOperation,
  { handler, status, site }: FoundOperation['errors'][number],
  value: Value,
): Handled[] {
  const found = handledAs(run, operation, handler, value)
  if (found.length > 0 || status === undefined) return found
  const [fn] = handlerFunctions(handler)
  const said =
    site ?? (fn && { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name })
  if (!said) return []
  const body = fn && !site && writesBody(fn) ? givenBy(run, operation, fn, value) : null
  const statuses = status === 'own' ? run.meaning.errorStatuses(value) : [status]
  return statuses.map((one) => ({ status: one, body, isGuess: false, site: said }))
}

// The one text that a handler always gives.
function givenBy(run: Run, operation: FoundOperation, fn: FuncValue, error: Value): Value | null {
  const { result } = run.interpreter.record(
    () => run.interpreter.outcomes(fn, errorArguments(run, fn, error), operation.site),
    3000,
  )
  const [first, ...others] = result.flatMap(({ value }) => each(value))
  return first && others.length === 0 && saidText(first) !== '' ? first : null
}

// Java: how near a handler's class is to an error's, and whether the error may be of it where that is not known.
function matchOf(run: Run, value: Value, type: Value | null, own: readonly number[]) {
  if (!type) return { distance: far, mayBe: false }
  const distance = distanceTo(run, value, type, own)
  // Of what is caught as any error and thrown again nothing says that it is of one class.
  const isAny = value.t === 'symbol' && isOfAny(value) && !isExact(value)
  const types = type.t === 'list' ? type.items : each(type)
  return {
    distance,
    mayBe:
      distance === null && !isAny && types.some((one) => run.interpreter.isInstance(value, one) === null),
  }
}

/**
 * Starlette ("Exceptions", "Errors and handled exceptions"): a handler of `Exception` is of what nothing else answers. HTTP exceptions and requests that do not fit have
 * handlers of their own in any program, and so have Falcon's (3.0, "Error Handling": the nearest class counts). In Javalin only one for the class itself, or for `HttpResponseException`, takes a response that is thrown.
 */
const isOfServer = (
  { pack, raisedAs }: FoundOperation,
  type: Value,
  error: Value,
  own: readonly number[],
): boolean =>
  (pack.framework === 'Javalin' &&
    own.length > 0 &&
    type.t === 'symbol' &&
    /^java\.lang\.(?:Throwable|(?:Runtime)?Exception)$/.test(type.path)) ||
  (/^(?:FastAPI|Starlette|Falcon)$/.test(pack.framework) &&
    raisedAs === undefined &&
    type.t === 'symbol' &&
    /^(?:builtins\.)?Exception$/.test(type.path) &&
    (own.length > 0 ||
      (error.t === 'symbol' && error.path === 'fastapi.exceptions.RequestValidationError()')))

/** Statuses that one error may be answered with, each as a question. */
const maxTold = 3

/** A handler of any error comes after those of classes, and a decorator's before all others. */
const far = 100
const nearest = -1

// How far above an error's own class the one lies that a handler is for; null where it is for others.
function distanceTo(run: Run, value: Value, type: Value, own: readonly number[]): number | null {
  const distances = (type.t === 'list' ? type.items : each(type)).flatMap((one) => {
    const status = one.t === 'class' ? null : (numberOf(one) ?? statusesOf(one)[0] ?? null)
    // Before that of a class which it extends.
    if (status !== null) return own.includes(status) ? [0.5] : []
    if (run.interpreter.isInstance(value, one) !== true) return []
    const name = one.t === 'class' ? one.ref.cls.name : one.t === 'symbol' ? one.path : ''
    const above = value.t === 'object' && value.ref ? run.interpreter.lookup.ancestry(value.ref) : []
    const ancestry =
      above.length > 0
        ? [...above, ...above.flatMap((each) => run.meaning.basesOf(each))]
        : value.t === 'symbol'
          ? [value.path.replace(/\(\)$/, ''), ...run.meaning.basesOf(value.path)]
          : []
    const at = ancestry.findIndex((each) => each === name || simple(each) === simple(name))
    return [at < 0 ? far - 1 : at]
  })
  return distances.length > 0 ? Math.min(...distances) : null
}

const simple = (path: string) => path.split(/[./]/).at(-1)

// Servers of JAX-RS have a mapper of their own for what validation refuses, which is nearer than one for all errors (Jersey, RESTEasy, Quarkus).
const isForOwn = ({ pack }: FoundOperation, type: Value | null, path: string): boolean =>
  pack.framework !== 'JAX-RS' ||
  !path.endsWith('.validation.ConstraintViolationException') ||
  !/^java\.lang\.(?:Throwable|Exception|RuntimeException)$/.test(type?.t === 'symbol' ? type.path : '')

/**
 * What becomes of an error that the framework raises by itself, the first of these that anything takes: the statuses of its handlers, empty where nothing takes it;
 * null where what takes it answers nothing that is known.
 */
export function handledStatuses(
  run: Run,
  operation: FoundOperation,
  paths: readonly string[],
  note: unknown = exactly,
): { status: number; through: Site[]; isOpen: boolean }[] | null {
  for (const path of paths) {
    const observation: Pick<Observation, 'answers' | 'unclear'> = { answers: [], unclear: [] }
    const outcome = handleError(
      run,
      { ...operation, errors: operation.errors.filter((one) => isForOwn(operation, one.type, path)) },
      symbol(`${path}()`, path, { note }),
      // Spring raises it itself, and asks no other handler before.
      {
        conditions: [],
        site: operation.site,
        note: { isCertain: operation.pack.framework === 'Spring' },
      },
      observation,
      true,
    )
    if (outcome === 'taken') return null
    const found = observation.answers.filter(({ isFramework }) => !isFramework)
    if (found.length > 0)
      return found.map(({ status, through, conditions }) => ({
        status,
        through,
        isOpen: conditions.length > 0,
      }))
  }
  return []
}

interface Handled {
  /** 0 where it is only known when it runs. */
  status: number
  site: Site
  body: Value | null
  isGuess: boolean
  /** It may be another status too. */
  isOneOf?: boolean
  /** What the handler asks of the error before it answers so, where that is all that it asks. */
  when?: Effect['conditions']
}

/** What handlers make of errors that they were given before: of all operations, or of one where they look at what was asked. */
const handledBefore = new WeakMap<object, Map<Value, Map<string, Handled[]>>>()

/** Whether what a function does may hang on which path or method is asked: it asks for them in a condition. */
export const looksAtRequest = ({ fn, module }: FuncValue): boolean =>
  asksPath.test(module.text.slice(fn.start, fn.end))
const asksPath =
  /(?:\bif\b|\bswitch\b|\bmatch\b|\bcase\b|\?|&&|\band\b|\bor\b)[^\n]*\b(?:path\w*|url\w*|uri|method|route|\w*URI|\w*URL|\w*Path)\b|(?:path|url)\w*\.(?:starts_?[wW]ith|ends_?[wW]ith|includes|match)/i

// JavaScript: whether a handler of errors asks for something of the request (`if (req.isPage)`), which middleware may have kept there.
function asksWhatIsKept({ fn, module }: FuncValue): boolean {
  const [, request] = fn.params
  if (module.language !== 'javascript' || !request || !/^\w+$/.test(request.name)) return false
  const asked = new RegExp(String.raw`(?:\bif\b|\?|&&|\|\|)[^\n]*\b${request.name}\.\w`)
  return asked.test(module.text.slice(fn.start, fn.end))
}

// Errors are often of one kind, thrown at many places.
function handledAs(run: Run, operation: FoundOperation, handler: Value, error: Value): Handled[] {
  const asksKept = handlerFunctions(handler).some(asksWhatIsKept)
  const isOfAll = !asksKept && handlerFunctions(handler).every((fn) => !looksAtRequest(fn))
  const holder = isOfAll ? run.interpreter : operation
  const known = handledBefore.get(holder) ?? new Map<Value, Map<string, Handled[]>>()
  handledBefore.set(holder, known)
  const own = known.get(handler) ?? new Map<string, Handled[]>()
  known.set(handler, own)
  // What it hands on is for those that come after it.
  const at = operation.errors.findIndex((one) => one.handler === handler)
  const others = othersAsked(operation, at).flatMap((one) => handlerFunctions(one.handler))
  const said = [saysOf(error), ...others.map(({ fn, module }) => `${module.path}:${fn.start}`)].join('\n')
  const found = own.get(said)
  if (found) return found
  const state = run.meaning.save()
  const made = run.meaning.context.aside(() => statusesOfHandler(run, operation, handler, error, asksKept))
  run.meaning.restore(state)
  own.set(said, made)
  return made
}

/** The same of middleware that errors pass on their way. */
const caughtBefore = new WeakMap<object, Map<Value, Map<string, Caught>>>()

function caughtAs(run: Run, operation: FoundOperation, handler: Value, error: Value): Caught {
  const isOfAll = handlerFunctions(handler).every((fn) => !looksAtRequest(fn))
  const holder = isOfAll ? run.interpreter : operation
  const known = caughtBefore.get(holder) ?? new Map<Value, Map<string, Caught>>()
  caughtBefore.set(holder, known)
  const own = known.get(handler) ?? new Map<string, Caught>()
  known.set(handler, own)
  const said = [saysOf(error), operation.keptAs].join('\n')
  const found = own.get(said) ?? caughtBy(run, operation, handler, error)
  own.set(said, found)
  return found
}

// Python: whether what takes any error has a word for this one.
function asksByName(run: Run, handler: Value, error: Value): boolean {
  if (error.t !== 'symbol') return false
  const names = [error.path, ...run.meaning.basesOf(error.path)].map((path) => /\w+(?=\W*$)/.exec(path)?.[0])
  const asked = new RegExp(`\\b(?:${names.join('|')})\\b`)
  return handlerFunctions(handler).some(
    ({ fn, module }) => module.language === 'python' && asked.test(module.text.slice(fn.start, fn.end)),
  )
}

/** All that a handler may find in an error. */
export function saysOf(error: Value): string {
  const parts =
    error.t === 'object' ? [...error.props].map(([name, value]) => `${name}: ${printValue(value)}`) : []
  const args = error.t === 'object' || error.t === 'symbol' ? error.args : []
  return [
    printValue(error),
    nameOf(error),
    ...parts,
    ...args.map(({ name, value }) => `${name}=${printValue(value)}`),
  ].join('\n')
}

// `asksKept`: it asks the request for what middleware of the operation kept in it.
function statusesOfHandler(
  run: Run,
  operation: FoundOperation,
  handler: Value,
  given: Value,
  asksKept: boolean,
): Handled[] {
  const found: Handled[] = []
  // An object of JavaScript that is written out and thrown has no other keys than those.
  const isWritten = given.t === 'object' && given.ref === null && !given.isOpen && !given.props.has('@error')
  const error: Value =
    isWritten && operation.pack.language === 'javascript' ? { ...given, isWhole: true } : given
  const at = operation.errors.findIndex((one) => one.handler === handler)
  const { seenPath } = run.meaning
  const isKept = operation.pack.keptErrors !== undefined && operation.keptAs === undefined
  // Behind what is mounted the path is whole again.
  run.meaning.seenPath = null
  for (const fn of handlerFunctions(handler)) {
    run.meaning.reset(asksKept)
    const roles = operation.pack.parameters ?? []
    const args: ArgValue[] =
      operation.pack.parameters?.[0] === 'express:req' ||
      operation.pack.framework === 'Fastify' ||
      operation.pack.framework === 'Hono' ||
      operation.pack.framework === 'Next.js API routes' ||
      operation.pack.framework === 'Javalin'
        ? [error, ...roles.map((role) => symbol(role, role.split(':').at(-1) ?? role))].map((value) => ({
            name: null,
            value,
          }))
        : operation.pack.framework === 'FastAPI'
          ? [symbol('fastapi.Request()', 'request'), error].map((value) => ({ name: null, value }))
          : isKept
            ? []
            : operation.pack.errorParameters
              ? operation.pack.errorParameters.map((role) => ({
                  name: null,
                  value: role === 'error' ? error : symbol(role, role),
                }))
              : errorArguments(run, fn, error)
    const { errorAt } = operation.pack
    run.meaning.failed = errorAt === undefined ? null : { at: errorAt, error }
    if (isKept) run.meaning.kept = { t: 'list', items: [keptError(error)], isOpen: false }
    run.meaning.isHandling = true
    const { effects: all, result } = run.interpreter.record(
      () => run.interpreter.outcomes(fn, args, operation.site),
      3000,
    )
    run.meaning.isHandling = false
    run.meaning.kept = null
    run.meaning.failed = null
    // hapi: what is set on the error is answered, whatever it was.
    if (
      errorAt !== undefined &&
      /\.output\.statusCode\s*=(?!=)/.test(fn.module.text.slice(fn.fn.start, fn.fn.end))
    )
      found.push({ status: 0, site: operation.site, body: null, isGuess: false })
    // What it answers before it hands on is for no error that was kept after.
    const effects = isKept ? all.filter(afterPassing(all)) : all
    // What it set on the answer that it was given.
    const [set] = operation.pack.errorParameters ? run.meaning.pending() : []
    if (set !== undefined) found.push({ status: set, site: operation.site, body: null, isGuess: false })
    const answered: Effect['conditions'][] = []
    // Go: of an error of which the handler finds no one answer, which it is is not known.
    const answers = effects.filter(({ kind }) => kind === 'respond')
    if (fn.module.language === 'go' && new Set(answers.map(({ status }) => status)).size > 1) {
      for (const { status, site, value, conditions, note } of answers) {
        const when = askedOfError(error, conditions)
        if (status !== null)
          found.push({
            status,
            site,
            body: sentBody(value, note['media']),
            isGuess: false,
            ...(when ? { when } : { isOneOf: true }),
          })
      }
      continue
    }
    for (const effect of effects) {
      if (effect.kind === 'respond' || (effect.kind === 'answer-error' && effect.status !== null)) {
        // Who was answered is not answered again.
        if (answered.some((one) => one.every((condition, at) => effect.conditions[at] === condition)))
          continue
        answered.push(effect.conditions)
        const when = askedOfRequest(fn, effect.conditions)
        found.push({
          status: effect.status ?? 0,
          site: effect.site,
          body: effect.kind === 'respond' ? sentBody(effect.value, effect.note['media']) : null,
          isGuess: isGuess(effect.conditions),
          ...(when ? { when } : {}),
          isOneOf: Number(effect.note['ways'] ?? 1) > 1 || asksOf(error, effect.conditions),
        })
      }
      const others = othersAsked(operation, at)
      const [next] = effect.kind === 'raise' ? others.slice(operation.pack.errorsGoUp ? -1 : 0) : []
      if (next) {
        found.push(...answersOfHandler(run, { ...operation, errors: others }, next, effect.value))
        continue
      }
      if (effect.kind === 'raise')
        for (const status of untaken(
          run,
          operation,
          effect.value,
          run.meaning.errorStatuses(effect.value),
          [],
        ).statuses)
          found.push({ status, site: effect.site, body: null, isGuess: isGuess(effect.conditions) })
    }
    // Spring: what says its status by an annotation sends what it made of the error, whatever that stands for.
    const isSaid = typeof operation.errors[at]?.status === 'number'
    for (const one of result)
      for (const { statuses, body, when = [], error: of } of run.meaning.answersOf(one.value))
        for (const status of isSaid && of === error ? [] : statuses)
          found.push({
            status,
            site: one.site,
            body: body ?? null,
            isGuess: isGuess(one.conditions),
            isOneOf:
              asksOf(error, one.conditions) || when.some((rows) => rows.some((row) => row.includes(unsaid))),
          })
  }
  run.meaning.seenPath = seenPath
  // No status of an error: the one that it sets is not known.
  if (operation.pack.errorAt !== undefined) {
    for (const one of found) if (one.status < 400) one.status = 0
    // One that may become one of several, of which nothing is known, mostly stays what it is.
    const isMapped = new Set(found.map(({ status }) => status)).size > 1
    const [first] = found
    if (isMapped && first) return run.meaning.errorStatuses(error).length > 0 ? [] : [{ ...first, status: 0 }]
  }
  const sure = found.filter(({ isGuess: isOne }) => !isOne)
  return sure.length > 0 ? sure : found
}

// Handlers that an error comes to which this one hands on (Express, "Error handling": the next one; others: those around it).
const othersAsked = ({ pack, errors }: FoundOperation, at: number): FoundOperation['errors'] =>
  pack.errorsGoUp
    ? errors.slice(0, at)
    : pack.parameters?.[0] === 'express:req' && at >= 0
      ? errors.slice(at + 1).filter(({ type }) => type === null)
      : []

// Go: whether all that a handler asks is what an error is that a call failed with (`errors.As`, `errors.Is`): that is known where the call stands.
function askedOfError(error: Value, conditions: Effect['conditions']): Effect['conditions'] | null {
  // That there is one is no question where it is handed over.
  const asked = conditions.filter(
    (condition) =>
      !condition.every((row) => row.every(({ subject, op }) => op === 'present' && /^\w+$/.test(subject))),
  )
  const isOfError = ({ subject }: Atom) =>
    /^\u2039?errors\.(?:As|Is)\(/.test(subject) ||
    / is (?:[\w.-]+\/)*[\w-]+\.\w+(?:#\d+\u203A)?$/.test(subject)
  const isAll = asked.every((condition) => condition.every((row) => row.every(isOfError)))
  return error.t === 'symbol' && isAll && asked.length > 0 && asked.length <= maxAsked ? asked : null
}
const maxAsked = 6

// JavaScript: what a handler of errors asks, where all of that is of the request and of settings: whatever the error is, it answers so then. Null of any other.
function askedOfRequest(
  { fn, module }: FuncValue,
  conditions: Effect['conditions'],
): Effect['conditions'] | null {
  if (module.language !== 'javascript' || conditions.length === 0 || conditions.length > maxAsked) return null
  const [error, ...others] = fn.params.map(({ name }) => name)
  const handed = new Set(['header', 'query', 'cookie', 'body', 'path', 'process', ...others])
  const isOfRequest = ({ subject }: Atom) => {
    const names: readonly string[] = shown(subject).match(/(?<![\w$."'])[A-Za-z_$][\w$]*/g) ?? []
    return names.includes(error ?? '') ? false : handed.has(names[0] ?? '')
  }
  return conditions.every((condition) => condition.every((row) => row.every(isOfRequest))) ? conditions : null
}

// Python: whether a handler asks of an error what is not known of it (`exc.status_code == 404`): then it may answer otherwise.
function asksOf(error: Value, conditions: Effect['conditions']): boolean {
  if (error.t !== 'symbol' || error.site?.module.language !== 'python') return false
  const member = `${printValue(error)}.`
  return conditions.some((condition) =>
    condition.every((row) => row.some(({ subject }) => shown(subject).startsWith(member))),
  )
}

// An error of which nothing but its class is known is not taken for the one of which a handler asks for a certain text.
const isGuess = (conditions: Effect['conditions']): boolean =>
  conditions.some((condition) =>
    condition.every((row) =>
      row.some(
        ({ subject, op }) =>
          (op === '==' || op === 'true' || op === 'present') &&
          /\.message\b|\((?:e|ex|exc|err|error|exception)\)/.test(shown(subject)),
      ),
    ),
  )

// Gin ("Error"): what is kept holds the error, and says what it says.
const errorParameter = (params: FuncValue['fn']['params']): number =>
  params.findIndex(
    (param) =>
      /Exception|Error|Throwable/.test(param.type?.name ?? '') ||
      /^(?:e|ex|exc|err|error|exception)$/.test(param.name),
  )

// What a handler of errors is given besides the error (docs.spring.io, "Exceptions", "Method Arguments"). What renders errors of WebFlux asks its request for the error.
const ofRequest =
  /(?:(?<!^Server)Request|Response|Exchange|HandlerMethod|HttpSession|Principal|HttpMethod|Locale|TimeZone|ZoneId|Model|Map|Attributes?|HttpHeaders|HttpStatus(?:Code)?|Stream|Reader|Writer)$/

// The parameter of the error's type, among others that the framework gives.
function errorArguments(run: Run, fn: FuncValue, error: Value): ArgValue[] {
  // The thing that a method of Python is of is no argument of it.
  const isMethod = fn.module.language === 'python' && fn.owner !== null && !fn.fn.isStatic
  const params = isMethod ? fn.fn.params.slice(1) : fn.fn.params
  const found = errorParameter(params)
  // What recovers in Go is given what was panicked with after what it answers by.
  const at =
    found < 0 && fn.module.language === 'go'
      ? params.length - 1
      : found < 0 && fn.module.language === 'java'
        ? params.findIndex(({ type }) => !ofRequest.test(type?.name ?? ''))
        : Math.max(found, 0)
  const status = statusGiven(error)
  return params.map((param, index) => ({
    name: null,
    value:
      index === at
        ? error
        : status && /(?:^|\.)HttpStatus(?:Code)?$/.test(param.type?.name ?? '')
          ? status
          : run.interpreter.lookup.instanceOf(param.type, fn.scope, param.name),
  }))
}

// Whether what is sent may have a text of an error in it: not what is there word for word, nor what is known to be of something else.
function mayHold(body: Value, error: Value, isLeftOut: (one: Value) => boolean, depth = 0): boolean {
  if (isLeftOut(body)) return false
  if (body === error || depth > 6) return true
  switch (body.t) {
    case 'const':
      return typeof body.v === 'string' && body.v !== '' && body.v === messageOf(error)
    case 'object':
      return (
        body.ref !== null ||
        body.isOpen ||
        [...body.props.values()].some((one) => mayHold(one, error, isLeftOut, depth + 1))
      )
    case 'list':
      return body.isOpen || body.items.some((one) => mayHold(one, error, isLeftOut, depth + 1))
    case 'text':
      return body.parts.some((one) => mayHold(one, error, isWhole, depth + 1))
    case 'symbol':
      return (
        body.path.startsWith('?') ||
        (body.of !== null && mayHold(body.of, error, isWhole, depth + 1)) ||
        body.args.some((arg) => mayHold(arg.value, error, isWhole, depth + 1))
      )
    default:
      return true
  }
}

// What is made of an error may have its text: it is a text itself, or asks the error for it.
const isWhole = () => false

export function nameOf(value: Value): string {
  if (value.t === 'object' && value.ref) return value.ref.cls.name
  if (value.t === 'class') return value.ref.cls.name
  if (value.t === 'symbol') return value.path.replace(/\(\)$/, '').split(/[./]/).at(-1) ?? value.text
  return 'error'
}

export function messageOf(given: Value): string {
  const value = beforeNamed(given)
  // Flask's pair of a body and a status.
  if (value.t === 'list') return value.items[0] ? bodyMessage(value.items[0]) : ''
  // What Go's errors are made around is only known when it runs.
  if (
    value.t === 'symbol' &&
    value.path === 'fmt.Errorf()' &&
    /%[-+# 0]*\w/.test(saidText(value.args[0]?.value))
  )
    return ''
  // What fills the text that its class was made with is not that text.
  if (value.t === 'symbol' && value.path.endsWith('()()')) return ''
  const args = value.t === 'object' || value.t === 'symbol' ? value.args : []
  // JAX-RS: what it is made with alone is how to sign in.
  if (value.t === 'symbol' && challenged.test(value.path) && args.length === 1) return ''
  const named = args.find(({ name }) => /^(?:detail|[mM]essage|description|reason|text)$/.test(name ?? ''))
  // Of others that have a name (a type of media, headers) none is what it says.
  const alone = args.filter(({ name }) => name === null).map((arg) => arg.value)
  const texts = [named?.value, ...alone, ...alone.map(messageIn)]
    .map(saidText)
    .filter((text) => text !== '' && !mediaType.test(text) && !template.test(text))
  return texts[0] ?? ''
}

// JavaScript: what options of an error say (`new HTTPException(403, { message: 'Barred' })`).
const messageIn = (value: Value): Value | undefined =>
  value.t === 'object' && value.ref === null && value.site?.module.language === 'javascript'
    ? value.props.get('message')
    : undefined

const challenged = /\bws\.rs\.NotAuthorizedException\(\)$/
const mediaType = /^(?:application|text|image|multipart)\/[\w.+-]+(?:;.*)?$/

/** A page is named by its file. */
const template = /^[\w./-]+\.(?:html?|j2|jinja2?|tpl|mako|ejs|pug|hbs|njk)$/

/** What a body of an error says: the text under a name for it, else the one text in it; empty where that is not known. */
export function bodyMessage(of: Value): string {
  const value = beforeNamed(of)
  const [given] = value.t !== 'symbol' ? [value] : (namedFields(value) ?? value.args.map((arg) => arg.value))
  const isStruct = given?.t === 'object' && given.ref?.module.language === 'go'
  if (given?.t !== 'object' || (given.ref !== null && !isStruct)) {
    const text = saidText(given)
    return template.test(text) ? '' : text
  }
  const written = isStruct ? writtenNames(given.ref) : new Map<string, string>()
  const props = [...given.props].map(([name, one]) => [written.get(name) ?? name, one] as const)
  const held = (names: RegExp) => props.find(([name]) => names.test(name))?.[1]
  const named = held(messageNames) ?? held(errorNames)
  // Of a struct the one text may be any field.
  if (isStruct && !named) return ''
  const texts = named ? textsIn(named) : [...given.props.values()].flatMap((one) => textsIn(one, 1))
  const [only] = texts
  return only !== undefined && (named || texts.length === 1) ? only : ''
}

// What fields of a struct of Go are called in JSON (pkg.go.dev/encoding/json, "Marshal").
const writtenNames = (ref: ClassRef | null): Map<string, string> =>
  new Map(
    ref?.cls.fields.flatMap(({ name, tag }) => {
      const [, written] = /\bjson:"([^",]+)/.exec(tag) ?? []
      return written === undefined ? [] : [[name, written]]
    }),
  )

// Flask: `jsonify(result="error", message="…")`.
function namedFields({ path, args }: SymbolValue): Value[] | null {
  if (!path.endsWith('jsonify()') || args.some(({ name }) => name === null)) return null
  const props = new Map(args.map(({ name, value }): [string, Value] => [name ?? '', value]))
  return [{ t: 'object', props, ref: null, args: [], isOpen: false, site: null }]
}

const messageNames = /^(?:message|msg|detail|description|reason)$/i
const errorNames = /^errors?$/i

function textsIn(value: Value, depth = 0): string[] {
  // Of an error in what is sent JSON has nothing.
  if (isPlainError(value)) return []
  if (depth < 3 && value.t === 'list') return value.items.flatMap((one) => textsIn(one, depth + 1))
  if (depth < 3 && value.t === 'object' && value.ref === null) {
    // Beside what it says any other text is what kind it is of.
    const said = [...value.props].find(([name]) => messageNames.test(name))?.[1]
    return (said ? [said] : [...value.props.values()]).flatMap((one) => textsIn(one, depth + 1))
  }
  const text = saidText(value)
  return text === '' ? [] : [text]
}
