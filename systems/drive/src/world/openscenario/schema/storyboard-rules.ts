import type { ElementRules } from '../../xml/schema-table.ts'

const rule = '@rule @value'
const measured = '@alongRoute @coordinateSystem @freespace @relativeDistanceType'
const route: readonly [string, string] = [
  '@routingAlgorithm',
  'ways between roads are those that lanes lead along, of a kilometre at most',
]
const triggers: ElementRules = { used: 'ConditionGroup' }
const duration: ElementRules = { used: '@duration' }

/** What happens and when. */
export const storyboardRules: Record<string, ElementRules> = {
  Storyboard: { used: 'Init Story StopTrigger' },
  Init: { used: 'Actions' },
  Actions: { used: 'GlobalAction Private UserDefinedAction' },
  Private: { used: '@entityRef PrivateAction' },
  Story: { used: '@name ParameterDeclarations Act' },
  Act: { used: '@name ManeuverGroup StartTrigger StopTrigger' },
  ManeuverGroup: { used: '@name @maximumExecutionCount Actors CatalogReference Maneuver' },
  Actors: { used: '@selectTriggeringEntities EntityRef' },
  Maneuver: { used: '@name ParameterDeclarations Event' },
  Event: { used: '@name @priority @maximumExecutionCount Action StartTrigger' },
  Action: { used: '@name PrivateAction GlobalAction UserDefinedAction' },
  UserDefinedAction: { used: 'CustomCommandAction' },
  CustomCommandAction: { used: '@type' },
  StartTrigger: triggers,
  StopTrigger: triggers,
  ConditionGroup: { used: 'Condition' },
  Condition: { used: '@name @delay @conditionEdge ByValueCondition ByEntityCondition' },
}

/** Conditions. */
export const conditionRules: Record<string, ElementRules> = {
  ByValueCondition: {
    used: 'SimulationTimeCondition StoryboardElementStateCondition ParameterCondition VariableCondition UserDefinedValueCondition TimeOfDayCondition TrafficSignalCondition TrafficSignalControllerCondition',
  },
  SimulationTimeCondition: { used: rule },
  StoryboardElementStateCondition: { used: '@storyboardElementType @storyboardElementRef @state' },
  ParameterCondition: { used: `@parameterRef ${rule}` },
  VariableCondition: { used: `@variableRef ${rule}` },
  UserDefinedValueCondition: { used: `@name ${rule}` },
  TimeOfDayCondition: { used: '@dateTime @rule' },
  TrafficSignalCondition: { used: '@name @state' },
  TrafficSignalControllerCondition: { used: '@trafficSignalControllerRef @phase' },
  ByEntityCondition: { used: 'TriggeringEntities EntityCondition' },
  TriggeringEntities: { used: '@triggeringEntitiesRule EntityRef' },
  EntityCondition: {
    used: 'AccelerationCondition AngleCondition CollisionCondition DistanceCondition EndOfRoadCondition OffroadCondition ReachPositionCondition RelativeAngleCondition RelativeClearanceCondition RelativeDistanceCondition RelativeSpeedCondition SpeedCondition StandStillCondition TimeHeadwayCondition TimeToCollisionCondition TraveledDistanceCondition',
  },
  TimeHeadwayCondition: { used: `@entityRef ${rule} ${measured}`, idle: [route] },
  TimeToCollisionCondition: {
    used: `${rule} ${measured} TimeToCollisionConditionTarget`,
    idle: [route],
  },
  TimeToCollisionConditionTarget: { used: 'EntityRef Position' },
  RelativeDistanceCondition: {
    used: `@entityRef ${rule} @coordinateSystem @freespace @relativeDistanceType`,
    idle: [route],
  },
  DistanceCondition: { used: `${rule} ${measured} Position`, idle: [route] },
  SpeedCondition: { used: `${rule} @direction` },
  RelativeSpeedCondition: { used: `@entityRef ${rule} @direction` },
  TraveledDistanceCondition: { used: '@value' },
  AccelerationCondition: { used: `${rule} @direction` },
  AngleCondition: { used: '@angle @angleTolerance @angleType @coordinateSystem' },
  RelativeAngleCondition: { used: '@entityRef @angle @angleTolerance @angleType @coordinateSystem' },
  StandStillCondition: duration,
  EndOfRoadCondition: duration,
  OffroadCondition: duration,
  CollisionCondition: { used: 'EntityRef ByType' },
  ByType: { used: '@type' },
  ReachPositionCondition: { used: '@tolerance Position' },
  RelativeClearanceCondition: {
    used: '@oppositeLanes @distanceForward @distanceBackward @freeSpace RelativeLaneRange EntityRef',
  },
  RelativeLaneRange: { used: '@from @to' },
}
