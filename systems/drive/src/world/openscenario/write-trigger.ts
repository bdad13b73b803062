import { InvalidInputError } from '@heavylift/core'
import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { Condition, ConditionContent, Measure, Trigger } from './scenario.ts'
import type { NameOf } from './write-place.ts'
import { positionNode } from './write-position.ts'

type ByEntity = Extract<ConditionContent, { entities: number[] }>

function entityCondition(condition: ByEntity, nameOf: NameOf): XmlNode {
  const compared = () => ('rule' in condition ? { value: condition.value, rule: condition.rule } : undefined)
  const measured = ({ isFreespace, isAlongRoad, type }: Measure) => ({
    freespace: isFreespace,
    coordinateSystem: isAlongRoad ? 'road' : 'entity',
    relativeDistanceType: type,
  })
  switch (condition.kind) {
    case 'timeHeadway':
      return node('TimeHeadwayCondition', {
        entityRef: nameOf(condition.target),
        ...compared(),
        ...measured(condition),
      })
    case 'timeToCollision':
      return node('TimeToCollisionCondition', { ...compared(), ...measured(condition) }, [
        node('TimeToCollisionConditionTarget', {}, [
          typeof condition.target === 'number'
            ? node('EntityRef', { entityRef: nameOf(condition.target) })
            : positionNode(condition.target, nameOf),
        ]),
      ])
    case 'relativeDistance':
      return node('RelativeDistanceCondition', {
        entityRef: nameOf(condition.target),
        ...compared(),
        ...measured(condition),
      })
    case 'distance':
      return node('DistanceCondition', { ...compared(), ...measured(condition) }, [
        positionNode(condition.position, nameOf),
      ])
    case 'speed':
      return node('SpeedCondition', { ...compared(), direction: condition.direction })
    case 'relativeSpeed':
      return node('RelativeSpeedCondition', {
        entityRef: nameOf(condition.target),
        ...compared(),
        direction: condition.direction,
      })
    case 'traveledDistance':
      return node('TraveledDistanceCondition', { value: condition.value })
    case 'acceleration':
      return node('AccelerationCondition', { ...compared(), direction: condition.direction })
    case 'angle':
      return node(condition.target === null ? 'AngleCondition' : 'RelativeAngleCondition', {
        entityRef: condition.target === null ? undefined : nameOf(condition.target),
        angleType: condition.of,
        angle: condition.angleRad,
        angleTolerance: condition.toleranceRad,
        coordinateSystem: condition.isAlongRoad ? 'road' : 'entity',
      })
    case 'relativeClearance': {
      const finite = (value: number) => (Number.isFinite(value) ? value : undefined)
      return node(
        'RelativeClearanceCondition',
        {
          oppositeLanes: condition.countsOpposite,
          distanceForward: condition.forwardM,
          distanceBackward: condition.backwardM,
          freeSpace: condition.isFreespace,
        },
        [
          ...condition.lanes.map(({ from, to }) =>
            node('RelativeLaneRange', { from: finite(from), to: finite(to) }),
          ),
          ...condition.others.map((entity) => node('EntityRef', { entityRef: nameOf(entity) })),
        ],
      )
    }
    case 'standStill':
      return node('StandStillCondition', { duration: condition.durationS })
    case 'endOfRoad':
      return node('EndOfRoadCondition', { duration: condition.durationS })
    case 'offRoad':
      return node('OffroadCondition', { duration: condition.durationS })
    case 'collision':
      return node('CollisionCondition', {}, [
        condition.target === 'any'
          ? null
          : typeof condition.target === 'number'
            ? node('EntityRef', { entityRef: nameOf(condition.target) })
            : node('ByType', {
                type: condition.target === 'miscObject' ? 'miscellaneous' : condition.target,
              }),
      ])
    case 'reachPosition':
      return node('ReachPositionCondition', { tolerance: condition.tolerance }, [
        positionNode(condition.position, nameOf),
      ])
  }
}

function valueCondition(content: Exclude<ConditionContent, ByEntity>): XmlNode {
  switch (content.kind) {
    case 'simulationTime':
      return node('SimulationTimeCondition', { value: content.value, rule: content.rule })
    case 'elementState':
      return node('StoryboardElementStateCondition', {
        storyboardElementType: content.type,
        storyboardElementRef: content.element,
        state: content.state,
      })
    case 'value': {
      const { name, value, rule } = content
      if (content.of === 'userDefined') return node('UserDefinedValueCondition', { name, value, rule })
      return content.of === 'parameter'
        ? node('ParameterCondition', { parameterRef: name, value, rule })
        : node('VariableCondition', { variableRef: name, value, rule })
    }
    case 'timeOfDay':
      return node('TimeOfDayCondition', { dateTime: content.dateTime, rule: content.rule })
    case 'trafficSignal':
      return node('TrafficSignalCondition', { name: content.signal, state: content.state })
    case 'trafficSignalPhase':
      return node('TrafficSignalControllerCondition', {
        trafficSignalControllerRef: content.controller,
        phase: content.phase,
      })
    case 'never':
      throw new InvalidInputError({
        code: 'scenario-not-writable',
        message: 'The scenario was read leniently, and lacks what was left out. Read it without --lenient.',
      })
  }
}

function contentNode(content: ConditionContent, nameOf: NameOf): XmlNode {
  if (!('entities' in content)) return node('ByValueCondition', {}, [valueCondition(content)])
  return node('ByEntityCondition', {}, [
    node(
      'TriggeringEntities',
      { triggeringEntitiesRule: content.needsAll ? 'all' : 'any' },
      content.entities.map((entity) => node('EntityRef', { entityRef: nameOf(entity) })),
    ),
    node('EntityCondition', {}, [entityCondition(content, nameOf)]),
  ])
}

function conditionNode({ name, delayS, edge, content }: Condition, nameOf: NameOf): XmlNode {
  return node('Condition', { name, delay: delayS, conditionEdge: edge }, [contentNode(content, nameOf)])
}

/** A `<StartTrigger>` or `<StopTrigger>`; null where there is none. */
export function triggerNode(
  name: 'StartTrigger' | 'StopTrigger',
  trigger: Trigger | null,
  nameOf: NameOf,
): XmlNode | null {
  if (!trigger) return null
  return node(
    name,
    {},
    trigger.map((group) =>
      node(
        'ConditionGroup',
        {},
        group.map((condition) => conditionNode(condition, nameOf)),
      ),
    ),
  )
}
