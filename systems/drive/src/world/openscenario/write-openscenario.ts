import { InvalidInputError } from '@heavylift/core'
import type { XmlNode } from '../xml/write-xml.ts'
import { node, writeXml } from '../xml/write-xml.ts'
import type { Scenario, StoryElement } from './scenario.ts'
import { noEntity } from './scenario.ts'
import { actionNode } from './write-action.ts'
import { entityNode } from './write-entities.ts'
import { isGlobal, trafficSignalsNode } from './write-global-action.ts'
import type { NameOf } from './write-place.ts'
import { namesOf } from './write-place.ts'
import { triggerNode } from './write-trigger.ts'

export interface WriteOptions {
  /** Path of the road network from where the file will be; that of the scenario by default. */
  roadFile?: string
  description?: string
  author?: string
  /** As `2026-01-31T12:00:00`. */
  date?: string
}

function actionOf(element: StoryElement): NonNullable<StoryElement['action']> {
  if (element.action) return element.action
  throw new InvalidInputError({
    code: 'scenario-not-writable',
    message: `The action ${element.name} does nothing. Give it a content.`,
  })
}

interface GroupActor {
  entity: number
  isIfTriggering: boolean
}

/** Whom a group moves: those of the first action of any of its events. */
function actorsOf(group: StoryElement): GroupActor[] {
  for (const { children } of group.children.flatMap((maneuver) => maneuver.children)) {
    const own = children.filter((action) => !isGlobal(actionOf(action).content))
    const [first] = own
    if (!first) continue
    const others = own.findIndex(({ name }) => name !== first.name)
    return (others < 0 ? own : own.slice(0, others)).map((element) => {
      const { entity, isIfTriggering = false } = actionOf(element)
      return { entity, isIfTriggering }
    })
  }
  return []
}

function eventNode(event: StoryElement, actors: readonly GroupActor[], nameOf: NameOf): XmlNode {
  const { name, children, maximumExecutions, priority } = event
  const actions: XmlNode[] = []
  for (let at = 0; at < children.length;) {
    const first = children[at] as StoryElement
    const ofAll = isGlobal(actionOf(first).content)
    const held = children.slice(at, at + (ofAll ? 1 : actors.length))
    at += held.length
    const isShared =
      ofAll || actors.every(({ entity }, index) => held[index] && actionOf(held[index]).entity === entity)
    if (!isShared)
      throw new InvalidInputError({
        code: 'scenario-not-writable',
        message: `The action ${first.name} is for other entities than the rest of its group. Give each a maneuver group of its own.`,
      })
    actions.push(node('Action', { name: first.name }, [actionNode(actionOf(first).content, nameOf)]))
  }
  return node('Event', { name, priority, maximumExecutionCount: maximumExecutions }, [
    ...actions,
    triggerNode('StartTrigger', event.start, nameOf),
  ])
}

function groupNode(group: StoryElement, nameOf: NameOf): XmlNode {
  const actors = actorsOf(group)
  return node('ManeuverGroup', { name: group.name, maximumExecutionCount: group.maximumExecutions }, [
    node(
      'Actors',
      { selectTriggeringEntities: actors.some(({ isIfTriggering }) => isIfTriggering) },
      actors
        .filter(({ isIfTriggering }) => !isIfTriggering)
        .map(({ entity }) => node('EntityRef', { entityRef: nameOf(entity) })),
    ),
    ...group.children.map((maneuver) =>
      node(
        'Maneuver',
        { name: maneuver.name },
        maneuver.children.map((event) => eventNode(event, actors, nameOf)),
      ),
    ),
  ])
}

function storyNode(story: StoryElement, nameOf: NameOf): XmlNode {
  return node(
    'Story',
    { name: story.name },
    story.children.map((act) =>
      node('Act', { name: act.name }, [
        ...act.children.map((group) => groupNode(group, nameOf)),
        triggerNode('StartTrigger', act.start, nameOf),
        triggerNode('StopTrigger', act.stop, nameOf),
      ]),
    ),
  )
}

/** Actions at the beginning, in their order, an entity's next to each other where they are. */
function initNodes({ init }: Scenario, nameOf: NameOf): XmlNode[] {
  const nodes: XmlNode[] = []
  let last = noEntity
  for (const { entity, content } of init) {
    const action = actionNode(content, nameOf)
    if (isGlobal(content)) nodes.push(action)
    else if (entity === last) nodes.at(-1)?.children.push(action)
    else nodes.push(node('Private', { entityRef: nameOf(entity) }, [action]))
    last = isGlobal(content) ? noEntity : entity
  }
  return nodes
}

function declarations(
  kind: 'Parameter' | 'Variable' | 'Monitor',
  values: Readonly<Record<string, string>> | undefined,
): XmlNode | null {
  if (!values) return null
  const type = kind === 'Parameter' ? 'parameterType' : 'variableType'
  const typed = kind === 'Monitor' ? {} : { [type]: 'string' }
  return node(
    `${kind}Declarations`,
    {},
    Object.entries(values).map(([name, value]) => node(`${kind}Declaration`, { name, ...typed, value })),
  )
}

/**
 * A scenario as an OpenSCENARIO XML 1.2 file, with the values that its parameters have. Reading it gives the same scenario. Throws
 * `scenario-not-writable` where the format has no form for it.
 */
export function writeOpenScenario(scenario: Scenario, options: WriteOptions = {}): string {
  const {
    roadFile = scenario.roadFile,
    description = '',
    author = '',
    date = '2000-01-01T00:00:00',
  } = options
  const nameOf = namesOf(scenario.entities)
  return writeXml(
    node('OpenSCENARIO', {}, [
      node('FileHeader', { revMajor: 1, revMinor: 2, date, description, author }),
      declarations('Parameter', scenario.parameters),
      declarations('Variable', scenario.variables),
      declarations('Monitor', scenario.monitors),
      node('CatalogLocations'),
      node('RoadNetwork', {}, [
        roadFile === '' ? null : node('LogicFile', { filepath: roadFile }),
        trafficSignalsNode(scenario.trafficSignals ?? []),
      ]),
      node('Entities', {}, scenario.entities.map(entityNode)),
      node('Storyboard', {}, [
        node('Init', {}, [node('Actions', {}, initNodes(scenario, nameOf))]),
        ...scenario.stories.map((story) => storyNode(story, nameOf)),
        triggerNode('StopTrigger', scenario.stop, nameOf),
      ]),
    ]),
  )
}
