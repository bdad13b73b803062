import type { Param } from '../parse/ir.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { AnnotatedOperation, BoundParameter } from './annotated.ts'
import type { Run } from './run-code.ts'

/** What is taken as the text that it is: nothing is asked of it before the method has it. */
const isText = /^(?:java\.util\.)?(?:Optional|String|string|any|unknown)$/

/** Annotations that only describe an API (Swagger Core, MicroProfile OpenAPI). */
const ofDescriptions = /^(?:io\.swagger|org\.eclipse\.microprofile\.openapi)\./

/**
 * Whether a method takes a text from the request that it may do without, and then never looks at it: neither by its name in its code, nor in an expression of an
 * annotation (`#name`). It makes no difference to a caller. A method that looks at nothing it is given is not written yet, and says nothing of it.
 */
export function isNeverRead(
  { interpreter }: Run,
  { param, annotations, isRequired, otherwise, owner, in: place }: BoundParameter,
  { fn }: AnnotatedOperation,
): boolean {
  const { fn: method, module } = fn
  if (!/^(?:query|header|cookie|form)$/.test(place) || isRequired || otherwise !== undefined) return false
  if (!method.params.includes(param) || method.body.length === 0 || module !== owner.module) return false
  const { type } = param
  const isOfText = type ? [type, ...type.args].every(({ name }) => isText.test(name)) : true
  // What checks it or makes another thing of it is asked of it too.
  const asked = annotations.filter(({ path }) => !ofDescriptions.test(path))
  const isMade = asked.some(({ made, args }) => made || args.filter(({ name }) => name === null).length > 1)
  if (!isOfText || asked.length > 1 || isMade) return false
  const code = module.text.slice(method.headEnd, method.end)
  const isRead = ({ name }: Param) =>
    new RegExp(String.raw`(?<![\w$.])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(code)
  if (isRead(param) || !method.params.some(isRead)) return false
  return !annotationsOf(interpreter, method.decorators, fn.scope, owner).some(({ expr }) =>
    module.text.slice(expr.start, expr.end).includes(`#${param.name}`),
  )
}
