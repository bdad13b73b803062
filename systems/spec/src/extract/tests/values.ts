import type { Class, Expr, Func, Module, Span } from '../../parse/ir.ts'

/** A request that a test makes; also what answers it. */
export interface TestRequest {
  method: string
  /** Texts, and null for what is only known when the test runs. */
  path: TextParts
  /** Go: the function that the test itself gives the request to, or the one that makes it. */
  handler?: string
}

/** A route that a test makes by itself; in Go with the function that handles it. */
export interface TestRoute extends TestRequest {
  module: Module
}

export type TextParts = readonly (string | null)[]

/** What an expression of a test is, as far as requests and their statuses need it. */
export type TestValue =
  | { t: 'unknown' }
  | { t: 'text'; parts: TextParts }
  | { t: 'number'; value: number }
  | { t: 'list'; items: readonly TestValue[] }
  | { t: 'object'; props: ReadonlyMap<string, TestValue> }
  | { t: 'function'; fn: Func; module: Module; scope: Scope; self: SelfValue | null }
  | SelfValue
  | { t: 'request'; request: TestRequest }
  /** A method without its path (`client.post()`), a path without its method (`target("/a")`). */
  | { t: 'method'; method: string }
  | { t: 'path'; parts: TextParts }
  | { t: 'status'; request: TestRequest }
  /** What is expected of an answer (`expect(response)`) or of its status. */
  | { t: 'expectation'; request: TestRequest; isOfStatus: boolean; isNot: boolean }
  /** Go's `httptest.NewRecorder()`. */
  | { t: 'recorder' }
  /** `status()`, of which a matcher is made. */
  | { t: 'status-matcher' }

/** A test's own object: its fields, and the methods of its class. */
export interface SelfValue {
  t: 'self'
  cls: Class | null
  module: Module
  fields: Map<string, TestValue>
  /** Of a class in another one. */
  outer?: SelfValue | null
}

/** An answer that a test expects, and where. */
export interface ExpectedAnswer extends TestRequest {
  status: number
  module: Module
  span: Span
  /** The titles around it. */
  test: string
}

/** What tests ask for and expect, and the paths that they route by themselves. */
export interface TestedAnswers {
  expected: ExpectedAnswer[]
  routed: TestRoute[]
}

/** What runs a file of tests, as its calls need it. */
export interface TestRunner {
  readonly module: Module
  readonly found: TestedAnswers
  /** The request that was made last. */
  asked: (TestValue & { t: 'request' }) | null
  value(e: Expr, scope: Scope, self?: SelfValue | null): TestValue
  /** The path of the route that has a name. */
  routeNamed(name: string, given: number | null): TestValue
  functionNamed(
    name: string,
    self: SelfValue | null,
    scope: Scope,
    arity?: number | null,
  ): FunctionValue | null
  methodOf(of: Expr, name: string, self: SelfValue | null, arity: number): FunctionValue | null
  call(
    callee: FunctionValue,
    args: readonly TestValue[],
    at: Span | null,
    named?: ReadonlyMap<string, TestValue>,
  ): TestValue
  inline(callee: FunctionValue, given: TestValue | null): TestValue
  titled(title: string, work: () => void): void
  record(request: TestValue): void
  bind(target: Expr, value: TestValue, scope: Scope, self: SelfValue | null, isNew?: boolean): void
  /** An object of a class of tests; null where the name is none of one. */
  instance(name: string, args: readonly TestValue[], named: ReadonlyMap<string, TestValue>): TestValue | null
  /** The request that was made last. */
  last: TestRequest | null
  expect(request: TestRequest, status: number | null, span: Span): void
}

export type FunctionValue = TestValue & { t: 'function' }

export const unknown: TestValue = { t: 'unknown' }
export const textOf = (value: string): TestValue => ({ t: 'text', parts: [value] })

export class Scope {
  readonly #own = new Map<string, TestValue>()
  readonly #outer: Scope | null
  #handlers: Map<string, string> | null = null

  constructor(outer: Scope | null) {
    this.#outer = outer
  }

  get(name: string): TestValue | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name)
  }

  put(name: string, value: TestValue): void {
    this.#own.set(name, value)
  }

  /** Go: what a name of a test holds may be a handler of the program, known by the name of what gives it. */
  get handlers(): Map<string, string> {
    return (this.#handlers ??= new Map())
  }

  handlerOf(name: string): string {
    return this.#handlers?.get(name) ?? this.#outer?.handlerOf(name) ?? name
  }

  /** Where it was declared, else here. */
  set(name: string, value: TestValue): void {
    if (!this.#own.has(name) && this.#outer?.get(name) !== undefined) this.#outer.set(name, value)
    else this.put(name, value)
  }
}

export function joined(a: TestValue, b: TestValue): TestValue {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left && !right) return unknown
  const parts = [...(left ?? [null]), ...(right ?? [null])]
  return { t: 'text', parts: parts.length > 40 ? [null] : parts }
}

/** Texts of what can stand in one. */
export function partsOf(value: TestValue | undefined): TextParts | null {
  if (value?.t === 'text') return value.parts
  if (value?.t === 'number') return [String(value.value)]
  return null
}

/** A text that is known as a whole. */
export function knownText(value: TestValue | undefined): string | null {
  const parts = partsOf(value)
  return parts?.every((part) => part !== null) ? parts.join('') : null
}

/** The path that a text is: of an address what follows its host, without what is asked (`?…`). Null where it is none. */
export function pathIn(value: TestValue | undefined, isAny = false): TextParts | null {
  if (value?.t === 'path') return value.parts
  if (value?.t !== 'text') return null
  const whole = value.parts.map((part) => part ?? hole).join('')
  const address = /^[a-z]+:\/\/[^/]*(?<path>.*)$/s.exec(whole)
  const path = (address?.groups?.path ?? whole).replace(/[?#].*$/s, '')
  if (/\s/.test(path) || path.length > 300) return null
  if (!isAny && !address && !path.startsWith('/') && !/^\0\0*\/[^\0]/.test(path)) return null
  return path === '' ? ['/'] : path.split(/(\0)/).map((part) => (part === hole ? null : part))
}

const hole = '\0'
const placeholder = /^(?:\{[^}]*\}|:\w+|%[a-z]|<[^>]*>)$/i

/** Parts of a path between its slashes; null for what is only known when the test runs. `isOpen`: more may come before the first. */
export function segmentsOf(path: TextParts): { segments: (string | null)[]; isOpen: boolean } {
  const whole = path.map((part) => part ?? hole).join('')
  const isOpen = !whole.startsWith('/')
  const segments = whole
    .replace(/^\0+(?=\/)/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.includes(hole) || placeholder.test(part) ? null : part))
  return { segments, isOpen }
}
