import { always, unsaid } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { both, isOfInput } from '../../resolve/conditions.ts'
import { methodOf } from '../../resolve/members.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { ClassRef, FuncValue, Value } from '../../resolve/values.ts'
import { waysOf } from '../../resolve/when.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import { isAlways } from '../first-that-is.ts'
import { programOf } from '../java-settings.ts'
import type { Run } from '../run-code.ts'
import { fitsAntPattern } from './ant-pattern.ts'
import { beanWhen } from './bean-conditions.ts'

interface Filter {
  fn: FuncValue
  program: string
  /** Null is any request. */
  patterns: string[] | null
  /** None is any. */
  methods: string[]
  when: Condition
}

// Where a file has all of two packages, either may have it.
const annotation = /^io\.micronaut\.http\.(?:\w+\.)*(?:Server)?Filter$/
const marked = /^io\.micronaut\.http\.(?:\w+\.)*RequestFilter$/
const served = /(?:^|\.)(?:HttpServerFilter|OncePerRequestHttpServerFilter)$/

/**
 * What Micronaut runs before methods of controllers (docs.micronaut.io, "HTTP Filters"): classes that are `@Filter`s, with what they give in the place of what `proceed` gives,
 * and methods of `@ServerFilter`s that are `@RequestFilter`s, with what they give where that is an answer.
 */
export class MicronautFilters {
  readonly #run: Run
  readonly #filters: readonly Filter[]
  /** Each program has its own; where only one is started, all that is there is its. */
  readonly #isOne: boolean

  constructor(run: Run) {
    this.#run = run
    const java = [...run.project.modules.values()].filter(({ language }) => language === 'java')
    this.#isOne = java.filter(({ text }) => /\bMicronaut\s*\.\s*(?:run|build)\s*\(/.test(text)).length < 2
    this.#filters = run.interpreter.lookup
      .classes()
      .flatMap((ref) => (ref.module.language === 'java' ? this.#filtersOf(ref) : []))
  }

  before({ template, method, site }: FoundOperation): Around[] {
    return this.#filters
      .filter(
        ({ program, patterns, methods }) =>
          (this.#isOne || program === programOf(site.module.path)) &&
          (patterns === null || patterns.some((pattern) => fitsAntPattern(pattern, template.path))) &&
          (methods.length === 0 || methods.includes(method)),
      )
      .map((filter) => ({ run: () => refuses(this.#run, filter.fn, filter.when) }))
  }

  #filtersOf(ref: ClassRef): Filter[] {
    const { interpreter } = this.#run
    const { lookup } = interpreter
    const onClass = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
    const found = onClass.find(({ path }) => annotation.test(path))
    if (!found) return []
    const made = (fn: FuncValue, own: Annotation, when: Condition): Filter[] => {
      const patterns = patternsOf(own) ?? patternsOf(found)
      const methods = [...methodsOf(found), ...methodsOf(own)]
      // Which requests it is for is not known: nothing is told of it.
      if (patterns?.includes('') === true) return []
      return [{ fn, program: programOf(ref.module.path), patterns, methods, when }]
    }
    if (lookup.ancestry(ref).some((name) => served.test(name))) {
      const before = lookup.method(ref, 'doFilterOnce') ?? lookup.method(ref, 'doFilter')
      return before?.fn.hasBody ? made(methodOf(before, null), found, beanWhen(interpreter, ref)) : []
    }
    return ref.cls.members.flatMap((fn) => {
      const own = fn.hasBody
        ? annotationsOf(interpreter, fn.decorators, ref.scope, ref).find(({ path }) => marked.test(path))
        : undefined
      return own ? made(methodOf({ fn, owner: ref }, null), own, beanWhen(interpreter, ref, fn)) : []
    })
  }
}

/** Runs what gives an answer in the place of a handler's, where it refuses. */
export function refuses({ interpreter, meaning }: Run, fn: FuncValue, when: Condition): void {
  const site = { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name }
  const work = () => {
    const from = interpreter.effects?.length ?? 0
    const made = interpreter.outcomes(fn, [], site)
    // What it reads is told by what it refuses with, and what it answers well says nothing of the operation.
    const own = interpreter.effects?.splice(from) ?? []
    interpreter.effects?.push(
      ...own.filter(({ kind, status }) => kind !== 'read' && (status === null || status >= 400)),
    )
    for (const { value, conditions, site: at } of made)
      for (const way of waysOf(value))
        for (const { statuses, body, when: asked = [] } of meaning.answersOf(way.value)) {
          const isKnown = asked.flat(2).every(({ subject }) => isOfInput(subject))
          const whole = [...conditions, ...way.conditions, ...(isKnown ? asked : [[[unsaid]]])]
          // What a function of a stream is given comes of code that was not followed to here: where it decides, whom it refuses is not known.
          const note = isKnown ? {} : { isFramework: true, isOfShown: true }
          for (const status of statuses)
            if (status >= 400)
              interpreter.within(whole.reduce<Condition>(both, always), () =>
                interpreter.emit('answer-error', body ?? symbol('?', 'body'), status, at, note),
              )
        }
  }
  if (isAlways(when)) work()
  else interpreter.within(when, work)
}

const given = ({ args }: Annotation, names: readonly (string | null)[]): Value[] =>
  args
    .filter(({ name }) => names.includes(name))
    .flatMap(({ value }) => (value.t === 'list' ? value.items : each(value)))

/** Null where none are given; what is not known is an empty text. */
function patternsOf(one: Annotation): string[] | null {
  const values = given(one, [null, 'value', 'patterns'])
  const isRegex = given(one, ['patternStyle']).some(
    (style) => style.t === 'symbol' && style.path.endsWith('.REGEX'),
  )
  if (values.length === 0) return null
  return values.map((value) =>
    value.t === 'symbol' && value.path.endsWith('.MATCH_ALL_PATTERN')
      ? '/**'
      : isRegex
        ? ''
        : (textOf(value) ?? ''),
  )
}

const methodsOf = (one: Annotation): string[] =>
  given(one, ['methods']).flatMap((value) =>
    value.t === 'symbol' ? (/\.([A-Z]+)$/.exec(value.path)?.[1] ?? []) : [],
  )
