import { annotationsOf } from '../resolve/annotations.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import type { Run } from './run-code.ts'

/** What makes a class a provider of JAX-RS by itself: its own annotation, or what a container of beans looks for. */
const provides =
  /\.Provider$|\.inject\.Singleton$|\.ejb\.Singleton$|\.enterprise\.context\.\w+Scoped$|\.stereotype\.(?:Component|Service)$/

/** Whether a filter or mapper of JAX-RS takes part in answering (Jakarta RESTful Web Services, "Providers"): one that is not annotated has to be registered, so other code or a setting names it. */
export function isProvided({ interpreter, project }: Run, ref: ClassRef): boolean {
  const { cls, module } = ref
  if (annotationsOf(interpreter, cls.decorators, ref.scope, ref).some(({ path }) => provides.test(path)))
    return true
  const named = new RegExp(String.raw`\b${cls.name}\b`)
  return (
    [...project.modules.values()].some(
      (one) => one !== module && one.language === 'java' && named.test(one.text),
    ) ||
    [...project.manifests.values()].some((text) => named.test(text)) ||
    // Beside others in its own file: what stands in it names it for itself (a constructor, a log).
    named.test(module.text.slice(0, cls.start) + module.text.slice(cls.end))
  )
}

const thrownAnswers =
  /(?:^|\.)ws\.rs\.(?:WebApplication|ClientError|ServerError|Redirection|BadRequest|Not[A-Z]\w+|Forbidden|InternalServerError|ServiceUnavailable)Exception(?:\(\))?$/

/** JAX-RS ("Exceptions", 3.3.4): an answer with a body that is thrown is given as it is; mappers are for one without. */
export const isOwnAnswer = (run: Run, error: Value): boolean => ownBody(run, error) !== null

/** The body of the answer that an error of JAX-RS holds; null where it has none. */
export function ownBody({ interpreter }: Run, error: Value): Value | null {
  if (error.t !== 'symbol' && error.t !== 'object') return null
  const names = error.t === 'symbol' ? [error.path] : error.ref ? interpreter.lookup.ancestry(error.ref) : []
  if (!names.some((name) => thrownAnswers.test(name))) return null
  return error.args.reduce<Value | null>((found, { value }) => found ?? entityOf(value), null)
}

function entityOf(value: Value): Value | null {
  let entity: Value | null = null
  for (let at: Value | null = value; at?.t === 'symbol'; at = at.of) {
    if (at.path.endsWith('.entity()')) entity ??= at.args[0]?.value ?? null
    if (/\.ws\.rs\.core\.Response(?:\.\w+)?(?:\(\))?$/.test(at.path)) return entity
  }
  return null
}
