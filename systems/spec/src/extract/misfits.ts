import { isDropwizard } from './dropwizard.ts'
import { declared, misfit, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import type { Pack } from '../packs/pack.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Site } from '../resolve/values.ts'
import type { AnnotatedOperation } from './annotated.ts'
import type { FoundOperation } from './flat-routes.ts'
import { handledStatuses } from './raised.ts'
import type { Run } from './run-code.ts'
import { isOfSix } from './spring-version.ts'
import { ownTable } from '../parse/own-table.ts'

type Input = Extract<Fact, { kind: 'parameter' }>

/** What may be wrong with a part of a request: it is none of its type, out of its bounds, or not there. */
type Wrong = 'type' | 'bound' | 'missing'

/** When a part of a request is wrong so; what is asked of it and can not be told is left open. */
function whenWrong(fact: Fact, wrong: Wrong): Condition {
  if (fact.kind === 'body') return misfit('body', declared)
  if (fact.kind !== 'parameter') return [[unsaid]]
  const subject = `${fact.in}.${fact.name}`
  if (wrong === 'missing') return [[{ subject, op: 'absent' }]]
  return wrong === 'bound' ? beyond(fact, subject) : ofOtherType(fact, subject)
}

function ofOtherType({ shape, constraints }: Input, subject: string): Condition {
  const one = shape.type === 'array' ? shape.items : shape
  const isUuid = constraints.some(({ keyword, value }) => keyword === 'format' && value === 'uuid')
  const form =
    forms[one.type] ??
    (isUuid ? 'as a UUID' : undefined) ??
    (constraints.some(({ keyword }) => keyword === 'enum') ? 'as one of its values' : undefined)
  return form === undefined || one !== shape ? [[unsaid]] : misfit(subject, form)
}

const forms: Record<string, string> = ownTable({
  integer: 'as a whole number',
  number: 'as a number',
  boolean: 'as true or false',
})

function beyond({ constraints }: Input, subject: string): Condition {
  return constraints.flatMap(({ keyword, value }): Condition => {
    if (keyword === 'enum' || keyword === 'format') return []
    const [op, of] = bounds[keyword] ?? []
    return op === undefined || of === undefined || typeof value === 'object'
      ? [[unsaid]]
      : [[{ subject: `${subject}${of}`, op, value }]]
  })
}

const bounds: Partial<Record<string, [op: '<' | '<=' | '>' | '>=' | 'not-matches', of: string]>> = {
  minimum: ['<', ''],
  maximum: ['>', ''],
  exclusiveMinimum: ['<=', ''],
  exclusiveMaximum: ['>=', ''],
  minLength: ['<', '.length'],
  maxLength: ['>', '.length'],
  pattern: ['not-matches', ''],
}

interface Refused {
  status: number
  facts: Fact[]
  through: Site[]
  /** Not all that does not fit is answered so. */
  isOpen: boolean
  /** What is wrong, where other things that are wrong are answered otherwise. */
  when: Condition | null
  /** One part of the request is answered otherwise where something else is wrong with it. */
  isParted: boolean
}

/** What a request that does not fit is answered with: by the program's handlers of the framework's errors, else the framework's own status. */
export function invalidStatuses(
  run: Run,
  operation: FoundOperation,
  checked: readonly Fact[],
  otherwise: number,
): Refused[] {
  const found = new Map<string, Refused>()
  const known = new Map<string, ReturnType<typeof handledStatuses>>()
  const handledOnce = (paths: readonly string[]) => {
    const key = paths.join(' ')
    if (operation.errors.length > 0 && !known.has(key)) known.set(key, handledStatuses(run, operation, paths))
    return operation.errors.length > 0 ? (known.get(key) ?? null) : []
  }
  const told = checked.flatMap((fact) => {
    const ways = reasons(run, operation, fact, otherwise).map(({ paths, status, wrong }) => {
      const handled = handledOnce(paths)
      const answers = handled?.length === 0 ? [{ status, through: [], isOpen: false }] : (handled ?? [])
      return { fact, answers, when: whenWrong(fact, wrong) }
    })
    const isParted =
      new Set(ways.map(({ answers }) => answers.map(({ status }) => status).join(' '))).size > 1
    return ways.map((one) => ({ ...one, isParted }))
  })
  // Where there are several statuses, each is told by what is wrong with the request.
  const isOneOf = new Set(told.flatMap(({ answers }) => answers.map(({ status }) => status))).size > 1
  for (const { fact, answers, when, isParted } of told)
    for (const { status, through, isOpen: isUnsure } of answers) {
      const isTold = isOneOf && !isUnsure && answers.length === 1 && !isLeftOpen(when)
      // Of a parameter it is not known then that all that does not fit is answered so.
      const isOpen = isUnsure || ((isParted || (isOneOf && fact.kind === 'parameter')) && !isTold)
      if (status < 400) continue
      const key = `${status} ${isOpen} ${isTold}`
      const before = found.get(key)
      if (!before) {
        found.set(key, { status, facts: [fact], through, isOpen, isParted, when: isTold ? when : null })
        continue
      }
      if (isTold) before.when = [...(before.when ?? []), ...when]
      before.isParted ||= isParted
      if (!before.facts.includes(fact)) before.facts.push(fact)
    }
  return [...found.values()].map((one) =>
    (one.when?.length ?? 0) > maxTold ? { ...one, when: null, isOpen: one.isParted } : one,
  )
}

/** Ways to be wrong that one sentence tells. */
const maxTold = 4

const isLeftOpen = (condition: Condition): boolean =>
  condition.length === 0 || condition.some((row) => row.includes(unsaid))

/** Errors that the framework raises where a fact is not kept to, each with the status that it answers by itself. */
function reasons(
  run: Run,
  { pack, ...operation }: FoundOperation,
  fact: Fact,
  otherwise: number,
): { paths: readonly string[]; status: number; wrong: Wrong }[] {
  const errors = pack.invalidErrors
  if (!errors) return [{ paths: [], status: otherwise, wrong: 'type' }]
  if (fact.kind !== 'parameter')
    return [
      {
        paths: fact.kind === 'body' ? ofStack(run, errors.body) : errors.type,
        status: pack.framework === 'JAX-RS' && isDropwizard(run) ? 422 : otherwise,
        wrong: 'bound',
      },
    ]
  // A parameter that is a part of a whole is checked with that, as a body is; before Spring 6 by an error of its own (`ModelAttributeMethodProcessor`).
  if (pack.framework === 'Spring' && 'bound' in operation) {
    const { bound } = operation as Pick<AnnotatedOperation, 'bound'>
    const isOwn = bound.some((one) => one.in === fact.in && one.name === fact.name)
    if (!isOwn)
      return [
        {
          paths: isOfSix(run) ? ofStack(run, errors.body) : ['org.springframework.validation.BindException'],
          status: otherwise,
          wrong: 'bound',
        },
      ]
  }
  const owner = 'owner' in operation ? (operation as AnnotatedOperation).owner : null
  const { byClass, missing = {} } = errors
  const isByClass =
    byClass !== undefined &&
    owner !== null &&
    (operation.checksAll === true ||
      annotationsOf(run.interpreter, owner.cls.decorators, owner.scope, owner).some(
        ({ path }) => path === byClass.annotation,
      ))
  const isMissing = missing[fact.in] !== undefined && fact.isRequired
  // What a type of Java's does not take.
  const isOfType = fact.constraints.some(
    ({ keyword, value }) => keyword === 'enum' || (keyword === 'format' && value === 'uuid'),
  )
  // A path that does not match the pattern in a template is another path: no value of this one is wrong by it.
  const routed = fact.in === 'path' && operation.template.variables.find(({ name }) => name === fact.name)
  const isBound = fact.constraints.some(
    ({ keyword, value }) =>
      keyword !== 'enum' &&
      !(keyword === 'format' && value === 'uuid') &&
      !(pack.language === 'java' && routed && keyword === 'pattern' && value === routed.pattern),
  )
  const isOfFuzzy = isEnum(fact) && takesSpellings(run, pack)
  // Jakarta RESTful Web Services, 3.2: it is made by `Boolean.valueOf`, which takes any text.
  const isAnyText = pack.framework === 'JAX-RS' && fact.shape.type === 'boolean'
  const found: ReturnType<typeof reasons> = [
    ...(isBound
      ? [
          isByClass
            ? { paths: byClass.bound, status: byClass.status, wrong: 'bound' as const }
            : { paths: errors.bound, status: otherwise, wrong: 'bound' as const },
        ]
      : []),
    ...(isAnyText || (fact.shape.type === 'string' && !isOfType && (isMissing || isBound))
      ? []
      : [
          {
            paths:
              (isOfFuzzy ? errors.typeIn?.['form'] : errors.typeIn?.[fact.in]) ?? ofStack(run, errors.type),
            status: (isOfFuzzy ? undefined : ofValue(pack, fact.in)) ?? otherwise,
            wrong: 'type' as const,
          },
        ]),
    ...(isMissing
      ? [{ paths: ofStack(run, missing[fact.in] ?? []), status: otherwise, wrong: 'missing' as const }]
      : []),
  ]
  // Frameworks that have one error for each kind of what does not fit.
  return pack.language === 'java' ? found : found.slice(0, 1)
}

const isEnum = ({ constraints }: Input): boolean => constraints.some(({ keyword }) => keyword === 'enum')

// Dropwizard takes a constant of an enum as a parameter in other spellings too (`FuzzyEnumParamConverter`: in any case, with `-` and `.` for `_`), and refuses any other with 400.
const takesSpellings = (run: Run, { framework }: Pack): boolean => framework === 'JAX-RS' && isDropwizard(run)

/** Leaves out of parameters what is only one of the ways to spell them. */
export function leaveSpellings(run: Run, { pack }: FoundOperation, facts: readonly Fact[]): void {
  if (takesSpellings(run, pack))
    for (const fact of facts)
      if (fact.kind === 'parameter')
        fact.constraints = fact.constraints.filter(({ keyword }) => keyword !== 'enum')
}

// The status of a value that is none of its type: JAX-RS says that there is nothing at such a path or query (Jakarta RESTful Web Services, 3.2).
const ofValue = ({ annotations }: Pack, place: string): number | undefined =>
  place === 'path' || place === 'query' ? annotations?.badValue : undefined

const reactive = /\bspring-boot-starter-webflux\b/
const blocking = /\bspring-boot-starter-web\b(?!flux)/
const stacks = new WeakMap<Run, boolean>()

/** Spring has two stacks, of which each raises errors of its own; where both are there it is the one of servlets ("Web Environment"). */
export function ofStack(run: Run, errors: readonly string[]): readonly string[] {
  let isReactive = stacks.get(run)
  if (isReactive === undefined) {
    const all = [...run.project.manifests.values()]
    isReactive = all.some((text) => reactive.test(text)) && !all.some((text) => blocking.test(text))
    stacks.set(run, isReactive)
  }
  const own = errors.filter((one) => ofReactive.test(one) === isReactive)
  return own.length > 0 ? own : errors
}
const ofReactive = /\.(?:WebExchangeBind|ServerWebInput)Exception$/
