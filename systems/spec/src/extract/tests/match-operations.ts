import { segmentsOf } from './values.ts'
import type { ExpectedAnswer, TestRequest, TestRoute } from './values.ts'
import type { OperationFact } from '../../facts/fact.ts'
import type { FuncValue } from '../../resolve/values.ts'

interface Routed {
  operation: OperationFact
  segments: string[]
}

/** Which operation a request of a test asks for. */
export class OperationMatcher {
  readonly #byMethod: Map<string, Routed[]>
  readonly #serviceOf: (path: string) => string
  /** The first two parts of paths that have more. */
  readonly #begins: ReadonlySet<string>
  /** Files of tests that ask for whole paths: what they ask for stands below nothing else. */
  readonly #whole: ReadonlySet<string>
  /** Go: operations by the folder and the name of what handles them, or makes that. */
  readonly #handled = new Map<string, OperationFact[]>()
  /** Routes that tests of Go make by themselves, by their file. */
  readonly #routed: ReadonlyMap<string, readonly TestRoute[]>

  constructor(
    operations: readonly OperationFact[],
    expected: readonly ExpectedAnswer[],
    routed: readonly TestRoute[],
    serviceOf: (path: string) => string,
    handlersOf: (operation: OperationFact) => readonly FuncValue[],
  ) {
    this.#serviceOf = serviceOf
    for (const operation of operations)
      for (const fn of handlersOf(operation)) {
        const key = `${folderOf(fn.module.path)} ${nameInFile(fn)}`
        this.#handled.set(key, [...(this.#handled.get(key) ?? []), operation])
      }
    this.#routed = Map.groupBy(
      routed.filter(({ handler }) => handler !== undefined),
      ({ module }) => module.path,
    )
    this.#begins = new Set(
      operations.flatMap(({ path }) => {
        const [, first = '', second = '', third] = path.split('/')
        return third === undefined || second.includes('{') ? [] : [`${first}/${second}`]
      }),
    )
    this.#byMethod = Map.groupBy(
      operations.map((operation) => ({
        operation,
        segments: operation.path.split('/').filter((part) => part !== ''),
      })),
      ({ operation }) => operation.method,
    )
    this.#whole = new Set(
      expected.flatMap((one) =>
        this.#best(one, one.module.path, (routed, asked) => whole(routed, asked)) ? [one.module.path] : [],
      ),
    )
  }

  /** Null where none is asked for, or it is not known which. */
  of(request: TestRequest, file: string): OperationFact | null {
    const handled = this.#handledBy(request, file)
    const one = handled.length === 1 ? handled[0] : undefined
    if (one) return one
    const found = this.#best(request, file, whole)
    if (found) return found
    const [own, ...others] = handled.filter(({ method }) => method === request.method)
    if (own && others.length === 0) return own
    const { isOpen } = segmentsOf(request.path)
    return !isOpen && this.#whole.has(file) ? null : this.#best(request, file, ending)
  }

  /** Whether a request is for the program: others of its file are, or its path begins as an operation's does. */
  isOfProgram({ path }: TestRequest, file: string): boolean {
    return this.#whole.has(file) || this.#begins.has(segmentsOf(path).segments.slice(0, 2).join('/'))
  }

  // What a test hands a request to by itself answers it, whatever its path.
  #handledBy(request: TestRequest, file: string): readonly OperationFact[] {
    const { segments } = segmentsOf(request.path)
    const names =
      request.handler === undefined
        ? []
        : [
            request.handler,
            ...(this.#routed.get(file) ?? []).flatMap(({ method, path, handler }) =>
              /^\*$/.test(method) || method === request.method
                ? whole(
                    segmentsOf(path).segments.map((part) => part ?? '{}'),
                    segments,
                  ) === null
                  ? []
                  : [handler ?? '']
                : [],
            ),
          ]
    const found = names.flatMap((name) => this.#handled.get(`${folderOf(file)} ${name}`) ?? [])
    return [...new Set(found)]
  }

  #best(
    request: TestRequest,
    file: string,
    matches: (routed: readonly string[], asked: readonly (string | null)[]) => number | null,
  ): OperationFact | null {
    const { segments } = segmentsOf(request.path)
    const all = [...(this.#byMethod.get(request.method) ?? []), ...(this.#byMethod.get('*') ?? [])]
    const scored = all.flatMap(({ operation, segments: own }) => {
      const score = matches(own, segments)
      return score === null ? [] : [{ operation, score }]
    })
    const most = Math.max(...scored.map(({ score }) => score))
    const best = scored.filter(({ score }) => score === most).map(({ operation }) => operation)
    const near = best.filter(({ service }) => service === this.#serviceOf(file))
    const left = best.length > 1 && near.length > 0 ? near : best
    return left.length === 1 ? (left[0] ?? null) : null
  }
}

const folderOf = (path: string) => path.replace(/[^/]*$/, '')

// A function of a file, or the one that it stands in: what makes a handler is known by its name.
function nameInFile({ fn, module }: FuncValue): string {
  if (fn.name !== '') return fn.name
  const around = module.body
    .flatMap((stmt) => (stmt.k === 'func' ? [stmt.fn] : stmt.k === 'class' ? stmt.cls.members : []))
    .find(({ start, end }) => start <= fn.start && fn.end <= end)
  return around?.name ?? ''
}

/** How well a path fits a template: two for each part that both name, one for each that the template takes. Null where it does not. */
function whole(routed: readonly string[], asked: readonly (string | null)[]): number | null {
  const rest = routed.at(-1)?.endsWith('*}') ?? false
  const length = rest ? routed.length - 1 : routed.length
  if (rest ? asked.length < length : asked.length !== length) return null
  let score = rest ? 0 : 1
  for (let at = 0; at < length; at++) {
    const [own = '', one = null] = [routed[at], asked[at]]
    if (own.includes('{')) score += 1
    else if (own === one) score += 2
    // Express's routers take either case.
    else if (one !== null && own.toLowerCase() === one.toLowerCase()) score += 1
    else if (one !== null) return null
  }
  return score
}

// Of routers that tests serve by themselves, and of paths that begin with what only settings know.
function ending(routed: readonly string[], asked: readonly (string | null)[]): number | null {
  const length = Math.min(routed.length, asked.length)
  if (length === 0 || Math.abs(routed.length - asked.length) > 3) return null
  const [own, one] = [routed.slice(-length), asked.slice(-length)]
  if (!own.some((part, at) => part === one[at])) return null
  return whole(own, one)
}
