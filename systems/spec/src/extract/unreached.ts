import type { FoundFramework, OpenQuestion } from '../facts/fact-set.ts'
import { statusNamed } from '../packs/status.ts'
import type { Expr, Func, Module, Stmt } from '../parse/ir.ts'
import type { Project } from '../resolve/project.ts'

/** Places of a module where code says that a request failed, and those of them that ran for no operation. */
interface Places {
  module: Module
  all: number
  unreached: number[]
}

/**
 * Places where code says that a request failed, of services whose framework is read, and those that ran for no operation: what is routed, mounted or called in a
 * way that is not read is missed there, which no operation could show. `reached`: functions that ran. What a place answers is not asked: it is read from
 * names and numbers alone, so a question for each service asks of it and nothing is told.
 */
export function unreachedErrors(
  project: Project,
  reached: ReadonlySet<Func>,
  frameworks: readonly FoundFramework[],
  serviceOf: (path: string) => string,
): { questions: OpenQuestion[]; places: { all: number; reached: number } } {
  const languageOf = (path: string) => project.modules.get(path)?.language ?? 'javascript'
  const read = new Set(
    frameworks.flatMap(({ isRead, service, foundIn }) =>
      isRead ? [`${service} ${languageOf(foundIn)}`] : [],
    ),
  )
  // A method that annotations of one above it stand for ran as a copy, with the same body.
  const ran = new Set([...reached].map(({ body }) => body))
  const found = [...project.modules.values()]
    .filter(({ path, language }) => read.has(`${serviceOf(path)} ${language}`))
    .map((module) => placesIn(module, ran))
  const all = sum(found.map((one) => one.all))
  const missed = found
    .filter(({ unreached }) => unreached.length > 0)
    .toSorted((a, b) => b.unreached.length - a.unreached.length)
  const questions = [...Map.groupBy(missed, ({ module }) => serviceOf(module.path))].flatMap(
    ([service, files]): OpenQuestion[] => {
      const [most] = files
      const [first] = most?.unreached ?? []
      if (!most || first === undefined) return []
      const count = sum(files.map(({ unreached }) => unreached.length))
      const here = sum(found.map((one) => (serviceOf(one.module.path) === service ? one.all : 0)))
      const named = files.slice(0, 3).map(({ module, unreached }) => `${module.path} (${unreached.length})`)
      const more = files.length > named.length ? ` and ${files.length - named.length} more files` : ''
      return [
        {
          text: `What leads to ${count} of the ${here} places in ${service === '' ? 'the code' : service} that answer errors?`,
          why: `Their functions ran for no operation that was found: ${named.join(', ')}${more}. What routes or calls them is not read, or nothing does.`,
          path: most.module.path,
          line: most.module.text.slice(0, first).split('\n').length,
        },
      ]
    },
  )
  return { questions, places: { all, reached: all - sum(missed.map(({ unreached }) => unreached.length)) } }
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

const maySay =
  /\b(?:4\d\d|5[01]\d)\b|not_?found|bad_?request|unauthori[sz]ed|forbidden|conflict|unprocessable|http404/i

function placesIn(module: Module, ran: ReadonlySet<Func['body']>): Places {
  const found: Places = { module, all: 0, unreached: [] }
  if (!maySay.test(module.text)) return found
  const visit = (node: unknown, within: Func | null): void => {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const one of node) visit(one, within)
      return
    }
    const inside = isFunc(node) ? node : within
    if (inside && saysFailure(node as Expr | Stmt)) {
      found.all++
      if (!ran.has(inside.body)) found.unreached.push((node as Expr).start)
      return
    }
    for (const value of Object.values(node)) visit(value, inside)
  }
  visit(module.body, null)
  return found
}

const isFunc = (node: object): node is Func => 'params' in node && 'headEnd' in node && 'hasBody' in node

// A call that is named for answering or for an error, with a number of a status or the name of one; an error that is thrown by its name alone; an answer with its status beside it.
function saysFailure(node: Expr | Stmt): boolean {
  if (node.k === 'throw') return node.value?.k === 'name' && isErrorName(node.value.name)
  if (node.k === 'return')
    return node.value?.k === 'array' && node.value.items.some((one) => isFailure(statusOf(one)))
  if (node.k !== 'call') return false
  const name = nameOf(node.callee)
  return (
    isErrorName(name) ||
    (/status|code|abort|error|exception|fail|repl|respo|json|throw|send|write|http|problem|text|string/i.test(
      name,
    ) &&
      node.args.some(({ value }) => isFailure(statusOf(value))))
  )
}

// `NotFound`, `Http404`, `DatasetNotFoundError`, `HttpResponseBadRequest`
function isErrorName(name: string): boolean {
  if (name === 'Http404') return true
  const words = name
    .replaceAll(/^(?:Http|HTTP)(?:Response)?|^Abort(?:With)?|(?:Http|HTTP)?(?:Exception|Error)$/g, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[ _]/)
  return [1, 2, 3].some((last) => isFailure(statusNamed(words.slice(-last).join(''))))
}

const statusOf = (e: Expr): number | null =>
  e.k === 'num' ? e.value : e.k === 'member' || e.k === 'name' ? statusNamed(e.name) : null

const isFailure = (status: number | null): boolean => status !== null && status >= 400 && status < 512

const nameOf = (e: Expr): string => (e.k === 'name' || e.k === 'member' ? e.name : '')
