import { saidOf, whenInstead } from './answered-instead.ts'
import { failing, always, isUnknownCaller, unfit, unknownCaller, unsaid } from '../facts/condition.ts'
import type { Credential } from '../facts/fact.ts'
import type { Condition } from '../facts/condition.ts'
import { schemeCredential, credentialsAsked } from '../packs/credentials.ts'
import { isOfWriter } from '../packs/handed-away.ts'
import { refuseAs, whenRefusing } from '../packs/refusals.ts'
import { schemeStatuses } from '../packs/fastapi/version.ts'
import type { Pack } from '../packs/pack.ts'
import type { Func } from '../parse/ir.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Run } from './run-code.ts'
import { runSchemaCode } from '../packs/validators/marshmallow.ts'
import type { InputPlace } from '../packs/validators/parse-calls.ts'
import { isPythonSchema } from './schema/python-schema.ts'
import { askedSchemas, parsedSchemas } from './schema/request-schemas.ts'
import { both, either, resolved } from '../resolve/conditions.ts'
import { sentBody } from '../resolve/go-json.ts'
import { usualBudget } from '../resolve/running.ts'
import { forgetTold } from '../resolve/told.ts'
import type { ArgValue, Effect, FuncValue, Site, Value } from '../resolve/values.ts'
import { waysOf } from '../resolve/when.ts'
import { failsWith } from '../packs/meaning.ts'
import { leaveAsAnswers } from './thrown-answers.ts'
import { sitesOfStatus } from '../packs/status.ts'
import { pathPart } from '../resolve/path-parts.ts'
import { constant, each, joined, numberOf, printValue, symbol, textOf } from '../resolve/values.ts'
import { bodyWhere } from './body-ways.ts'
import { firstAnswers } from './first-answers.ts'
import { leavesOutText } from './left-out-texts.ts'
import { whenOneOf } from './observation.ts'
import { statesIn } from './sign-in.ts'
import {
  bareStatuses,
  hasBodyBeside,
  isSentBefore,
  leftUnwritten,
  partedBySent,
  withSetStatus,
} from './set-statuses.ts'
import { putBefore } from './mounted.ts'
import { afterReading } from './read-bodies.ts'
import type { Answer, Observation } from './observation.ts'
import {
  bodyMessage,
  handledStatuses,
  handleError,
  looksAtRequest,
  messageOf,
  nameOf,
  reached,
} from './raised.ts'
import { modelBeside } from './response-models.ts'
import { returnedErrors } from './returned-errors.ts'
import { errorChain, isMadeError } from '../resolve/go-errors.ts'
import { outsideError } from '../resolve/go-library-errors.ts'
import { afterPassing, asKept, noteAnswering, withCatchers } from './go-catchers.ts'
import { isOfFailedNext, withMiddleware, withOwnCatcher } from './python-catchers.ts'
import type { Passed } from '../resolve/passed.ts'
import { answersBefore } from './go-wrappers.ts'
import {
  followed,
  handOn,
  passesByReturning,
  thingOf,
  thingsOfGo,
  withoutAnswer,
  withoutPassing,
} from './hand-on.ts'
import { headOf } from './implied-answers.ts'
import type { GivenThings, Ways } from './hand-on.ts'
import { behind, leavesOf, pastOf } from './ways-past.ts'
import type { Past } from './ways-past.ts'
import { taggedArguments } from './tagged-inputs.ts'
import { nothingWhere } from './given-nothing.ts'
import { givenInputs } from './given-inputs.ts'
import {
  dependencyArguments,
  dependencyFunctions,
  isDependency,
  schemePath,
  scopeArguments,
  scopesAsked,
} from './function-inputs.ts'
import { decoratedWhen } from '../packs/decorated-when.ts'
import { argOf } from '../packs/status.ts'
import type { FoundOperation } from './flat-routes.ts'
import { handlerFunctions } from './flat-routes.ts'
import { routePattern } from './skipped.ts'
import { withoutStops } from './start-stops.ts'
import { boundInputs } from './bound-inputs.ts'
import type { AnnotatedOperation } from './annotated.ts'

/** Runs an operation's middleware and handler, and follows what is thrown to the handlers of errors. */
export function observe(run: Run, found: FoundOperation): Observation {
  const kept = found.pack.keptErrors ? { ...found, errors: keepers(found) } : found
  const operation = withMiddleware(run, kept, (fn) =>
    runHandler(run, fn, kept.pack, kept, {
      roles: kept.pack.beforeParameters,
      given: new Map(),
      isSure: false,
    }),
  )
  const observation: Observation = {
    answers: [],
    signIns: [],
    reads: [],
    bodies: [],
    fields: [],
    returned: [],
    schemas: [],
    unclear: [],
    handedTo: [],
    pending: [],
    byMethod: [],
    methodCases: [],
    isSilent: false,
    refuses: new Map(),
    given: [],
  }
  forgetTold()
  const { ownCalls } = run.interpreter
  ownCalls.reached = new Map()
  run.interpreter.running.ensured = []
  run.interpreter.running.asserted = []
  run.meaning.reset()
  run.meaning.context.answering.clear()
  const given: GivenThings = new Map()
  run.meaning.method = /^[A-Z]+$/.test(operation.method) ? operation.method : null
  const { pack, template } = operation
  run.meaning.serving = pack
  run.meaning.path =
    template.isUnsure || template.path.includes('*') || pack.language === 'python'
      ? null
      : new Set(template.variables.map(({ name }) => name))
  run.meaning.placed = new Set(
    template.variables.flatMap(({ name }) => (template.path.includes(`{${name}}`) ? [name] : [])),
  )
  // Where the path is not known from its beginning, what comes before is not either.
  run.meaning.wholePath =
    template.isUnsure || !template.path.startsWith('/')
      ? null
      : // net/http's patterns may stand for all below them.
        pathAsked(
          pack.framework === 'net/http' && operation.asksPath !== 'own' ? `${template.path}*` : template.path,
        )
  run.meaning.pattern = routePattern(template)
  run.meaning.endpoint = operation.endpoint ?? null
  const view = operation.handlers.at(-1)
  run.meaning.view = view?.t === 'func' ? view : null
  run.meaning.options = operation.options
  const { errorsAround } = pack
  const around =
    errorsAround === undefined
      ? operation
      : { ...operation, errors: operation.errors.filter(isOfAnyError), ...errorsAround }
  for (const value of operation.before ?? []) {
    const functions = handlerFunctions(value)
    if (functions.length === 0) {
      refuseOutside(run, around, value, observation)
      const { finds = '', finderParameters: roles } = pack.marked?.signsIn ?? {}
      const made = value.t === 'symbol' && value.of?.t === 'symbol' ? value.of.args : []
      const finder = argOf(made, finds)
      for (const fn of finder ? handlerFunctions(finder) : [])
        observeHandler(run, around, fn, false, observation, { roles, given, isSure: true })
    }
    for (const fn of functions) {
      const state = run.meaning.save()
      const [answered, read] = [observation.answers.length, observation.reads.length]
      const isSure = functions.length === 1 && !operation.handlersWhen?.has(value)
      const roles = fn.fn.name === '__call__' ? pack.calledParameters : pack.beforeParameters
      observeHandler(run, around, fn, false, observation, { roles, given, isSure })
      run.meaning.restore(state)
      if (operation !== kept)
        observation.answers = observation.answers.filter((one) => !isOfFailedNext(run, fn, one))
      const when = operation.handlersWhen?.get(value)
      if (!when) continue
      onlyWhere(when, observation, answered, read)
    }
  }
  if (pack.functionParameters === 'fastapi') {
    const { functions, schemes } = dependencyFunctions(run, operation)
    const before = askedBefore.get(run) ?? new Map<Func, Asked>()
    askedBefore.set(run, before)
    for (const asked of functions) {
      const { fn } = asked
      const inputs = [...givenInputs(run, fn, operation), ...scopeArguments(run, asked)]
      const words = inputs.map(({ value }) => printValue(value)).join()
      const known = before.get(fn.fn)
      if (known?.words === words) {
        for (const one of known.reached) ownCalls.reached.set(one.fn, one)
        take(run, operation, asIfFrom(known, operation.site), observation)
        continue
      }
      const reached = ownCalls.reached
      ownCalls.reached = new Map()
      const { effects, result, isWhole } = followed(run, () =>
        run.interpreter.outcomes(
          fn,
          [...scopeArguments(run, asked), ...unknownInputs(run, fn, pack, operation)],
          operation.site,
        ),
      )
      if (isWhole && run.meaning.context.isAlwaysThere(result)) run.meaning.gives.add(fn.fn)
      else run.meaning.gives.delete(fn.fn)
      const lacking = isWhole ? nothingWhere(result) : null
      if (lacking) run.meaning.givesNothing.set(fn.fn, lacking)
      else run.meaning.givesNothing.delete(fn.fn)
      // What is asked for by many operations does the same for each, unless it is made with something or looks at what is asked.
      if (fn.self === null && fn.scope.parent === null && !looksAtRequest(fn))
        before.set(fn.fn, {
          effects,
          site: operation.site,
          words,
          reached: [...ownCalls.reached.values()],
        })
      ownCalls.reached = new Map([...reached, ...ownCalls.reached])
      take(run, operation, effects, observation)
    }
    for (const { value, site, isUnused } of schemes) {
      if (run.meaning.knownOf(value, pack).length > 0) {
        refuseOutside(run, operation, value, observation, [site])
        continue
      }
      const path = schemePath(run, value)
      const args = value.t === 'symbol' || value.t === 'object' ? value.args : []
      const isOff = args.some(
        (arg) => arg.name === 'auto_error' && arg.value.t === 'const' && arg.value.v === false,
      )
      const shows = schemeCredential(path, args)
      observation.signIns.push({
        credentials: shows ? [shows] : [],
        name: nameOf(value),
        site,
        isOptional: isOff,
        ...(isOff && isUnused ? { isUnused } : {}),
      })
      const raised = isOff ? [] : schemeStatuses(path, run.project.manifests)
      const statuses = [...new Set(raised.map((status) => statusOfScheme(run, operation, status, site)))]
      for (const status of statuses)
        observation.answers.push({
          status,
          body: null,
          // With 401 it is told of who is not signed in; another status needs what is missing.
          conditions:
            status !== 401 && statuses.length === 1 && shows
              ? [[[{ subject: `${shows.in}.${shows.name}`, op: 'absent' }]]]
              : whenOneOf([], statuses.length),
          site,
          through: [],
          raisedBy: nameOf(value),
          message: '',
          media: '',
          isFramework: true,
        })
    }
  }
  for (const value of operation.around ?? []) {
    const { effects, result, isWhole } = followed(run, () => value.run())
    handOn(run, result ? withoutAnswer(run, effects, result) : [], isWhole)
    const outer = value.isOutside && { ...operation, errors: operation.errors.filter((one) => !one.isInner) }
    take(run, outer || operation, effects, observation)
  }
  comesBefore(observation.answers)
  const isChain = Object.values(pack.calls ?? {}).some(({ does }) => does === 'next')
  if (isChain) observeChain(run, operation, observation, given)
  else {
    const pasts: (Past | null)[] = []
    const stays = new Map<number, Condition>()
    for (const [index, value] of operation.handlers.entries()) {
      const isLast = index === operation.handlers.length - 1
      const isOfRoute = operation.handlers.length - index <= (operation.own ?? 0)
      const [before, read] = [observation.answers.length, observation.reads.length]
      const functions = handlerFunctions(value)
      const within = withCatchers(operation, index)
      if (!isLast || functions.length === 0) {
        refuseOutside(run, within, value, observation)
        checkBySchema(run, operation, value, observation)
      }
      const own = pack.callbacks?.find(({ of }) => value.t === 'symbol' && of.test(value.path))?.parameters
      const state = run.meaning.save()
      const isSure = functions.length === 1 && value.t !== 'union' && !operation.handlersWhen?.has(value)
      const how: How = { roles: own, given, isSure, scopes: scopesAsked(value), isOfRoute }
      let past: Past | null = null
      run.meaning.seenPath = pathSeen(run, operation, value)
      for (const fn of functions) {
        const inner = isLast && pack.language === 'python' ? decoratedBy(fn) : null
        const passed: Passed | null = inner && { fn: inner.fn, when: [] }
        if (passed) {
          // What a decorator makes of it comes before; the function answers for itself, where it is called.
          run.interpreter.passed = passed
          const wrapped = observation.answers.length
          observeHandler(run, operation, fn, false, observation, { ...how, isSure: false })
          comesBefore(observation.answers.slice(wrapped))
          run.interpreter.passed = null
          // One that always answers by itself never comes to what it wraps.
          const answered = observation.answers.slice(wrapped)
          if (passed.when.length === 0 && answered.some(({ conditions }) => conditions.length === 0)) continue
        }
        const own = passed?.isTried ? withDecorator(run, within, fn, passed.fn, how) : within
        const since = observation.answers.length
        past = observeHandler(run, own, inner ?? fn, isLast, observation, how, passed?.when)
        const instead = isLast ? null : whenInstead(run, value, pack, fn)
        if (instead) saidOf(observation.answers.slice(since), instead)
      }
      run.meaning.seenPath = null
      const when = isLast ? undefined : operation.handlersWhen?.get(value)
      if (when) onlyWhere(when, observation, before, read, value.t === 'symbol')
      // Go: which of several it is, and so whether this is answered, is not known.
      if (!isLast && pack.language === 'go' && isOneOfSeveral(value))
        onlyWhere([[unsaid]], observation, before, read)
      for (const one of stays.values()) behind(one, observation, before, read)
      if (functions.length !== 1) past = null
      if (isLast || isOfRoute) pasts.push(past)
      if (!isLast && past?.isAnswered) {
        observation.last = index
        break
      }
      if (!isLast && past?.stays) stays.set(index, past.stays)
      // Where it goes on it has not answered: a status that it refuses with is none of what comes after it.
      if (!isLast && observation.answers.length > before) run.meaning.unanswer(state)
      if (isLast)
        observation.isSilent =
          observation.answers.slice(before).every(({ status }) => status >= 400) &&
          observation.returned.some(
            ({ value, conditions }) =>
              isNothingGiven(value, pack) &&
              !observation.answers.slice(before).some((one) => isWithin(conditions, one.conditions)),
          )
      if (isLast)
        for (const answer of observation.answers.slice(before))
          if (functions.some((fn) => answersBefore(fn, answer))) answer.isBefore = true
      const refused = observation.answers.slice(before).filter(({ status }) => status >= 400)
      if (!isLast) comesBefore(observation.answers.slice(before))
      const put = putBefore(operation, value)
      if (put.length > 0)
        for (const answer of observation.answers.slice(before)) answer.through = [...put, ...answer.through]
      if (!isLast && refused.length > 0) observation.refuses.set(index, refused)
    }
    if (stays.size > 0) observation.stays = stays
    const [end = null] = pasts.slice(-1)
    observation.leaves = observation.last === undefined ? leavesOf(pasts, end && end.goesOn) : []
  }
  const [last] = operation.handlers.slice(-1)
  for (const mark of last?.t === 'func' ? last.marks : []) {
    const { answers, reads, signIns } = observation
    const [answered, read, asked] = [answers.length, reads.length, signIns.length]
    refuseOutside(run, operation, mark, observation)
    checkBySchema(run, operation, mark, observation)
    const when = decoratedWhen.get(mark)
    if (!when) continue
    onlyWhere(when, observation, answered, read, true)
    for (const one of signIns.slice(asked)) one.when = when
  }
  if (pack.hasBodiless && /^(?:GET|HEAD)$/.test(operation.method)) {
    observation.bodies = []
    observation.fields = []
    observation.schemas = observation.schemas.filter(({ place }) => place.place !== 'body')
  }
  if (operation.behind) behind(operation.behind, observation, 0, 0)
  afterReading(observation.answers, pack)
  observation.pending = run.meaning.pending()
  return withoutStops(run, observation)
}

// What the program's own handler of HTTPException answers the one that a scheme raises, where that is one status; else the scheme's.
function statusOfScheme(run: Run, operation: FoundOperation, status: number, site: Site): number {
  const error = symbol('fastapi.HTTPException()', 'HTTPException', {
    args: [{ name: 'status_code', value: constant(status) }],
  })
  const handled: Pick<Observation, 'answers' | 'unclear'> = { answers: [], unclear: [] }
  handleError(run, operation, error, { conditions: [], site }, handled, true)
  const [first, ...others] = new Set(
    handled.answers.filter(({ isFramework }) => !isFramework).map((one) => one.status),
  )
  return first === undefined || others.length > 0 ? status : first
}

// What the function raises that a decorator wraps comes to the handlers of that one first.
const withDecorator = (run: Run, operation: FoundOperation, fn: FuncValue, inner: Func, how: How) =>
  withOwnCatcher(run, operation, fn, inner, () => runHandler(run, fn, operation.pack, operation, how))

// Gin ("Error handling middleware"): middleware that asks for the errors which what it hands on to has kept, the nearest first.
function keepers({ handlers, errors, pack }: FoundOperation): FoundOperation['errors'] {
  const names = (pack.keptErrors ?? []).map((path) => path.slice(path.lastIndexOf('.')))
  const asks = ({ fn, module }: FuncValue) => {
    const body = module.text.slice(fn.start, fn.end)
    return names.some((name) => body.includes(name)) && body.includes('.Next()')
  }
  return [
    ...handlers
      .slice(0, -1)
      .toReversed()
      .filter((handler) => handlerFunctions(handler).some(asks))
      .map((handler) => ({ handler, type: null })),
    ...errors,
  ]
}

// A handler of whatever goes wrong: by the class of all errors or by the status.
const isOfAnyError = ({ type }: FoundOperation['errors'][number]): boolean =>
  type?.t === 'symbol' ? /^(?:builtins\.)?Exception$/.test(type.path) : numberOf(type ?? undefined) === 500

/** What functions that FastAPI asks for did, by their code, in each run. */
const askedBefore = new WeakMap<Run, Map<Func, Asked>>()

/** What a function did, and where it was asked for. */
interface Asked {
  effects: readonly Effect[]
  site: Site
  /** What of the request it was given, as it is said. */
  words: string
  /** Functions that ran. */
  reached: readonly FuncValue[]
}

// The same, asked for at another place.
const asIfFrom = ({ effects, site }: Asked, other: Site): Effect[] =>
  effects.map((effect) => ({
    ...effect,
    through: effect.through.map((one) =>
      one.start === site.start && one.module === site.module ? other : one,
    ),
  }))

// Whether all of some conditions are among others.
function isWithin(all: readonly Condition[], some: readonly Condition[]): boolean {
  if (some.length === 0) return true
  const said = new Set(all.map((one) => JSON.stringify(one)))
  return some.every((one) => said.has(JSON.stringify(one)))
}

// What is done since then is done only where settings put it there.
function onlyWhere(
  when: Condition,
  observation: Observation,
  answered: number,
  read: number,
  isOutside = false,
): void {
  for (const answer of observation.answers.slice(answered)) {
    // Code from outside refuses none always: with 401 who is not known to it.
    const isAlways = answer.conditions.every((one) => one.some((row) => row.length === 0))
    const own =
      isOutside && isAlways ? [[[answer.status === 401 ? unknownCaller : unsaid]]] : answer.conditions
    answer.conditions = [when, ...own]
  }
  const reads = observation.reads.splice(read)
  observation.reads.push(...reads.map((one) => ({ ...one, conditions: [when, ...one.conditions] })))
}

const isOneOfSeveral = (value: Value): boolean =>
  value.t === 'union' && value.of.filter((one) => one.t === 'func' || one.t === 'symbol').length > 1

function comesBefore(answers: readonly Answer[]): void {
  for (const answer of answers) answer.isBefore = true
}

// The path of a request: its variables, and what a wildcard stands for, may be anything. Variables have no slash.
const pathAsked = (path: string): Value =>
  joined(
    path
      .split(/(\{[^{}]*\}|\*)/)
      .filter((part) => part !== '')
      .map((part) =>
        /^\{|^\*$/.test(part)
          ? symbol('?', `path.${part.replaceAll(/[{}]/g, '')}`, part.includes('*') ? {} : { note: pathPart })
          : constant(part),
      ),
  )

// What a handler sees of the path, without what it is mounted at.
function pathSeen(run: Run, { template, belowOf }: FoundOperation, value: Value): Value | null {
  const below = belowOf?.get(value)
  if (!run.meaning.wholePath || below === undefined || below === null) return null
  const taken = below.split('/').filter((part) => part !== '').length
  return pathAsked(
    `/${template.path
      .split('/')
      .slice(taken + 1)
      .join('/')}`,
  )
}

/** The function that decorators of the repository wrap. */
function decoratedBy({ marks }: FuncValue): FuncValue | null {
  return marks.findLast((mark) => mark.t === 'func') ?? null
}

function observeHandler(
  run: Run,
  operation: FoundOperation,
  fn: FuncValue,
  isLast: boolean,
  observation: Observation,
  how: How,
  when: readonly Condition[] = [],
): Past | null {
  const { interpreter } = run
  const given = when.length === 0 ? always : resolved(when.reduce(either))
  // What a decorator asks of who calls, in several ways, is told by what it refuses.
  const isOfCaller =
    given.length > 1 && observation.answers.some((one) => one.isBefore && /^40[13]$/.test(String(one.status)))
  const isAlways = isOfCaller || given.length === 0 || given.some((row) => row.length === 0)
  if (!isAlways) observation.given.push(given)
  const work = () => runHandler(run, fn, operation.pack, operation, how)
  const ensured = [...interpreter.running.ensured]
  const { settled, byMethod } = interpreter.running
  const { effects, result, isWhole } = followed(run, isAlways ? work : () => interpreter.within(given, work))
  const isSure = how.isSure && isAlways && isWhole
  const made = { effects, result, ensured, isSettled: interpreter.running.settled > settled }
  // Go: which ways lead past middleware is only known where the method decides it.
  const isOfMethod = operation.pack.language === 'go' && interpreter.running.byMethod > byMethod
  const ran =
    isSure && (operation.pack.language === 'javascript' || isOfMethod)
      ? pastOf(run, made, how.isOfRoute === true)
      : null
  const past = isOfMethod && ran?.isAnswered !== true ? null : ran
  // What middleware answers after it handed on is for errors that what came after it told: it refuses nothing by itself.
  const isAnswering = !isLast && noteAnswering(run, fn, effects)
  if (!isLast) {
    const passed = passesByReturning(operation.pack) ? withoutAnswer(run, effects, result) : []
    handOn(run, passed, how.isSure && isAlways && isWhole)
  }
  const isAfter = afterPassing(effects)
  const returned = isLast ? result : result.filter((one) => !isAfter(one))
  const isOfError = ({ kind, status }: Effect) =>
    (kind === 'raise' && operation.pack.returnedErrors !== undefined) ||
    (kind === 'respond' && isAnswering) ||
    (kind === 'respond' && status === null) ||
    (status ?? 0) >= 400
  // Nor does what it reads then, for a log, change what is answered.
  const isNoted = ({ kind }: Effect) => kind === 'read' && !isAnswering && operation.pack.language === 'go'
  const done = isLast ? effects : effects.filter((one) => !(isOfError(one) || isNoted(one)) || !isAfter(one))
  take(run, operation, done, observation)
  if (isLast && operation.pack.silentStatus !== undefined) observation.answers.push(...bareStatuses(effects))
  // Middleware hands on to what comes after it.
  if (!isLast) delete observation.isHandedAway
  const left =
    isLast && (operation.pack.answersBefore || operation.pack.finishes)
      ? withoutAnswer(run, effects, result)
      : null
  const answered = left ? result.filter(({ value }) => run.meaning.answersOf(value).length > 0) : []
  const back = left ? [...left, ...answered] : returned
  noteReturned(
    run,
    operation,
    isAlways ? back : back.map((one) => ({ ...one, conditions: [given, ...one.conditions] })),
    isLast,
    observation,
    effects,
    fn,
  )
  return past
}

/** How a function is run: what it is given where that is not what the framework's handlers are, and whether each request comes to it. */
interface How {
  roles?: readonly string[] | undefined
  given: GivenThings
  isSure: boolean
  /** It is a handler of the route itself, not one that comes before all below it. */
  isOfRoute?: boolean
  /** FastAPI: the scopes that it is asked for with. */
  scopes?: readonly Value[] | null
}

// What a function returns, where that is an answer or an error.
function noteReturned(
  run: Run,
  operation: FoundOperation,
  result: readonly Outcome[],
  isLast: boolean,
  observation: Observation,
  effects: readonly Effect[] = [],
  fn: FuncValue | null = null,
): void {
  // Of answers that one value may be each has its own condition.
  const parted = result.flatMap((given) => {
    // Of which nobody knows which of them it is.
    const { value: one } = given
    const isOneOf =
      one.t === 'union' &&
      !one.ways &&
      !one.when &&
      new Set(run.meaning.answersOf(one).flatMap(({ statuses }) => statuses)).size > 1
    const outcome = isOneOf ? { ...given, conditions: [...given.conditions, [[unsaid]]] } : given
    const ways = waysOf(outcome.value).map((way) => ({
      ...outcome,
      value: way.value,
      conditions: [...outcome.conditions, ...way.conditions],
    }))
    const isParted =
      operation.pack.returnedErrors !== undefined ||
      ways.some(({ value }) => run.meaning.answersOf(value).length > 0)
    return ways.length > 1 && isParted ? ways : [outcome]
  })
  for (const one of parted) {
    const answers = run.meaning.answersOf(one.value)
    for (const { statuses, body, isError, via, error, when: more = [], statusAt = [] } of answers)
      if (isError && error) {
        // FastAPI: of an error that is given back, not raised, its status is hardly what is answered.
        const isGiven = operation.pack.functionParameters === 'fastapi'
        const conditions = [...one.conditions, ...more, ...(isGiven ? [[[unsaid]]] : [])]
        const from = operation.pack.errorsAreAnswers ? { ...operation, errors: [] } : operation
        handleError(run, from, error, { ...one, conditions }, observation)
      } else {
        // What was set is told with what it was set on.
        observation.answers = observation.answers.filter(({ site }) => site !== statusAt[0])
        for (const status of statuses)
          observation.answers.push({
            status,
            body: modelBeside(run, operation, one.value, status) ?? body ?? null,
            conditions: whenOneOf([...one.conditions, ...more], statuses.length),
            site: one.site,
            through: [],
            statusAt: [...sitesOfStatus(one.value, status), ...statusAt],
            raisedBy: isError ? via : '',
            message:
              messageOf(one.value) ||
              (body && status >= 400 && one.site.module.language === 'java' ? bodyMessage(body) : ''),
            media: '',
            isFramework: false,
          })
      }
    const errors = isTruth(fn) ? [] : errorsOf(run, operation, one.value)
    for (const { error, when } of answers.length > 0 ? [] : errors) {
      const conditions = whenOneOf([...one.conditions, ...when], each(one.value).length)
      takeError(run, operation, error, { ...one, conditions }, observation)
    }
    if (!isLast || answers.length > 0 || errors.length > 0) continue
    const failed = operation.pack.functionParameters === 'tags' ? errorBeside(one.value) : null
    if (failed)
      // Huma ("Response Errors"): any other error is answered with 500.
      observation.answers.push({ ...unknownError(one), message: '', raisedBy: nameOf(failed) })
    else if (operation.pack.returns?.maySayStatus && hasUnknownStatus(one.value))
      observation.returned.push({ ...one, status: null })
    else if (isOfWriter(one.value, operation.pack)) observation.unclear.push(one.site)
    else
      for (const part of operation.pack.annotations ? partedBySent(one, effects) : [one])
        if (!operation.pack.annotations || !isSentBefore(part, effects, observation.answers))
          observation.returned.push(
            ...(operation.pack.finishes ? leftUnwritten(part, effects) : withSetStatus(part, effects)),
          )
  }
}

// Go: what middleware is made with and says only yes or no gives no error.
const isTruth = (of: FuncValue | null): boolean => of?.fn.returns?.name === 'bool'

// Beside a body stands what may be its status (Flask, "About Responses").
const hasUnknownStatus = (value: Value): boolean => value.t === 'list' && value.items[1]?.t === 'symbol'
const errorsOf = ({ interpreter }: Run, { pack, handlers }: FoundOperation, value: Value) => {
  if (pack.returnsErrors && value.t === 'object' && value.props.has('@error'))
    return [{ error: value, when: [] }]
  const [fn] = pack.returnedErrors === undefined ? [] : handlers.flatMap((one) => handlerFunctions(one))
  return fn ? returnedErrors(value, pack, interpreter, fn.scope) : []
}

// An error that says no status is the program's handler's, else the framework's; of one that code gives which is not here it is asked.
function takeError(
  run: Run,
  operation: FoundOperation,
  error: Value,
  from: Outcome,
  observation: Observation,
): void {
  // What is not known of the repository's own code may be any of its errors.
  const isUnknown = error.t === 'symbol' && /^[?:]/.test(error.path)
  const isOutside = isUnknown || (error.t === 'symbol' && !isMadeError(error) && failsWith(error) === null)
  const given = isOutside && error.t === 'symbol' ? symbol(outsideError, error.text, { of: error }) : error
  const before = observation.answers.length
  if (handleError(run, operation, given, from, observation) !== 'none') {
    if (isUnknown)
      for (const answer of observation.answers.slice(before))
        answer.conditions = whenOneOf(answer.conditions, 2)
    return
  }
  const { returnedErrors: status } = operation.pack
  if (status === undefined || operation.keptAs !== undefined) return
  // Not every version of a framework looks into what wraps an error of its own.
  const wrapped = errorChain(error).flatMap((one) => run.meaning.errorStatuses(one))
  const statuses = [...new Set([...wrapped, status])]
  const conditions = whenOneOf(from.conditions, isUnknown ? 2 : statuses.length)
  for (const one of statuses)
    observation.answers.push({
      ...unknownError({ ...from, conditions }),
      status: one,
      raisedBy: nameOf(error),
    })
}

// The error that a handler gives beside its answer.
function errorBeside(value: Value): Value | null {
  const error = value.t === 'list' ? value.items[1] : undefined
  return error && !(error.t === 'const' && error.v === null) ? error : null
}

const unknownError = ({ conditions, site }: Outcome): Answer => ({
  status: 500,
  body: null,
  conditions,
  site,
  through: [],
  raisedBy: '',
  message: '',
  media: '',
  isFramework: true,
})

/** How often the steps of one function a whole chain of middleware may take. */
const maxBudgets = 4
/** Effects by which a request is answered. */
const ends = /^(?:respond|raise|answer-error|set-status)$/

// Middleware around all that comes after it (Koa): what is thrown there passes through it.
function observeChain(
  run: Run,
  operation: FoundOperation,
  observation: Observation,
  given: GivenThings,
): void {
  const how: How = { given, isSure: false }
  const { handlers, pack, errors } = operation
  const chain = [
    // Handlers of a path parameter come before those of the route.
    ...handlers,
  ]
  const returned: Outcome[] = []
  const passes: Ways[] = []
  // What the last function raises comes to the handlers of its decorator first, where that calls it in a `try`.
  let decorated: FoundOperation | null = null
  const tried = new Set<unknown>()
  let isEnd = false
  const from = (index: number): void => {
    const value = chain[index]
    if (!value) return
    const isLast = index === chain.length - 1
    const outer = run.meaning.next
    const ways: Ways = []
    // What only settings put there lets pass as little as much: what comes next is there without it too.
    const when = operation.handlersWhen?.get(value)
    const state = run.meaning.save()
    const around = run.interpreter.holding().length
    run.meaning.next = isLast
      ? null
      : () => {
          const next = () => {
            const begin = run.interpreter.effects?.length ?? 0
            run.interpreter.running.afresh(() => from(index + 1))
            leaveAsAnswers(run.interpreter.effects ?? [], begin)
          }
          if (when) return run.interpreter.running.without(around, next)
          ways.push(run.interpreter.holding().slice(around))
          next()
        }
    const functions = handlerFunctions(value)
    const [passed0, done] = [run.meaning.nextCalls, run.interpreter.effects?.length ?? 0]
    const handed = run.meaning.context.ways().passed.length
    for (const fn of functions) {
      const inner = isLast && pack.language === 'python' ? decoratedBy(fn) : null
      // What a decorator makes of it comes before; the function answers for itself, where it is called.
      const passed: Passed | null = inner && { fn: inner.fn, when: [] }
      if (passed) {
        run.interpreter.passed = passed
        const made = runHandler(run, fn, pack, operation, how)
        run.interpreter.passed = null
        returned.push(...made.filter(({ value: given }) => run.meaning.answersOf(given).length > 0))
      }
      // What it asks of who calls, in several ways, is told by what it refuses.
      const [asked, ...more] = passed?.when ?? []
      const own = () => runHandler(run, inner ?? fn, pack, operation, how)
      const work = when ? () => run.interpreter.within(when, own) : own
      const begin = run.interpreter.effects?.length ?? 0
      const results = asked && more.length === 0 ? run.interpreter.within(asked, work) : work()
      if (inner && passed?.isTried) {
        decorated = withDecorator(run, operation, fn, inner.fn, how)
        for (const { kind, note } of (run.interpreter.effects ?? []).slice(begin))
          if (kind === 'raise') tried.add(note)
      }
      if (isLast) returned.push(...results)
      // Middleware of Python answers by what it gives back.
      else if (pack.language === 'python')
        returned.push(...results.filter(({ value: given }) => run.meaning.answersOf(given).length > 0))
    }
    if (functions.length === 0) raiseOutside(run, operation, value)
    // What comes to its end without an answer handed on, in a way that is not read.
    const isLeft = (run.interpreter.effects ?? []).slice(done).every(({ kind }) => !ends.test(kind))
    if (functions.length === 0 || (run.meaning.nextCalls === passed0 && isLeft)) run.meaning.next?.()
    else if (run.meaning.nextCalls === passed0 && when && !isLast) {
      // What answers all that comes to it, and is there by a setting alone, answers nothing where that is otherwise.
      run.meaning.unanswer(state)
      run.meaning.next?.()
    }
    run.meaning.next = outer
    if (isLast)
      isEnd =
        functions.length === 1 &&
        run.meaning.nextCalls === passed0 &&
        run.meaning.context.ways().passed.length === handed
    passes.push(ways)
  }
  const budgets = Math.min(maxBudgets, Math.max(1, chain.length))
  const { effects: all } = run.interpreter.record(() => from(0), usualBudget * budgets)
  if (isEnd && !run.interpreter.isSpent) observation.leaves = []
  const effects = withoutPassing(all, passes)
  for (const [isTried, some] of Map.groupBy(effects, ({ note }) => tried.has(note)))
    take(run, (isTried && decorated) || operation, some, observation)
  if (pack.language === 'python') noteReturned(run, operation, returned, true, observation)
  else observation.returned.push(...returned.flatMap((one) => withSetStatus(one, effects)))
  for (const [index, value] of handlers.slice(0, -1).entries()) {
    checkBySchema(run, operation, value, observation)
    const alone: Observation = {
      ...observation,
      schemas: [],
      unclear: [],
      handedTo: [],
      answers: [],
      reads: [],
      bodies: [],
      fields: [],
      returned: [],
    }
    for (const fn of handlerFunctions(value)) {
      run.meaning.reset()
      const own = run.interpreter.record(() => runHandler(run, fn, pack, operation, how))
      take(run, { ...operation, errors }, own.effects, alone)
    }
    // What comes of nothing behind it being run here is no refusal.
    const refused = alone.answers.filter(({ status }) => status === 401 || status === 403 || status === 429)
    noteSignIn(run, operation, value, observation)
    if (refused.length > 0) observation.refuses.set(index, refused)
    comesBefore(observation.answers.filter((one) => refused.some((other) => isSame(one, other, value))))
  }
}

// Whether an answer of a chain is the one that a handler of it gives by itself.
const isSame = (one: Answer, { site, status }: Answer, value: Value): boolean =>
  one.status === status &&
  one.site.module === site.module &&
  one.site.start === site.start &&
  handlerFunctions(value).some(({ fn, module }) =>
    [one.site, ...one.through].some(
      (place) => place.module === module && fn.start <= place.start && place.end <= fn.end,
    ),
  )

// Middleware and decorators that check a request by a schema: what it reads, and what becomes of what does not fit.
function checkBySchema(run: Run, operation: FoundOperation, value: Value, observation: Observation): void {
  for (const { schemas, status, raises, hook } of askedSchemas(value, operation)) {
    if (schemas.length === 0) continue
    observation.schemas.push(...schemas)
    const [{ site } = { site: operation.site }] = schemas
    const hooks = hook ? handlerFunctions(hook) : []
    if (hooks.length > 0) {
      const roles = operation.pack.parameters ?? []
      const args = [
        symbol('?', 'result'),
        ...roles.map((role) => symbol(role, role.split(':').at(-1) ?? role)),
      ]
      for (const fn of hooks) {
        const { effects } = run.interpreter.record(() =>
          run.interpreter.outcomes(
            fn,
            args.map((one) => ({ name: null, value: one })),
            operation.site,
          ),
        )
        take(run, operation, effects, observation)
      }
      continue
    }
    const { unreadBody } = operation.pack
    const isRead = unreadBody && !unreadBody.isBefore && unreadBody.status > 0
    if (isRead && schemas.some(({ place }) => place.place === 'body'))
      handleError(
        run,
        operation,
        symbol(`${unreadBody.raises}()`, unreadBody.raises, { note: { fails: unreadBody.status } }),
        { conditions: [failing('body')], site },
        observation,
        true,
      )
    const handled = (raises === undefined ? [] : handledStatuses(run, operation, [raises])) ?? []
    for (const one of handled.length > 0 ? handled : status === null ? [] : [{ status, through: [] }])
      observation.answers.push({
        status: one.status,
        body: null,
        conditions: [unfit],
        site,
        through: one.through,
        raisedBy: nameOf(value),
        message: '',
        media: '',
        isFramework: true,
      })
    for (const { value: schema, place, site } of schemas)
      for (const answered of handled.length > 0 ? handled : status === null ? [] : [{ status, through: [] }])
        checkByCode(run, operation, schema, place, answered, site, observation)
  }
}

// What code of a schema of Marshmallow's refuses is answered as what does not fit it; what else it raises, as that.
function checkByCode(
  run: Run,
  operation: FoundOperation,
  schema: Value,
  place: InputPlace,
  { status, through }: { status: number; through: Site[] },
  site: Site,
  observation: Observation,
): void {
  const ref = schema.t === 'object' || schema.t === 'symbol' || schema.t === 'class' ? schema.ref : null
  if (!ref || !isPythonSchema(run.interpreter, ref)) return
  const made = schema.t === 'class' ? run.interpreter.instantiate(ref, [], site) : schema
  const { effects } = run.interpreter.record(() =>
    runSchemaCode(run.interpreter, made, ref, null, place, site),
  )
  const isRefusal = ({ kind, value }: Effect) =>
    kind === 'raise' && value.t === 'symbol' && /^marshmallow\b.*\.ValidationError\(\)$/.test(value.path)
  take(
    run,
    operation,
    effects.filter((one) => !isRefusal(one)),
    observation,
  )
  for (const one of effects.filter(isRefusal)) {
    const conditions = reached(one.conditions)
    if (conditions)
      observation.answers.push({
        status,
        body: null,
        conditions,
        site: one.site,
        through: [...one.through, ...through],
        raisedBy: nameOf(one.value),
        message: '',
        media: '',
        isFramework: false,
      })
  }
}

// Java: a lambda of one expression that sets something on its context gives back the context, which nobody takes (`ctx -> ctx.status(204)`).
const isNothingGiven = (value: Value, { language, parameters }: Pack): boolean =>
  value.t === 'const'
    ? value.v === null
    : language === 'java' && value.t === 'symbol' && parameters?.includes(value.path) === true

// Middleware and decorators from outside: their code is not here, what they refuse with is documented.
function refuseOutside(
  run: Run,
  operation: FoundOperation,
  value: Value,
  observation: Observation,
  through: Site[] = [],
): void {
  noteSignIn(run, operation, value, observation)
  answerForOutside(run, operation, value, observation)
  for (const refusal of run.meaning.refusalsOf(value, operation.pack)) {
    const {
      status,
      raises,
      asks,
      isOptional,
      byRoles,
      isForUnknown,
      isOnlyByOption,
      lacks,
      fails,
      when,
      signsIn,
    } = refusal
    const site = value.t === 'symbol' && value.site ? value.site : operation.site
    const isGiven = isOptional && Array.isArray(asks)
    if (signsIn) {
      for (const one of signsIn)
        observation.answers.push({
          status: one.status,
          body: null,
          conditions: one.when.length > 0 ? [one.when] : [],
          site,
          through,
          raisedBy: one.status < 400 ? '' : nameOf(value),
          message: '',
          media: '',
          isFramework: true,
        })
      continue
    }
    const conditions = [
      ...(isGiven ? [whenShown(asks)] : []),
      ...(isOnlyByOption || lacks
        ? [when]
        : byRoles
          ? [withoutRoles(value)]
          : whenRefusing(isForUnknown ? 401 : status, fails).map((rows) => [...rows, ...when])),
    ]
    const from = { conditions, site, through }
    const error = errorOf(raises ?? nameOf(value), status)
    if (raises !== undefined && operation.errors.length > 0) {
      handleError(run, operation, error, from, observation, true)
      continue
    }
    observation.answers.push({
      status,
      body: null,
      ...from,
      raisedBy: nameOf(value),
      message: '',
      media: '',
      isFramework: true,
      ...(fails ? { isOfShown: true as const } : {}),
    })
  }
}

// Code of the program answers for it who is not signed in, or shows what is none.
function answerForOutside(run: Run, operation: FoundOperation, value: Value, observation: Observation): void {
  for (const { isOff, by, fails } of run.meaning.knownOf(value, operation.pack)) {
    const fn = isOff || by === undefined ? null : run.routing.answerers.of(by, value)
    if (!fn) continue
    const [when = [[unknownCaller]]] = fails ? whenRefusing(0, fails) : []
    const cases = givesStatus(by) && asksRole(value) ? [when, withoutRoles(value)] : [when]
    for (const [at, one] of cases.entries()) {
      // flask-httpauth, "error_handler": it is given the status.
      const args = givesStatus(by) && fn.fn.params.length > 0 ? [constant(at === 0 ? 401 : 403)] : []
      const { effects, result } = followed(run, () =>
        run.interpreter.within(one, () =>
          run.interpreter.outcomes(
            fn,
            args.map((status) => ({ name: null, value: status })),
            operation.site,
          ),
        ),
      )
      const given = result.map((way) => ({ ...way, conditions: [one, ...way.conditions] }))
      const before = observation.answers.length
      take(run, operation, effects, observation)
      noteReturned(run, operation, given, false, observation, effects, fn)
      if (fails) for (const answer of observation.answers.slice(before)) answer.isOfShown = true
    }
  }
}

const givesStatus = (by: string | undefined) => by === 'error_handler'
const asksRole = (value: Value) =>
  value.t === 'symbol' && value.args.some(({ name, value: role }) => name === 'role' && textOf(role) !== null)

const withoutRoles = (value: Value): Condition => [
  [
    {
      subject: '@role',
      op: 'not-in',
      value: value.t === 'symbol' ? value.args.flatMap((arg) => textOf(arg.value) ?? []) : [],
    },
  ],
]

const whenShown = (credentials: readonly Credential[]): Condition =>
  credentials.map(({ in: place, name }) => [{ subject: `${place}.${name}`, op: 'present' }])

function noteSignIn(run: Run, operation: FoundOperation, value: Value, { signIns }: Observation): void {
  for (const { asks, isOptional, when, signsIn } of run.meaning.knownOf(value, operation.pack))
    // Who comes to sign in is not asked to be.
    if (asks && !signsIn)
      signIns.push({
        credentials: credentialsAsked(asks, value, run.project),
        name: nameOf(value),
        site: value.t === 'symbol' && value.site ? value.site : operation.site,
        isOptional,
        roles: when
          .flat()
          .flatMap((atom) => (atom.subject === '@role' ? [atom.value].flat().map(String) : [])),
      })
}

const errorOf = (path: string, status: number) =>
  symbol(`${path}()`, path, { args: [{ name: null, value: constant(status) }] })

function raiseOutside(run: Run, operation: FoundOperation, value: Value): void {
  for (const refusal of run.meaning.refusalsOf(value, operation.pack)) {
    const { raises, status, fails } = refusal
    const site = value.t === 'symbol' && value.site ? value.site : operation.site
    if (refusal.signsIn) {
      refuseAs(run.interpreter, refusal, value, site)
      continue
    }
    const refuse = () =>
      raises === undefined
        ? run.interpreter.emit('answer-error', value, status, site)
        : run.interpreter.raise(errorOf(raises, status), site)
    const [when] = whenRefusing(status, fails)
    if (when) run.interpreter.within(when, refuse)
    else refuse()
  }
}

interface Outcome {
  value: Value
  conditions: Effect['conditions']
  site: Site
}

function runHandler(
  run: Run,
  fn: FuncValue,
  pack: Pack,
  operation: FoundOperation,
  { roles, given: things, scopes = null }: How,
): Outcome[] {
  const site = operation.site
  const isGiven =
    roles || pack.language === 'javascript' || (pack.language !== 'go' && pack.parameters !== undefined)
  const given = isGiven
    ? (roles ?? pack.parameters ?? []).map((role) => ({
        name: null,
        value: thingOf(things, role, () =>
          // What a framework gives to every handler is there.
          symbol(role, (role.split(/[:.]/).at(-1) ?? role).replace('()', '').toLowerCase(), {
            isThere: true,
          }),
        ),
      }))
    : pack.language === 'go'
      ? thingsOfGo(run, fn, things)
      : []
  // Middleware before an annotated method is given what all middleware is.
  const isBound =
    pack.functionParameters === 'fastapi' ||
    ('bound' in operation && (pack.annotations?.servers === undefined || isBoundMethod(operation, fn)))
  const outcomes = run.interpreter.outcomes(
    fn,
    isBound && !roles
      ? pack.language === 'java'
        ? boundInputs(run, operation as AnnotatedOperation)
        : [...unknownInputs(run, fn, pack, operation), ...scopeArguments(run, { fn, scopes })]
      : pack.functionParameters === 'tags' && !roles
        ? taggedArguments(run, fn)
        : [
            ...given.slice(0, 1),
            ...(roles ? [] : pathPartsOf(run, fn, operation)),
            ...given.slice(1),
            ...(pack.functionParameters === 'path' ? handedOn(run, fn) : []),
            ...(pack.framework === 'Django' || pack.functionParameters === 'path'
              ? defaultedParts(fn, operation)
              : []),
          ],
    site,
  )
  // Middleware that wraps the next handler gives a function: that one handles. What gives an error gives none, though a call that failed may have run one (`db.Transaction(func…)`).
  const givesError = pack.language === 'go' && fn.fn.returns?.name === 'error'
  const wrapped = (givesError ? [] : outcomes).flatMap(({ value: given, conditions }) =>
    waysOf(given).flatMap((way) =>
      [way.value, ...servingIn(run, way.value, pack)].flatMap((one, at) =>
        handlerFunctions(one).map((inner) => ({
          inner,
          when: [...conditions, ...way.conditions],
          // A method stands elsewhere than what gave the thing that has it.
          from: at === 0 ? site : headOf(fn),
        })),
      ),
    ),
  )
  const isWrapper = pack.language === 'go' && wrapped.length > 0
  // Spring MVC ("Asynchronous Requests"): what a handler gives as a `Callable` is called for the answer.
  if (pack.framework === 'Spring' && fn.fn.returns?.name === 'Callable' && wrapped.length > 0)
    return wrapped.flatMap(({ inner }) => run.interpreter.outcomes(inner, [], site))
  if (!isWrapper) return outcomes
  // Where it gives what comes next as it is, that is all there is.
  for (const { value, conditions } of outcomes)
    if (conditions.length > 0 && given.some((one) => one.value === value))
      run.interpreter.within(conditions.reduce(both, always), () => run.meaning.next?.())
  return wrapped.flatMap(({ inner, when, from }) => {
    const own = () => run.interpreter.outcomes(inner, thingsOfGo(run, inner, things), from)
    return when.length > 0 ? run.interpreter.within(when.reduce(both, always), own) : own()
  })
}

// Go: of a thing of the repository that serves requests the method that does.
function servingIn({ interpreter }: Run, value: Value, { language, handlerMethod }: Pack): Value[] {
  const method =
    language === 'go' && handlerMethod !== undefined && value.t === 'object'
      ? interpreter.memberOf(value, handlerMethod, null)
      : null
  return method ? [method] : []
}

const isBoundMethod = ({ fn, pack }: FoundOperation, { fn: called }: FuncValue): boolean =>
  fn?.fn === called &&
  !(pack.annotations?.givesHandlers && called.params.every(({ decorators }) => decorators.length === 0))

// The handler of a route may be given the parts of its path after the first of what all are given.
function pathPartsOf(run: Run, { fn }: FuncValue, { pack, handlers, template }: FoundOperation): ArgValue[] {
  const { pathParts } = pack
  const isHandler = handlers.slice(-1).some((one) => handlerFunctions(one).some((own) => own.fn === fn))
  if (pathParts === undefined || !isHandler) return []
  return template.variables.map(({ name }) => ({
    name: null,
    value: run.interpreter.memberOf(symbol(pathParts, 'path'), name, null) ?? symbol('?', `path.${name}`),
  }))
}

// Frameworks of Python give parts of the path by name: the default of a parameter is none of them. The key of a thing is its `id` in paths.
const defaultedParts = ({ fn }: FuncValue, { handlers, template }: FoundOperation): ArgValue[] => {
  const { params } = fn
  const defaulted = params.flatMap(({ name, default: otherwise }) => {
    const part = template.variables.find((one) => one.name === name || (name === 'pk' && one.name === 'id'))
    return otherwise && part ? [{ name, value: symbol('?', name) }] : []
  })
  // Django's `setup(self, request, *args, **kwargs)` finds them in what it has no names for.
  const isBefore = handlers.length > 1 && params.some(({ isNamedRest }) => isNamedRest)
  const others = template.variables.filter(({ name }) => !params.some((param) => param.name === name))
  return [...defaulted, ...(isBefore ? others.map(({ name }) => ({ name, value: symbol('?', name) })) : [])]
}

// A default is only what comes where a request has nothing; what is injected stays.
function unknownInputs(
  run: Run,
  fn: FuncValue,
  { annotations, isGivenRequest, parameters }: Pack,
  operation: FoundOperation,
): ArgValue[] {
  const inputs = givenInputs(run, fn, operation)
  const [first] = fn.fn.params
  const [request] = isGivenRequest ? (parameters ?? []) : []
  if (first && request !== undefined) inputs.unshift({ name: first.name, value: symbol(request, first.name) })
  const own = fn.fn.params.flatMap((param): ArgValue[] => {
    for (const { path } of annotations?.gives
      ? annotationsOf(run.interpreter, param.decorators, fn.scope, fn.owner)
      : []) {
      const given = annotations?.gives?.[path]
      if (given !== undefined) return [{ name: param.name, value: symbol(given, param.name) }]
    }
    if (!param.default || param.isRest || param.pattern || inputs.some(({ name }) => name === param.name))
      return []
    const value = run.interpreter.evaluateIn(param.default, fn.scope)
    if (value.t === 'symbol' && isDependency(value.path)) return []
    return [{ name: param.name, value: run.interpreter.lookup.instanceOf(param.type, fn.scope, param.name) }]
  })
  const isOwn = (given: ArgValue) => own.some(({ name }) => name === given.name)
  return [
    ...own,
    ...inputs.filter((one) => !isOwn(one)),
    ...dependencyArguments(run, fn, operation),
    ...handedOn(run, fn),
  ]
}

// A decorator's `**kwargs` hold what the function that it wraps is given by name.
function handedOn(run: Run, fn: FuncValue): ArgValue[] {
  const inner = fn.fn.params.some(({ isNamedRest }) => isNamedRest) ? decoratedBy(fn) : null
  const params = inner?.owner && !inner.fn.isStatic ? inner.fn.params.slice(1) : (inner?.fn.params ?? [])
  return params.flatMap(({ name, type, isRest }): ArgValue[] =>
    !inner || isRest || fn.fn.params.some((param) => param.name === name)
      ? []
      : [{ name, value: run.interpreter.lookup.instanceOf(type, inner.scope, name) }],
  )
}

// Whether code of JavaScript that asks who calls goes on where that fails: it takes the error and answers nothing then.
const isFailureLeft = ({ note, site }: Effect, effects: readonly Effect[]): boolean =>
  note['mayFail'] === true &&
  site.module.language === 'javascript' &&
  !effects.some(
    ({ kind, status, conditions }) =>
      (kind === 'raise' || (status ?? 0) >= 300) &&
      conditions.flat(2).some(({ subject, op }) => op === 'false' && isUnknownCaller(subject)),
  )

function take(
  run: Run,
  operation: FoundOperation,
  effects: readonly Effect[],
  observation: Observation,
): void {
  // Fiber keeps an answer until its handler is done: the last one counts.
  const isKept = operation.pack.language === 'go' && operation.pack.framework !== 'Fiber'
  for (const effect of isKept ? firstAnswers(effects) : effects) {
    if (effect.kind === 'read') observation.reads.push(effect)
    else if (effect.kind === 'body') observation.bodies.push(effect)
    else if (effect.kind === 'body-field') observation.fields.push(effect)
    else if (effect.kind === 'schema') observation.schemas.push(...parsedSchemas([effect]))
    else if (effect.kind === 'sign-in')
      observation.signIns.push({
        credentials: effect.note['credentials'] as Credential[],
        name: nameOf(effect.value),
        site: effect.site,
        isOptional: isFailureLeft(effect, effects),
        when: (effect.note['when'] as Condition | undefined) ?? statesIn(effect.conditions),
      })
    else if (effect.kind === 'handed-away') observation.isHandedAway = true
    else if (effect.kind === 'by-method') observation.byMethod.push(...(effect.note['methods'] as string[]))
    else if (effect.kind === 'method-cases')
      observation.methodCases.push(...(effect.note['methods'] as string[]))
    else if (effect.kind === 'raise')
      (operation.pack.returnedErrors === undefined && effect.note['keptAs'] === undefined
        ? handleError
        : takeError)(run, asKept(run, operation, effect), effect.value, effect, observation)
    else if (effect.status !== null && !hasBodyBeside(effect, effects)) {
      const conditions = reached(effect.conditions)
      if (conditions === null) continue
      // Of Go's errors each says something else.
      const isOfGo = effect.kind === 'respond' && effect.status >= 400 && effect.site.module.language === 'go'
      const value = isOfGo
        ? sentBody(bodyWhere(effect.value, conditions), effect.note['media'])
        : effect.value
      observation.answers.push({
        status: effect.status,
        body: effect.kind === 'respond' ? value : null,
        conditions: whenOneOf(conditions, Number(effect.note['ways'] ?? 1)),
        site: effect.site,
        through: effect.through,
        raisedBy: effect.kind === 'answer-error' && effect.value.t === 'symbol' ? effect.value.text : '',
        message: leavesOutText(operation.pack.framework, run.interpreter.lookup, value)
          ? ''
          : messageOfEffect({ ...effect, value }),
        media: typeof effect.note['media'] === 'string' ? effect.note['media'] : '',
        isFramework: effect.note['isFramework'] === true,
        statusAt: (effect.note['statusAt'] as Site[] | undefined) ?? [],
        ...(effect.note['oneOf'] === undefined ? {} : { oneOf: effect.note['oneOf'] }),
        ...(effect.note['isNamed'] === true ? { isNamed: true as const } : {}),
        ...(effect.note['isOfShown'] === true ? { isOfShown: true as const } : {}),
        ...(effect.note['isSigningIn'] === true
          ? { isOfShown: true as const, isSigningIn: true as const }
          : {}),
      })
    } else if (typeof effect.note['by'] === 'string')
      observation.handedTo.push({ by: effect.note['by'], site: effect.site })
    else if (effect.kind === 'respond') observation.unclear.push(effect.site)
  }
}

// What Go puts into a format is only known when it runs.
const verb = /%[-+# 0]*(?:\d+|\*)?(?:\.\d+)?[vTtbcdoOqxXUeEfFgGsp]/g

function messageOfEffect({ kind, value, status, note, site }: Effect): string {
  const text =
    typeof note['message'] === 'string'
      ? note['message']
      : (status ?? 0) >= 400 && kind === 'respond'
        ? bodyMessage(value)
        : ''
  if (site.module.language !== 'go') return text
  const said = text.replaceAll(verb, '…')
  return said === text || /\p{L}{2}/u.test(said) ? said : ''
}
