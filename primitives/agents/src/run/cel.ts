import type { Expressions } from './deps.ts'
import { compile } from '../expressions/expression.ts'
import { parseTemplate } from '../expressions/template.ts'
import type { Template } from '../expressions/template.ts'

const templates = new WeakMap<object, Template>()

/** CEL by the package's own library. Templates that are objects are read once: definitions are kept. */
export const cel: Expressions = {
  evaluate: (source, scope) => compile(source).evaluate(scope),
  fill(template, scope) {
    if (typeof template !== 'object' || template === null) return parseTemplate(template).render(scope)
    let read = templates.get(template)
    if (read === undefined) templates.set(template, (read = parseTemplate(template)))
    return read.render(scope)
  },
}
