import { STATUS_CODES } from 'node:http'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, notDefined, printValue, saidText, symbol, union } from '../resolve/values.ts'
import type { ClassRef, ObjectValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { boomMember, isBoom } from './boom.ts'
import { partOfNodeError } from './node-error-parts.ts'
import type { Pack } from './pack.ts'
import { argOf, mayBeOther, statusesBy, statusesOf, statusWays } from './status.ts'

/** Members of errors that have their status, by name; those that are called first say so. */
export const statusMembers = /^(?:status|statusCode|status_code|Code|HTTPStatusCode)$/
const statusGetters = /^(?:getStatus|getStatusCode|getRawStatusCode|getResponse|get_response|status_code)$/
/** What every error of JavaScript has, and what exceptions of Nest have besides. */
const errorParts = /^(?:name|message|stack|cause|constructor|__proto__|toString)$/
const nestParts =
  /^(?:status|response|options|getStatus|getResponse|initMessage|initName|initCause|errorCode)$/
const isNestException = (ref: ClassRef, { lookup }: Interpreter) =>
  ref.module.language === 'javascript' &&
  lookup.ancestry(ref).some((one) => /^@nestjs\/common\.\w+Exception$/.test(one))

/** Whether an error of JavaScript's own, of Nest or of a class of the repository that extends one surely lacks a member: what only errors of databases and the like have. */
function isMissing(of: Value, name: string, interpreter: Interpreter): boolean {
  const { lookup } = interpreter
  if (errorParts.test(name) || name.startsWith('@')) return false
  if (of.t === 'symbol')
    return of.ref === null && !nestParts.test(name) && /^@nestjs\/common\.\w+Exception\(\)$/.test(of.path)
  if (of.t !== 'object' || of.props.has(name)) return false
  const { ref } = of
  if (ref === null) return of.props.has('@error')
  if (ref.module.language !== 'javascript') return false
  return (
    (isNestException(ref, interpreter) ? !nestParts.test(name) : lookup.ancestry(ref).includes('Error')) &&
    !lookup.method(ref, name) &&
    !lookup.field(ref, name)
  )
}

/** JAX-RS: the status of the answer that an error has (`e.getResponse().getStatus()`). */
function answerMember(of: Value, name: string): Value | null {
  if (of.t !== 'symbol' || of.path !== '@answer()' || !/^getStatus(?:Info)?$/.test(name)) return null
  return symbol(`@status.${name}`, `${printValue(of)}.${name}`, { of, note: of.note })
}

/** What errors are: the status that they stand for, and what their members have. */
export class Errors {
  readonly #packs: readonly Pack[]
  readonly #interpreter: Interpreter
  readonly #answersOf: (value: Value) => { statuses: number[]; isError: boolean }[]
  /** The framework that an operation is of; null where none runs. */
  serving: Pack | null = null
  /** Errors that calls of packs raise by their name. */
  readonly #named: ReadonlySet<string>

  constructor(
    packs: readonly Pack[],
    interpreter: Interpreter,
    answersOf: (value: Value) => { statuses: number[]; isError: boolean }[],
  ) {
    this.#packs = packs
    this.#interpreter = interpreter
    this.#answersOf = answersOf
    this.#named = new Set(
      packs.flatMap(({ calls, lastCalls }) =>
        Object.values({ ...calls, ...lastCalls }).flatMap((rule) =>
          rule.does === 'raise' && rule.error !== undefined ? [rule.error] : [],
        ),
      ),
    )
  }

  /** What a member of an error has; null where nothing is known of it. */
  member(of: Value, name: string, site: Site): Value | null {
    if (of.t === 'symbol') {
      const own = boomMember(of, name, isBoom(of) ? this.statusesOf(of)[0] : undefined)
      if (own) return own
    }
    // What only errors of Boom's have.
    if (name === 'isBoom' && (of.t === 'object' || of.t === 'symbol') && this.statusesOf(of).length > 0)
      return constant(false)
    if (of.t === 'symbol' && !statusMembers.test(name)) {
      const own = partOfNodeError(of, name, () => this.statusesOf(of))
      if (own) return own
    }
    const said = name === 'description' ? this.#description(of) : null
    if (said) return said
    const status = answerMember(of, name) ?? this.#errorMember(of, name, site)
    if (status) return status
    if (isMissing(of, name, this.#interpreter)) return notDefined
    if (of.t === 'object' && of.ref && isNestException(of.ref, this.#interpreter)) {
      // Nest names an exception for its class.
      if (name === 'name') return constant(of.ref.cls.name)
      if (name === 'message') return this.#nestMessage(of)
    }
    return of.t === 'symbol' ? this.#ownMember(of, name) : null
  }

  // What an error of werkzeug says is what it was made with.
  #description(of: Value): Value | null {
    if (of.t !== 'symbol' || !/^werkzeug\.exceptions\.\w+\(\)$/.test(of.path)) return null
    return argOf(of.args, { at: 0, name: 'description' }) ?? null
  }

  // The status of an error that is known.
  #errorMember(of: Value, name: string, site: Site): Value | null {
    // Of Python's errors it is the status itself.
    const isOfPython = name === 'status_code' && site.module.language === 'python'
    const isGetter = !isOfPython && statusGetters.test(name)
    // Fastify: what does not fit its schema has it, no other error.
    if (
      name === 'validation' &&
      site.module.language === 'javascript' &&
      (of.t === 'symbol' || of.t === 'object')
    ) {
      if (of.t === 'symbol' && of.path === 'fastify.ValidationError()') return constant(true)
      return this.statusesOf(of).length > 0 ? constant(null) : null
    }
    const isCode = name === 'code' && site.module.language === 'python'
    const isName = name === 'name' && of.t === 'symbol' && of.path.startsWith('http-errors')
    const isHttpCode = name === 'httpCode' && of.t === 'symbol' && of.path.startsWith('routing-controllers.')
    if (!isGetter && !isName && !isCode && !isHttpCode && !statusMembers.test(name)) return null
    if (of.t === 'symbol' ? of.ref !== null : of.t !== 'object' || of.ref === null || of.props.has(name))
      return null
    if (of.t === 'object' && of.ref && this.#interpreter.lookup.method(of.ref, name)) return null
    const held = isOfPython && of.t === 'symbol' ? this.#heldBy(of) : null
    if (held !== null) return constant(held)
    const statuses = this.statusesOf(of)
    if (statuses.length === 0) return null
    if (isName) return union(statuses.map((status) => constant(errorName(status))))
    return isGetter
      ? symbol(`@status.${name}`, `${printValue(of)}.${name}`, { of, note: { statuses } })
      : union(statuses.map((status) => constant(status)))
  }

  #heldBy({ path }: SymbolValue): number | null {
    const name = path.replace(/\(\)$/, '')
    return this.#packs.map(({ errorHolds }) => errorHolds?.[name]).find((one) => one !== undefined) ?? null
  }

  // What it was made with, alone or in an object, else what its status is called (docs.nestjs.com, "Built-in HTTP exceptions").
  #nestMessage(of: SymbolValue | ObjectValue): Value | null {
    const given = of.args[0]?.value
    const isBody = given?.t === 'symbol' && given.path.endsWith('.createBody()')
    const said = isBody ? given.args[0]?.value : given?.t === 'object' ? given.props.get('message') : given
    if (said) return said
    const [status] = given ? [] : this.statusesOf(of)
    return status === undefined ? null : constant(STATUS_CODES[status] ?? '')
  }

  // What is known of errors that code outside makes: the message of Nest's, and that those which a pack knows by name alone have no status.
  #ownMember(of: SymbolValue, name: string): Value | null {
    if (/^@nestjs\/common\.\w+Exception\(\)$/.test(of.path))
      return name === 'message' ? this.#nestMessage(of) : null
    const made = this.#madeBy(of)
    if (made && name === 'message') return argOf(made.args, made.rule.message) ?? null
    // What code outside raises with its status says something in words.
    const [given] = of.args
    if (name === 'message' && given?.value.t === 'const' && this.statusesOf(of)[0] === given.value.v)
      return { ...(symbol(`${of.path}.message`, `${of.text}.message`, { of }) as SymbolValue), isThere: true }
    if (!this.#named.has(of.path.replace(/\(\)$/, '')) || this.statusesOf(of).length > 0) return null
    if (name === 'message') return constant('')
    return statusMembers.test(name) || /^(?:code|errno|response)$/.test(name) ? constant(null) : null
  }

  /** The status that a thrown or returned error stands for, by the packs' classes, the class's own status, or its base's. */
  statusesOf(value: Value): number[] {
    if (value.t === 'class')
      return this.statusesOf({
        t: 'object',
        props: new Map(),
        ref: value.ref,
        args: [],
        isOpen: true,
        site: null,
      })
    const names =
      value.t === 'object' && value.ref
        ? this.#interpreter.lookup.ancestry(value.ref)
        : value.t === 'symbol'
          ? [value.path.replace(/\(\)$/, '')]
          : []
    const args = value.t === 'object' || value.t === 'symbol' ? value.args : []
    if (value.t === 'symbol') {
      const { fails } = (value.note ?? {}) as { fails?: number }
      if (fails !== undefined) return [fails]
      const made = this.#madeBy(value)
      if (made) return statusesBy(made.rule.status, made.args)
    }
    const ofClass = value.t === 'object' && value.ref ? this.#classStatuses(value, value.ref, names) : []
    if (ofClass.length > 0) return ofClass
    for (const name of names)
      for (const pack of this.#packs) {
        const rule = pack.errors?.[name]
        if (rule === undefined) continue
        const ref = value.t === 'object' ? value.ref : null
        const said = ref
          ? (pack.errorStatics ?? []).flatMap((member) =>
              statusesOf(this.#interpreter.staticMember(ref, member) ?? undefined),
            )
          : []
        if (said.length > 0) return said
        // An answer that an error carries.
        const carried =
          typeof rule === 'object' && 'any' in rule
            ? args.flatMap((arg) => (arg.value.t === 'symbol' ? this.#answersOf(arg.value) : []))
            : []
        const own = carried.flatMap(({ statuses, isError }) => (isError ? [] : statuses))
        if (own.length > 0) return own
        const found = statusesBy(rule, args)
        if (found.length > 0) return found
        // A subclass that hands its status up: what the constructor set.
        const given = this.#given(value)
        if (given.length > 0) return given
        if (typeof rule === 'object' && rule.otherwise !== undefined) return [rule.otherwise]
      }
    const annotated = value.t === 'object' && value.ref ? this.#annotatedStatuses(value.ref) : []
    if (annotated.length > 0) return annotated
    // Whether an error's own members are its status its framework says.
    const packs = this.serving?.language === 'javascript' ? [this.serving] : this.#packs
    const members = packs.flatMap(({ errorMembers = [], language }) =>
      isPlainError(value, language) ? errorMembers : [],
    )
    if (value.t === 'object')
      for (const member of members) {
        const found = statusesOf(value.props.get(member))
        if (found.length > 0) return found
      }
    return this.#carried(value)
  }

  /** Each status that an error is made with, when it is that one; null stands for one that is not known. Null where it is made with one alone. */
  waysOf(value: Value): { status: number | null; when: Condition }[] | null {
    if (value.t !== 'symbol') return null
    const name = value.path.replace(/\(\)$/, '')
    const rule = this.#packs.map(({ errors }) => errors?.[name]).find((one) => one !== undefined)
    const given = typeof rule === 'object' && 'arg' in rule ? argOf(value.args, rule.arg) : undefined
    if (rule === undefined || given?.t !== 'union') return null
    const ways = statusWays(rule, value.args, true)
    if (ways || !mayBeOther(given)) return ways
    const statuses = statusesOf(given)
    if (statuses.length === 0) return null
    return [...statuses, null].map((status) => ({ status, when: [[unsaid]] }))
  }

  // What makes the class of an error outside: `new (createError('CODE', 'text', 401))()`.
  #madeBy({ path, of }: SymbolValue) {
    if (!path.endsWith('()()') || of?.t !== 'symbol') return null
    for (const { errorMakers } of this.#packs) {
      const rule = errorMakers?.[path.slice(0, -4)]
      if (rule) return { rule, args: of.args }
    }
    return null
  }

  // Python: a class of the repository that says its status, of a class that a framework answers (`status_code` of REST framework's, `code` of werkzeug's).
  #classStatuses({ props }: ObjectValue, ref: ClassRef, names: readonly string[]): number[] {
    if (ref.module.language !== 'python') return []
    if (!names.some((name) => this.#packs.some(({ errors }) => errors?.[name] !== undefined))) return []
    for (const member of ['status_code', 'code']) {
      const field = this.#interpreter.lookup.field(ref, member)
      const found = statusesOf(
        props.get(member) ?? (field ? (this.#interpreter.staticMember(ref, member) ?? undefined) : undefined),
      )
      if (found.length > 0) return found
    }
    return []
  }

  /** What a class of Python's says of its errors that are made with nothing but a code; empty where its constructor is its own. */
  textOf(value: Value): string {
    const ref = value.t === 'object' || value.t === 'class' ? value.ref : null
    if (ref?.module.language !== 'python' || this.#interpreter.lookup.method(ref, '__init__')) return ''
    if (value.t === 'object' && value.args.some(({ name }) => name !== 'code')) return ''
    const names = this.#interpreter.lookup.ancestry(ref)
    const { errorText: member } =
      this.#packs.find(
        ({ errors, errorText }) =>
          errorText !== undefined && names.some((name) => errors?.[name] !== undefined),
      ) ?? {}
    return member !== undefined && this.#interpreter.lookup.field(ref, member)
      ? saidText(this.#interpreter.staticMember(ref, member) ?? undefined)
      : ''
  }

  // Spring: `@ResponseStatus(NOT_FOUND)` on an exception's class, or on one that it extends.
  #annotatedStatuses(ref: ClassRef, depth = 0): number[] {
    if (ref.module.language !== 'java' || depth > 6) return []
    const own = annotationsOf(this.#interpreter, ref.cls.decorators, ref.scope, ref)
    for (const { path, args } of own)
      for (const { annotations } of this.#packs) {
        const arg = annotations?.status[path]
        if (arg === undefined) continue
        const found = statusesOf(argOf(args, arg) ?? argOf(args, 'code'))
        return found.length > 0 ? found : [500]
      }
    return this.#interpreter.lookup.basesOf(ref).flatMap((base) => this.#annotatedStatuses(base, depth + 1))
  }

  // Go: an error of the repository's own that carries a status.
  #carried(value: Value): number[] {
    if (value.t !== 'object' || value.ref?.module.language !== 'go') return []
    if (!this.#interpreter.lookup.method(value.ref, 'Error')) return []
    for (const one of value.props.values()) {
      const found = statusesOf(one).filter((status) => status >= 400)
      if (found.length > 0) return found
    }
    return []
  }

  #given(value: Value): number[] {
    if (value.t !== 'object') return []
    for (const key of ['@status', 'status', 'statusCode', 'status_code', 'code', 'httpStatus']) {
      const found = statusesOf(value.props.get(key))
      if (found.length > 0) return found
      const field = value.ref ? this.#interpreter.memberOf(value, key, null) : null
      const own = field ? statusesOf(field) : []
      if (own.length > 0) return own
    }
    return []
  }
}

// http-errors names its errors for their status: `NotFoundError`.
function errorName(status: number): string {
  const name = (STATUS_CODES[status] ?? '').replaceAll(/\W/g, '')
  return name.endsWith('Error') ? name : `${name}Error`
}

// What `new Error(…)` gives, or an instance of a class of the repository that extends it.
const isPlainError = (value: Value, language: Pack['language']) =>
  value.t === 'object' &&
  language === 'javascript' &&
  (value.props.has('@error') || value.ref?.module.language === 'javascript')
