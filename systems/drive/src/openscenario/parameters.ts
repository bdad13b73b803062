import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../xml/xml-element.ts'
import { allowOnly, attribute, childrenOf, choiceAttribute, schemaError } from '../xml/xml-element.ts'
import { ExpressionError, resolveText } from './expression.ts'
import { compare, rules } from './rule.ts'

/** Values of parameters by name, as text. */
export type Parameters = ReadonlyMap<string, string>

/** A copy of the tree with every `$name` and `${…}` replaced. Throws `drive-file-invalid` with the place. */
export function resolveTree(element: XmlElement, parameters: Parameters): XmlElement {
  const attributes: Record<string, string> = {}
  for (const [name, text] of Object.entries(element.attributes)) {
    try {
      attributes[name] = resolveText(text, (parameter) => parameters.get(parameter))
    } catch (error) {
      if (error instanceof ExpressionError) throw schemaError(element, `${name} ${error.message}`)
      throw error
    }
  }
  return { ...element, attributes, children: element.children.map((child) => resolveTree(child, parameters)) }
}

/**
 * Parameters of `<ParameterDeclarations>`, with `overrides` in place of defaults. A value has to meet at least one of the
 * ConstraintGroups where a group with several constraints needs all of them (OpenSCENARIO 1.1). Throws
 * `parameter-unknown` for an override that is not declared, `parameter-constraint` for a value that breaks them.
 */
export function declaredParameters(declarations: XmlElement | null, overrides: Parameters): Parameters {
  const parameters = new Map<string, string>()
  const elements = declarations ? childrenOf(declarations, 'ParameterDeclaration') : []
  if (declarations) allowOnly(declarations, ['ParameterDeclaration'])
  for (const element of elements)
    parameters.set(
      attribute(element, 'name'),
      overrides.get(attribute(element, 'name')) ?? attribute(element, 'value'),
    )
  for (const name of overrides.keys())
    if (!parameters.has(name))
      throw new InvalidInputError({
        code: 'parameter-unknown',
        message: `The scenario declares no parameter ${name}.`,
      })
  for (const element of elements) checkConstraints(resolveTree(element, parameters), parameters)
  return parameters
}

function checkConstraints(declaration: XmlElement, parameters: Parameters): void {
  allowOnly(declaration, ['ConstraintGroup'])
  const name = attribute(declaration, 'name')
  const value = Number(parameters.get(name))
  const groups = childrenOf(declaration, 'ConstraintGroup')
  const meets = (group: XmlElement) =>
    childrenOf(group, 'ValueConstraint').every((constraint) =>
      compare(value, choiceAttribute(constraint, 'rule', rules), Number(attribute(constraint, 'value'))),
    )
  if (groups.length > 0 && !groups.some(meets))
    throw new InvalidInputError({
      code: 'parameter-constraint',
      message: `${declaration.file}:${declaration.line}: ${name} = ${parameters.get(name)} breaks its constraints`,
    })
}
