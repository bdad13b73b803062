import type { XmlElement } from '../../xml/xml-element.ts'
import { childrenOf, schemaError } from '../../xml/xml-element.ts'
import type { InvalidInputError } from '@heavylift/core'
import { below, elementsOf } from './rule-context.ts'

/** Entries that stand by rising s (or sOffset, by their start in the section) and count until the next one. */
const ordered = new Set(
  'geometry elevation superelevation crossfall shape laneOffset laneSection type width border roadMark material speed access height rule'.split(
    ' ',
  ),
)
/** Elements whose children of these names are no entries along the road. */
const startless = new Set(['roadMark', 'borders', 'strip', 'object'])
const cubics = new Set('elevation superelevation laneOffset width border'.split(' '))
const numbersOf = ({ attributes }: XmlElement, names: string) =>
  names.split(' ').map((name) => Number(attributes[name] ?? 0))
const startOf = (element: XmlElement) => Number(element.attributes['s'] ?? element.attributes['sOffset'] ?? 0)

/** Rules that need nothing but the file: header, order, ids, entries that say nothing new. */
export function checkTree(root: XmlElement): InvalidInputError[] {
  const found: InvalidInputError[] = []
  const broken = (element: XmlElement, what: string) => found.push(schemaError(element, what))
  checkHeader(root, broken)
  checkIds(root, broken)
  for (const element of elementsOf(root)) {
    const last = new Map<string, XmlElement>()
    for (const child of element.children) {
      if (!ordered.has(child.name) || startless.has(element.name)) continue
      const before = last.get(child.name)
      last.set(child.name, child)
      if (!before) continue
      if (startOf(child) < startOf(before))
        broken(
          child,
          `starts at ${startOf(child)}, before the <${child.name}> above it (${startOf(before)}); they have to be in ascending order`,
        )
      else if (cubics.has(child.name) && saysNothingNew(before, child))
        broken(child, 'is redundant: it goes on with the same cubic as the one before; leave it out')
    }
    checkAccess(element, broken)
    if (element.name === 'roadMark' && element.attributes['type'] === undefined)
      broken(element, 'needs the attribute type: it is taken as none')
  }
  return found
}

type Broken = (element: XmlElement, what: string) => void

function checkHeader(root: XmlElement, broken: Broken): void {
  const header = below(root, 'header')
  if (!header) {
    broken(root, 'needs a <header> with the version of the standard (revMajor, revMinor)')
    return
  }
  const { revMajor, revMinor } = header.attributes
  if (revMajor === undefined || revMinor === undefined)
    broken(header, 'needs revMajor and revMinor: the version of the standard that the file is written in')
  else if (!/^\d+$/.test(revMajor) || !/^\d+$/.test(revMinor))
    broken(header, `needs whole numbers as version (revMajor, revMinor), got "${revMajor}" and "${revMinor}"`)
}

function checkIds(root: XmlElement, broken: Broken): void {
  const roads = childrenOf(root, 'road')
  const among = (holder: string, name: string) =>
    roads.flatMap((road) => childrenOf(below(road, holder) ?? { ...road, children: [] }, name))
  for (const elements of [
    roads,
    childrenOf(root, 'junction'),
    childrenOf(root, 'controller'),
    among('objects', 'object'),
    among('signals', 'signal'),
  ]) {
    const seen = new Map<string, XmlElement>()
    for (const element of elements) {
      const id = element.attributes['id'] ?? ''
      const first = seen.get(id)
      if (first) broken(element, `has the id "${id}" of another <${element.name}> (line ${first.line})`)
      else seen.set(id, element)
    }
  }
}

function saysNothingNew(before: XmlElement, entry: XmlElement): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = numbersOf(before, 'a b c d')
  const x = startOf(entry) - startOf(before)
  const going = [a + x * (b + x * (c + x * d)), b + x * (2 * c + 3 * x * d), c + 3 * d * x, d]
  return numbersOf(entry, 'a b c d').every(
    (value, index) => Math.abs(value - (going[index] as number)) <= 1e-9 * Math.max(1, Math.abs(value)),
  )
}

/** OpenDRIVE 1.8, 11.7.3: at one place of a lane either who may drive there or who may not. */
function checkAccess(lane: XmlElement, broken: Broken): void {
  if (lane.name !== 'lane') return
  const rules = new Map<number, string>()
  for (const access of childrenOf(lane, 'access')) {
    const rule = access.attributes['rule'] ?? 'allow'
    // Places that close are one to writers that round.
    const place = Math.round(startOf(access) * 1e5)
    const before = rules.get(place)
    if (before !== undefined && before !== rule)
      broken(access, `mixes deny with allow at one place of the lane; give either`)
    rules.set(place, rule)
  }
}
