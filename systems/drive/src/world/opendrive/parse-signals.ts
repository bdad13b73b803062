import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, choiceAttribute, numberAttribute } from '../xml/xml-element.ts'
import { bounded, given, longestM, numberOr } from './parse-extras.ts'
import type { LaneRange, Signal, SignalReference } from './road.ts'

const orientations = ['+', '-', 'none'] as const

/** `<validity>` children of a signal or an object. */
export function parseValidity(element: XmlElement): LaneRange[] {
  return childrenOf(element, 'validity').map((validity) => ({
    fromLane: numberAttribute(validity, 'fromLane'),
    toLane: numberAttribute(validity, 'toLane'),
  }))
}

/** Some tools write an empty value where a sign has none; `checkRoads` notes it. */
function hasValue({ attributes }: XmlElement): boolean {
  return (attributes.value ?? '').trim() !== ''
}

function parseSignal(signal: XmlElement): Signal {
  const lanes = parseValidity(signal)
  const dependencies = childrenOf(signal, 'dependency').map((dependency) => ({
    id: attribute(dependency, 'id'),
    type: dependency.attributes.type ?? '',
  }))
  const { name, unit, text } = signal.attributes
  return {
    id: attribute(signal, 'id'),
    s: bounded(signal, 's', longestM),
    t: bounded(signal, 't', longestM),
    zOffset: bounded(signal, 'zOffset', longestM, 0),
    type: attribute(signal, 'type'),
    subtype: signal.attributes.subtype ?? '-1',
    country: signal.attributes.country ?? '',
    isDynamic: choiceAttribute(signal, 'dynamic', ['yes', 'no'], 'no') === 'yes',
    orientation: choiceAttribute(signal, 'orientation', orientations, 'none'),
    value: hasValue(signal) ? numberAttribute(signal, 'value') : null,
    ...given({
      name,
      unit,
      text,
      headingOffset: numberOr(signal, 'hOffset'),
      height: numberOr(signal, 'height'),
      width: numberOr(signal, 'width'),
    }),
    ...(lanes.length === 0 ? {} : { lanes }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
  }
}

/** `<signals>` of a road: signals, and signals of other roads that count here. */
export function parseSignals(parent: XmlElement | null): {
  signals: Signal[]
  references: SignalReference[]
} {
  if (!parent) return { signals: [], references: [] }
  return {
    signals: childrenOf(parent, 'signal').map(parseSignal),
    references: childrenOf(parent, 'signalReference').map((reference) => ({
      id: attribute(reference, 'id'),
      s: bounded(reference, 's', longestM),
      t: bounded(reference, 't', longestM),
      orientation: choiceAttribute(reference, 'orientation', orientations, 'none'),
      lanes: parseValidity(reference),
    })),
  }
}
