import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { parsePrivateAction, parseUserDefined } from './parse-action.ts'
import type { ParseContext } from './parse-context.ts'
import { parseGlobalAction } from './parse-global-action.ts'
import { parseTrigger } from './parse-trigger.ts'
import type { ActionContent, ElementType, Scenario, StoryElement } from './scenario.ts'
import { noEntity } from './scenario.ts'

function element(
  type: ElementType,
  source: XmlElement,
  children: StoryElement[],
  more: Partial<StoryElement> = {},
): StoryElement {
  return {
    type,
    name: source.attributes['name'] ?? '',
    start: null,
    stop: null,
    children,
    maximumExecutions: 1,
    priority: 'parallel',
    action: null,
    ...more,
  }
}

/** Elements of one name side by side break a rule of the standard: what refers to them by it means all of them. So does one without a name, to which nothing can refer. */
function checkNames(elements: readonly XmlElement[], context: ParseContext): void {
  const names = new Set<string>()
  for (const source of elements) {
    const { name } = source.attributes
    if (name === undefined) {
      context.notes.breaks(schemaError(source, 'needs the attribute name: nothing can refer to it'))
      continue
    }
    if (names.has(name))
      context.notes.breaks(schemaError(source, `repeats the name ${name} of another beside it`))
    names.add(name)
  }
}

/** Whom an action is with regard to, where it could not be the entity itself. */
function otherOf(content: ActionContent): number | null {
  switch (content.kind) {
    case 'longitudinalDistance':
    case 'lateralDistance':
      return content.entity
    case 'synchronize':
      return content.master
    case 'trailer':
      return content.trailer
    case 'speed':
      return content.target.kind === 'relative' && content.target.isContinuous ? content.target.entity : null
    default:
      return null
  }
}

/** Refuses distances and arrivals of an entity with regard to itself; a speed that is kept relative to itself is taken once, with a note. */
function checkOther(
  source: XmlElement,
  entity: number,
  content: ActionContent,
  { entities, notes }: ParseContext,
): void {
  if (otherOf(content) !== entity) return
  const error = schemaError(
    source,
    `has ${entities[entity]?.name} act with regard to itself; name another entity`,
  )
  if (content.kind === 'speed') notes.breaks(error)
  else notes.refuse(error)
}

function parseEvent(source: XmlElement, actors: readonly Actor[], context: ParseContext): StoryElement {
  const sources = childrenOf(source, 'Action')
  checkNames(sources, context)
  const actions = sources.flatMap((action) => {
    const global = optionalChild(action, 'GlobalAction')
    const custom = optionalChild(action, 'UserDefinedAction')
    if (global || custom) {
      const content = global
        ? parseGlobalAction(global, context)
        : parseUserDefined(custom as XmlElement, context)
      return [element('action', action, [], { action: { entity: noEntity, content } })]
    }
    const held = optionalChild(action, 'PrivateAction')
    if (!held) {
      context.notes.breaks(schemaError(action, 'holds nothing to be done'))
      return [element('action', action, [], { action: { entity: noEntity, content: { kind: 'nothing' } } })]
    }
    const content = parsePrivateAction(held, context)
    if (actors.length === 0) context.notes.refuse(schemaError(action, 'needs an actor in its ManeuverGroup'))
    return actors.map(({ entity, isIfTriggering }) => {
      checkOther(action, entity, content, context)
      return element('action', action, [], {
        action: { entity, content, ...(isIfTriggering ? { isIfTriggering } : {}) },
      })
    })
  })
  const priority = choiceAttribute(source, 'priority', ['overwrite', 'override', 'skip', 'parallel'])
  return element('event', source, actions, {
    start: parseTrigger(optionalChild(source, 'StartTrigger'), context),
    maximumExecutions: numberAttribute(source, 'maximumExecutionCount', 1),
    priority: priority === 'override' ? 'overwrite' : priority,
  })
}

/** Whom an event moves, always or where it is one of those that trigger it. */
interface Actor {
  entity: number
  isIfTriggering?: true
}

/** Entities whose conditions start an event: known from the start where each condition names one, or needs all that it names. */
function triggeringIn(event: XmlElement, context: ParseContext): Actor[] {
  const trigger = optionalChild(event, 'StartTrigger')
  const groups = trigger ? childrenOf(trigger, 'ConditionGroup') : []
  const holders = groups.flatMap((group) =>
    childrenOf(group, 'Condition').flatMap((condition) =>
      childrenOf(condition, 'ByEntityCondition').map((entity) => requiredChild(entity, 'TriggeringEntities')),
    ),
  )
  return holders.flatMap((holder) => {
    const entities = context.entityRefs(holder)
    const isOpen =
      groups.length > 1 || (entities.length > 1 && holder.attributes.triggeringEntitiesRule !== 'all')
    return entities.map((entity) => (isOpen ? { entity, isIfTriggering: true as const } : { entity }))
  })
}

/** Each entity once, always where it is so once. */
function eachOnce(actors: readonly Actor[]): Actor[] {
  const found = new Map<number, Actor>()
  for (const actor of actors)
    if (!found.has(actor.entity) || !actor.isIfTriggering) found.set(actor.entity, actor)
  return [...found.values()]
}

function parseGroup(source: XmlElement, context: ParseContext): StoryElement {
  const holder = requiredChild(source, 'Actors')
  const named = context.notes.orElse(
    () => context.entityRefs(holder),
    () => [],
  )
  const actorsOf = booleanAttribute(holder, 'selectTriggeringEntities', false)
    ? (event: XmlElement) =>
        eachOnce([...named.map((entity) => ({ entity })), ...triggeringIn(event, context)])
    : () => named.map((entity) => ({ entity }))
  const held = source.children.filter(({ name }) => name === 'CatalogReference' || name === 'Maneuver')
  const sources = held.map((holder) => {
    const maneuver = holder.name === 'CatalogReference' ? context.fromCatalog(holder) : holder
    if (maneuver.name !== 'Maneuver') throw schemaError(holder, 'names an entry that is no Maneuver')
    return maneuver
  })
  checkNames(
    held.filter(({ name }) => name === 'Maneuver'),
    context,
  )
  const maneuvers = sources.map((maneuver) => {
    const events = childrenOf(maneuver, 'Event')
    checkNames(events, context)
    return element(
      'maneuver',
      maneuver,
      events.map((event) => parseEvent(event, actorsOf(event), context)),
    )
  })
  return element('maneuverGroup', source, maneuvers, {
    maximumExecutions: numberAttribute(source, 'maximumExecutionCount'),
  })
}

export function parseStory(source: XmlElement, context: ParseContext): StoryElement {
  const held = childrenOf(source, 'Act')
  checkNames(held, context)
  const acts = held.map((act) => {
    const groups = childrenOf(act, 'ManeuverGroup')
    checkNames(groups, context)
    return element(
      'act',
      act,
      groups.map((group) => parseGroup(group, context)),
      {
        start: parseTrigger(optionalChild(act, 'StartTrigger'), context),
        stop: parseTrigger(optionalChild(act, 'StopTrigger'), context),
      },
    )
  })
  return element('story', source, acts)
}

/** `<Story>` elements of a storyboard. */
export function parseStories(storyboard: XmlElement, context: ParseContext): StoryElement[] {
  const stories = childrenOf(storyboard, 'Story')
  checkNames(stories, context)
  return stories.map((story) => context.memo.of(story, (source) => parseStory(source, context)))
}

/** What is done before time runs, in the order of the file. */
export function parseInit(init: XmlElement, context: ParseContext): Scenario['init'] {
  return requiredChild(init, 'Actions').children.flatMap((held) => {
    if (held.name === 'GlobalAction') return [{ entity: noEntity, content: parseGlobalAction(held, context) }]
    if (held.name === 'UserDefinedAction')
      return [{ entity: noEntity, content: parseUserDefined(held, context) }]
    const entities = context.notes.orElse(
      () => context.entitiesOf(held, attribute(held, 'entityRef')),
      () => [],
    )
    return childrenOf(held, 'PrivateAction').flatMap((action) => {
      const content = parsePrivateAction(action, context)
      return entities.map((entity) => {
        checkOther(action, entity, content, context)
        return { entity, content }
      })
    })
  })
}
