import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, choiceAttribute, schemaError } from '../xml/xml-element.ts'
import { ExpressionError, resolveText } from './expression.ts'
import type { Rule } from './rule.ts'
import { compareValues, rules } from './rule.ts'

/** Values of parameters by name, as text. */
export type Parameters = ReadonlyMap<string, string>

const constants = new WeakMap<XmlElement, boolean>()

/** Whether nothing in the tree names a parameter. */
export function isConstant(element: XmlElement): boolean {
  const known = constants.get(element)
  if (known !== undefined) return known
  const found =
    Object.values(element.attributes).every((text) => !text.includes('$')) &&
    // Every child is looked at, so that each has its answer.
    element.children.map(isConstant).every(Boolean)
  constants.set(element, found)
  return found
}

/** Whether `isConstant` has said so already: what `resolveTree` has made of a tree that names parameters is not known. */
export function isKnownConstant(element: XmlElement): boolean {
  return constants.get(element) === true
}

/**
 * The tree with every `$name` and `${…}` replaced; what names none is the same tree, so that what was made from it can be kept. An element that declares
 * parameters (a story, a maneuver, a vehicle, …) adds them for what is in it. Throws `drive-file-invalid` with the place.
 */
export function resolveTree(element: XmlElement, parameters: Parameters): XmlElement {
  if (isConstant(element)) return element
  const attributes: Record<string, string> = {}
  for (const name of Object.keys(element.attributes))
    attributes[name] = resolveAttribute(element, name, element.attributes[name] as string, parameters)
  const declarations = element.children.find(({ name }) => name === 'ParameterDeclarations')
  const inside = declarations ? withDeclared(parameters, declarations) : parameters
  const children = element.children.map((child) =>
    child === declarations ? child : resolveTree(child, inside),
  )
  return { ...element, attributes, children }
}

/** Parameters of an element within others, which are seen where it declares none of that name. */
function withDeclared(outer: Parameters, declarations: XmlElement): Parameters {
  const parameters = new Map(outer)
  for (const { element, name, value } of readDeclarations(declarations))
    parameters.set(name, resolveAttribute(element, 'value', value, parameters))
  return parameters
}

/** These name a parameter itself, not its value; some files put its `$` there all the same. */
const nameAttributes = ['parameterRef', 'variableRef', 'monitorRef']

function resolveAttribute(element: XmlElement, name: string, text: string, parameters: Parameters): string {
  if (!text.includes('$')) return text
  if (nameAttributes.includes(name)) return text.replace(/^\s*\$/, '')
  try {
    return resolveText(text, (parameter) => parameters.get(parameter))
  } catch (error) {
    if (error instanceof ExpressionError) throw schemaError(element, `${name} ${error.message}`)
    throw error
  }
}

interface Declaration {
  element: XmlElement
  name: string
  type: string
  value: string
  /** By group; one group has to hold. */
  constraints: { element: XmlElement; rule: Rule; value: string }[][]
}

const declarationsOf = new WeakMap<XmlElement, Declaration[]>()

function readDeclarations(declarations: XmlElement): Declaration[] {
  const known = declarationsOf.get(declarations)
  if (known) return known
  const read = childrenOf(declarations, 'ParameterDeclaration').map((element) => {
    return {
      element,
      // Some files put the sign there with which it is named elsewhere.
      name: plainName(attribute(element, 'name')),
      type: element.attributes.parameterType ?? '',
      value: attribute(element, 'value'),
      constraints: childrenOf(element, 'ConstraintGroup').map((group) => {
        return childrenOf(group, 'ValueConstraint').map((constraint) => ({
          element: constraint,
          rule: choiceAttribute(constraint, 'rule', rules),
          value: attribute(constraint, 'value'),
        }))
      }),
    }
  })
  declarationsOf.set(declarations, read)
  return read
}

/** The name of a parameter; some write the $ of references where they declare or assign one, too. */
export function plainName(name: string): string {
  return name.replace(/^\$/, '')
}

/**
 * Parameters of `<ParameterDeclarations>`, with those of `given` in place of defaults. A value has to meet at least one of the
 * ConstraintGroups where a group with several constraints needs all of them (OpenSCENARIO 1.1). Throws
 * `parameter-unknown` for an override that is not declared (`drive-file-invalid` where `from` assigns it), `parameter-constraint` for a value that breaks
 * them.
 */
export function declaredParameters(
  declarations: XmlElement | null,
  given: Parameters,
  from?: XmlElement,
): Parameters {
  const overrides = new Map([...given].map(([name, value]) => [plainName(name), value]))
  const parameters = new Map<string, string>()
  const declared = declarations ? readDeclarations(declarations) : []
  for (const { element, name, value } of declared)
    // A default may name parameters that are declared before it.
    parameters.set(name, overrides.get(name) ?? resolveAttribute(element, 'value', value, parameters))
  for (const name of overrides.keys())
    if (!parameters.has(name) && from)
      throw schemaError(
        from,
        `assigns the parameter ${name}, which ${attribute(from, 'entryName')} does not declare`,
      )
    else if (!parameters.has(name))
      throw new InvalidInputError({
        code: 'parameter-unknown',
        message: `The scenario declares no parameter ${name}. It has: ${[...parameters.keys()].join(', ') || 'none'}.`,
      })
  for (const declaration of declared) checkConstraints(declaration, parameters)
  return parameters
}

function checkConstraints({ element, name, type, constraints }: Declaration, parameters: Parameters): void {
  if (constraints.length === 0) return
  const value = parameters.get(name) ?? ''
  for (const group of constraints)
    if (
      group.every(({ element: source, rule, value: limit }) =>
        compareValues(value, rule, resolveAttribute(source, 'value', limit, parameters), type),
      )
    )
      return
  throw new InvalidInputError({
    code: 'parameter-constraint',
    message: `${element.file}:${element.line}: ${name} = ${value} breaks its constraints`,
  })
}
