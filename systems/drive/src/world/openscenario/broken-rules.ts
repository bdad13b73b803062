import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, schemaError } from '../xml/xml-element.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { StoryElement, TrafficSignalProgram } from './scenario.ts'

const numbers = ['double', 'integer', 'int', 'unsignedInt', 'unsignedShort']

/** Whether a text is a value of a type of parameters; one that names others is not looked at. */
function isOfType(text: string, type: string): boolean {
  if (text.includes('$') || type === 'string') return true
  if (numbers.includes(type))
    return text.trim() !== '' && !Number.isNaN(Number(text.replace('INF', 'Infinity')))
  if (type === 'boolean') return ['true', 'false', '1', '0'].includes(text.trim().toLowerCase())
  return type !== 'dateTime' || !Number.isNaN(Date.parse(text))
}

/** Notes rules of the standard that a tree breaks and that hinder nothing: values of another type than is declared, entries of one name in a catalog. */
export function noteBrokenRules(element: XmlElement, notes: ReadingNotes): void {
  const { name, attributes } = element
  const { value = '', parameterType = 'string' } = attributes
  if (name === 'ParameterDeclaration' && !isOfType(value, parameterType))
    notes.breaks(schemaError(element, `needs a value of the type ${parameterType}, got "${value}"`))
  if (name === 'Catalog') {
    const names = new Set<string>()
    for (const entry of element.children) {
      const own = attribute(entry, 'name')
      if (names.has(own))
        notes.breaks(schemaError(entry, `repeats the name ${own} of another in the catalog`))
      names.add(own)
    }
  }
  for (const child of element.children) noteBrokenRules(child, notes)
}

/** Whether a story holds an element of a type at the end of a path of names. */
function holds(node: StoryElement, above: readonly string[], type: string, path: readonly string[]): boolean {
  const names = [...above, node.name]
  const isThere =
    node.type === type && path.every((name, index) => names[names.length - path.length + index] === name)
  return isThere || node.children.some((child) => holds(child, names, type, path))
}

/** What conditions may refer to. */
export interface Referable {
  stories: readonly StoryElement[]
  parameters: ReadonlySet<string>
  variables: ReadonlySet<string>
  trafficSignals: readonly TrafficSignalProgram[]
}

const values = { ParameterCondition: 'parameter', VariableCondition: 'variable' } as const

/** Refuses a controller of traffic signals that is not there, and notes a phase that one does not have: it never comes. */
function checkSignals(element: XmlElement, { trafficSignals }: Referable, notes: ReadingNotes): void {
  const { trafficSignalControllerRef: ref, phase } = element.attributes
  if (ref === undefined || `${ref}${phase ?? ''}`.includes('$')) return
  const controller = trafficSignals.find(({ name }) => name === ref)
  if (!controller)
    notes.refuse(schemaError(element, `names the traffic signal controller ${ref}, which is not there`))
  else if (phase !== undefined && !controller.phases.some(({ name }) => name === phase))
    notes.breaks(schemaError(element, `names the phase ${phase}, which the controller ${ref} does not have`))
}

/** Refuses conditions on elements of the storyboard that are not there, and notes those on values that nobody declares: they never hold. */
export function checkReferences(element: XmlElement, known: Referable, notes: ReadingNotes): void {
  if (element.name === 'StoryboardElementStateCondition') {
    const type = attribute(element, 'storyboardElementType')
    const ref = attribute(element, 'storyboardElementRef')
    const path = ref.split('::')
    if (!ref.includes('$') && !known.stories.some((story) => holds(story, [], type, path)))
      notes.refuse(schemaError(element, `names the ${type} ${ref}, which is not there`))
  }
  checkSignals(element, known, notes)
  if (element.name in values) {
    const of = values[element.name as keyof typeof values]
    const ref = attribute(element, `${of}Ref`)
    if (!known[`${of}s`].has(ref))
      notes.breaks(schemaError(element, `names the ${of} "${ref}", which is not declared: it never holds`))
  }
  for (const child of element.children) checkReferences(child, known, notes)
}
