import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../xml/xml-element.ts'
import { allowOnly, attribute, choiceAttribute, schemaError } from '../xml/xml-element.ts'
import { ExpressionError, resolveText } from './expression.ts'
import type { Rule } from './rule.ts'
import { compare, rules } from './rule.ts'

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
 * The tree with every `$name` and `${…}` replaced; what names none is the same tree, so that what was made from it can be kept.
 * Throws `drive-file-invalid` with the place.
 */
export function resolveTree(element: XmlElement, parameters: Parameters): XmlElement {
  if (isConstant(element)) return element
  const attributes: Record<string, string> = {}
  for (const name of Object.keys(element.attributes))
    attributes[name] = resolveAttribute(element, name, element.attributes[name] as string, parameters)
  return { ...element, attributes, children: element.children.map((child) => resolveTree(child, parameters)) }
}

function resolveAttribute(element: XmlElement, name: string, text: string, parameters: Parameters): string {
  if (!text.includes('$')) return text
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
  value: string
  /** By group; one group has to hold. */
  constraints: { element: XmlElement; rule: Rule; value: string }[][]
}

const declarationsOf = new WeakMap<XmlElement, Declaration[]>()

function readDeclarations(declarations: XmlElement): Declaration[] {
  const known = declarationsOf.get(declarations)
  if (known) return known
  allowOnly(declarations, ['ParameterDeclaration'])
  const read = declarations.children.map((element) => {
    allowOnly(element, ['ConstraintGroup'])
    return {
      element,
      name: attribute(element, 'name'),
      value: attribute(element, 'value'),
      constraints: element.children.map((group) => {
        allowOnly(group, ['ValueConstraint'])
        return group.children.map((constraint) => ({
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

/**
 * Parameters of `<ParameterDeclarations>`, with `overrides` in place of defaults. A value has to meet at least one of the
 * ConstraintGroups where a group with several constraints needs all of them (OpenSCENARIO 1.1). Throws
 * `parameter-unknown` for an override that is not declared, `parameter-constraint` for a value that breaks them.
 */
export function declaredParameters(declarations: XmlElement | null, overrides: Parameters): Parameters {
  const parameters = new Map<string, string>()
  const declared = declarations ? readDeclarations(declarations) : []
  for (const { element, name, value } of declared)
    // A default may name parameters that are declared before it.
    parameters.set(name, overrides.get(name) ?? resolveAttribute(element, 'value', value, parameters))
  for (const name of overrides.keys())
    if (!parameters.has(name))
      throw new InvalidInputError({
        code: 'parameter-unknown',
        message: `The scenario declares no parameter ${name}.`,
      })
  for (const declaration of declared) checkConstraints(declaration, parameters)
  return parameters
}

function checkConstraints({ element, name, constraints }: Declaration, parameters: Parameters): void {
  if (constraints.length === 0) return
  const value = Number(parameters.get(name))
  for (const group of constraints)
    if (
      group.every(({ element: source, rule, value: limit }) =>
        compare(value, rule, Number(resolveAttribute(source, 'value', limit, parameters))),
      )
    )
      return
  throw new InvalidInputError({
    code: 'parameter-constraint',
    message: `${element.file}:${element.line}: ${name} = ${parameters.get(name)} breaks its constraints`,
  })
}
