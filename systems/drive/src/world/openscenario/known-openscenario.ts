import type { ElementRule } from '../xml/known-elements.ts'
import { KnownElements } from '../xml/known-elements.ts'

const gap = 'entityRef freespace coordinateSystem'
const ruled = 'value rule'
const orientable: ElementRule = { children: 'Orientation' }
const duration: ElementRule = { reads: 'duration' }
const catalogLocation: ElementRule = { children: 'Directory' }
const position: ElementRule = {
  children:
    'LanePosition RelativeLanePosition RoadPosition RelativeRoadPosition WorldPosition RelativeObjectPosition RelativeWorldPosition RoutePosition TrajectoryPosition',
}
const triggers: ElementRule = { children: 'ConditionGroup' }
const override: ElementRule = { reads: 'active value' }

/** Scenario, its roads and what takes part. A body's mass, role and looks change nothing: nothing here has forces. */
const whole: Record<string, ElementRule> = {
  OpenSCENARIO: {
    children:
      'ParameterDeclarations VariableDeclarations CatalogLocations RoadNetwork Entities Storyboard Catalog ParameterValueDistribution',
  },
  ParameterDeclarations: { children: 'ParameterDeclaration' },
  ParameterDeclaration: { reads: 'name value', allows: 'parameterType', children: 'ConstraintGroup' },
  ConstraintGroup: { children: 'ValueConstraint' },
  ValueConstraint: { reads: ruled },
  VariableDeclarations: { children: 'VariableDeclaration' },
  VariableDeclaration: { reads: 'name value', allows: 'variableType' },
  CatalogLocations: {
    children:
      'VehicleCatalog ControllerCatalog PedestrianCatalog MiscObjectCatalog EnvironmentCatalog ManeuverCatalog TrajectoryCatalog RouteCatalog',
  },
  VehicleCatalog: catalogLocation,
  ControllerCatalog: catalogLocation,
  PedestrianCatalog: catalogLocation,
  MiscObjectCatalog: catalogLocation,
  EnvironmentCatalog: catalogLocation,
  ManeuverCatalog: catalogLocation,
  TrajectoryCatalog: catalogLocation,
  RouteCatalog: catalogLocation,
  Directory: { reads: 'path' },
  RoadNetwork: { children: 'LogicFile TrafficSignals' },
  LogicFile: { reads: 'filepath' },
  TrafficSignals: { children: 'TrafficSignalController' },
  TrafficSignalController: { reads: 'name delay reference', children: 'Phase' },
  Phase: { reads: 'name duration', children: 'TrafficSignalState' },
  TrafficSignalState: { reads: 'trafficSignalId state' },
  Entities: { children: 'ScenarioObject' },
  ScenarioObject: {
    reads: 'name',
    children: 'CatalogReference Vehicle Pedestrian MiscObject ObjectController',
  },
  CatalogReference: { reads: 'catalogName entryName', children: 'ParameterAssignments' },
  ParameterAssignments: { children: 'ParameterAssignment' },
  ParameterAssignment: { reads: 'parameterRef value' },
  ObjectController: { allows: 'name', children: 'CatalogReference Controller' },
  Controller: {
    reads: 'name',
    allows: 'controllerType',
    children: 'ParameterDeclarations Properties',
  },
  Vehicle: {
    reads: 'name vehicleCategory',
    allows: 'mass role model3d',
    children: 'ParameterDeclarations BoundingBox Performance Properties',
  },
  Pedestrian: {
    reads: 'name pedestrianCategory',
    allows: 'mass role model model3d',
    children: 'ParameterDeclarations BoundingBox Properties',
  },
  MiscObject: {
    reads: 'name miscObjectCategory',
    allows: 'mass model3d',
    children: 'ParameterDeclarations BoundingBox Properties',
  },
  BoundingBox: { children: 'Center Dimensions' },
  Center: { reads: 'x y', allows: 'z' },
  Dimensions: { reads: 'length width height' },
  Performance: { reads: 'maxSpeed maxAcceleration maxDeceleration' },
  Properties: { children: 'Property' },
  Property: { reads: 'name value' },
}

const storyboard: Record<string, ElementRule> = {
  Storyboard: { children: 'Init Story StopTrigger' },
  Init: { children: 'Actions' },
  Actions: { children: 'GlobalAction Private' },
  Private: { reads: 'entityRef', children: 'PrivateAction' },
  Story: { reads: 'name', children: 'ParameterDeclarations Act' },
  Act: { reads: 'name', children: 'ManeuverGroup StartTrigger StopTrigger' },
  ManeuverGroup: { reads: 'name maximumExecutionCount', children: 'Actors CatalogReference Maneuver' },
  Actors: { reads: 'selectTriggeringEntities', children: 'EntityRef' },
  EntityRef: { reads: 'entityRef' },
  Maneuver: { reads: 'name', children: 'ParameterDeclarations Event' },
  Event: { reads: 'name priority maximumExecutionCount', children: 'Action StartTrigger' },
  Action: { reads: 'name', children: 'PrivateAction GlobalAction' },
  StartTrigger: triggers,
  StopTrigger: triggers,
  ConditionGroup: { children: 'Condition' },
  Condition: { reads: 'name delay conditionEdge', children: 'ByValueCondition ByEntityCondition' },
}

/** Distances are taken along the road that both are on, whatever algorithm is asked for a route between them: others are refused. */
const along = 'freespace coordinateSystem alongRoute'
const oneRoad = 'routingAlgorithm=undefined'

const conditions: Record<string, ElementRule> = {
  ByValueCondition: {
    children:
      'SimulationTimeCondition StoryboardElementStateCondition ParameterCondition VariableCondition UserDefinedValueCondition TimeOfDayCondition TrafficSignalCondition TrafficSignalControllerCondition',
  },
  SimulationTimeCondition: { reads: ruled },
  StoryboardElementStateCondition: { reads: 'storyboardElementType storyboardElementRef state' },
  ParameterCondition: { reads: `parameterRef ${ruled}` },
  VariableCondition: { reads: `variableRef ${ruled}` },
  UserDefinedValueCondition: { reads: `name ${ruled}` },
  TimeOfDayCondition: { reads: 'dateTime rule' },
  TrafficSignalCondition: { reads: 'name state' },
  TrafficSignalControllerCondition: { reads: 'trafficSignalControllerRef phase' },
  ByEntityCondition: { children: 'TriggeringEntities EntityCondition' },
  TriggeringEntities: { reads: 'triggeringEntitiesRule', children: 'EntityRef' },
  EntityCondition: {
    children:
      'TimeHeadwayCondition TimeToCollisionCondition RelativeDistanceCondition DistanceCondition SpeedCondition RelativeSpeedCondition TraveledDistanceCondition AccelerationCondition StandStillCondition EndOfRoadCondition OffroadCondition CollisionCondition ReachPositionCondition RelativeClearanceCondition',
  },
  TimeHeadwayCondition: {
    reads: `entityRef ${ruled} ${along}`,
    allows: `relativeDistanceType=longitudinal ${oneRoad}`,
  },
  TimeToCollisionCondition: {
    reads: `${ruled} ${along}`,
    allows: `relativeDistanceType=longitudinal ${oneRoad}`,
    children: 'TimeToCollisionConditionTarget',
  },
  TimeToCollisionConditionTarget: { children: 'EntityRef' },
  RelativeDistanceCondition: {
    reads: `entityRef ${ruled} ${along} relativeDistanceType`,
    allows: oneRoad,
  },
  DistanceCondition: {
    reads: `${ruled} ${along} relativeDistanceType`,
    allows: oneRoad,
    children: 'Position',
  },
  SpeedCondition: { reads: `${ruled} direction` },
  RelativeSpeedCondition: { reads: `entityRef ${ruled} direction` },
  TraveledDistanceCondition: { reads: 'value' },
  AccelerationCondition: { reads: `${ruled} direction` },
  StandStillCondition: duration,
  EndOfRoadCondition: duration,
  OffroadCondition: duration,
  CollisionCondition: { children: 'EntityRef ByType' },
  ByType: { reads: 'type' },
  ReachPositionCondition: { reads: 'tolerance', children: 'Position' },
  RelativeClearanceCondition: {
    reads: 'oppositeLanes distanceForward distanceBackward freeSpace',
    children: 'RelativeLaneRange EntityRef',
  },
  RelativeLaneRange: { reads: 'from to' },
}

const motion: Record<string, ElementRule> = {
  PrivateAction: {
    children:
      'TeleportAction LongitudinalAction LateralAction RoutingAction ControllerAction SynchronizeAction VisibilityAction AppearanceAction ActivateControllerAction',
  },
  TeleportAction: { children: 'Position' },
  LongitudinalAction: { children: 'SpeedAction SpeedProfileAction LongitudinalDistanceAction' },
  SpeedAction: { children: 'SpeedActionDynamics SpeedActionTarget' },
  SpeedActionDynamics: {
    reads: 'dynamicsShape dynamicsDimension value',
    allows: 'followingMode=position',
  },
  SpeedActionTarget: { children: 'AbsoluteTargetSpeed RelativeTargetSpeed' },
  AbsoluteTargetSpeed: { reads: 'value' },
  RelativeTargetSpeed: { reads: 'entityRef value speedTargetValueType continuous' },
  SpeedProfileAction: { reads: 'entityRef followingMode', children: 'SpeedProfileEntry' },
  SpeedProfileEntry: { reads: 'speed time' },
  LongitudinalDistanceAction: {
    reads: `${gap} distance timeGap continuous displacement`,
    children: 'DynamicConstraints',
  },
  DynamicConstraints: { reads: 'maxAcceleration maxDeceleration maxSpeed' },
  LateralAction: { children: 'LaneChangeAction LaneOffsetAction LateralDistanceAction' },
  LaneChangeAction: {
    reads: 'targetLaneOffset',
    children: 'LaneChangeActionDynamics LaneChangeTarget',
  },
  LaneChangeActionDynamics: {
    reads: 'dynamicsShape dynamicsDimension value',
    allows: 'followingMode=position',
  },
  LaneChangeTarget: { children: 'AbsoluteTargetLane RelativeTargetLane' },
  AbsoluteTargetLane: { reads: 'value' },
  RelativeTargetLane: { reads: 'entityRef value' },
  LaneOffsetAction: { reads: 'continuous', children: 'LaneOffsetActionDynamics LaneOffsetTarget' },
  LaneOffsetActionDynamics: { reads: 'dynamicsShape maxLateralAcc' },
  LaneOffsetTarget: { children: 'AbsoluteTargetLaneOffset RelativeTargetLaneOffset' },
  AbsoluteTargetLaneOffset: { reads: 'value' },
  RelativeTargetLaneOffset: { reads: 'entityRef value' },
  LateralDistanceAction: {
    reads: `${gap} distance continuous displacement`,
    children: 'DynamicConstraints',
  },
  RoutingAction: { children: 'AssignRouteAction FollowTrajectoryAction AcquirePositionAction' },
  AssignRouteAction: { children: 'Route CatalogReference' },
  AcquirePositionAction: { children: 'Position' },
  Route: { reads: 'name closed', children: 'ParameterDeclarations Waypoint' },
  Waypoint: { reads: 'routeStrategy', children: 'Position' },
  FollowTrajectoryAction: {
    allows: 'initialDistanceOffset=0|0.0',
    children: 'TrajectoryRef Trajectory CatalogReference TimeReference TrajectoryFollowingMode',
  },
  // Nothing but the trajectory steers an entity that follows one: both modes are the same.
  TrajectoryFollowingMode: { allows: 'followingMode=position|follow' },
  TrajectoryRef: { children: 'Trajectory CatalogReference' },
  Trajectory: {
    reads: 'name',
    allows: 'closed=false|0',
    children: 'ParameterDeclarations Shape',
  },
  Shape: { children: 'Polyline Clothoid Nurbs' },
  Polyline: { children: 'Vertex' },
  Vertex: { reads: 'time', children: 'Position' },
  Clothoid: {
    reads: 'curvature curvatureDot curvaturePrime length startTime stopTime',
    children: 'Position',
  },
  Nurbs: { reads: 'order', children: 'ControlPoint Knot' },
  ControlPoint: { reads: 'time weight', children: 'Position' },
  Knot: { reads: 'value' },
  TimeReference: { children: 'None Timing' },
  None: {},
  Timing: { reads: 'domainAbsoluteRelative scale offset' },
  SynchronizeAction: {
    reads: 'masterEntityRef targetToleranceMaster targetTolerance',
    children: 'TargetPositionMaster TargetPosition FinalSpeed',
  },
  TargetPositionMaster: position,
  TargetPosition: position,
  FinalSpeed: { children: 'AbsoluteSpeed RelativeSpeedToMaster' },
  AbsoluteSpeed: { reads: 'value' },
  RelativeSpeedToMaster: { reads: 'value', allows: 'speedTargetValueType=delta' },
}

/** Nothing is steered by a controller: it keeps the lane, whether it is switched on sideways or not. */
const controllers: Record<string, ElementRule> = {
  ControllerAction: {
    children: 'AssignControllerAction OverrideControllerValueAction ActivateControllerAction',
  },
  AssignControllerAction: {
    reads: 'activateLongitudinal',
    allows: 'activateLateral activateLighting=false activateAnimation=false',
    children: 'Controller CatalogReference',
  },
  ActivateControllerAction: {
    reads: 'longitudinal',
    allows: 'lateral lighting=false animation=false',
  },
  OverrideControllerValueAction: {
    children: 'Throttle Brake Clutch ParkingBrake SteeringWheel Gear',
  },
  Throttle: override,
  Brake: { ...override, children: 'BrakePercent' },
  BrakePercent: { reads: 'value' },
  ParkingBrake: { ...override, children: 'BrakePercent' },
  Clutch: override,
  SteeringWheel: override,
  Gear: {
    reads: 'active number',
    allows: 'value',
    children: 'AutomaticGear ManualGear',
  },
  AutomaticGear: { allows: 'gear' },
  ManualGear: { allows: 'number' },
  VisibilityAction: { reads: 'graphics traffic sensors' },
  AppearanceAction: { children: 'LightStateAction' },
  LightStateAction: { allows: 'transitionTime', children: 'LightType LightState' },
  LightType: { children: 'VehicleLight UserDefinedLight' },
  VehicleLight: { reads: 'vehicleLightType' },
  UserDefinedLight: { reads: 'userDefinedLightType' },
  LightState: { reads: 'mode', allows: 'luminousIntensity flashingOnDuration flashingOffDuration' },
}

/** Temperature and pressure act on nothing here. */
const globals: Record<string, ElementRule> = {
  GlobalAction: {
    children: 'EnvironmentAction EntityAction ParameterAction VariableAction InfrastructureAction',
  },
  EnvironmentAction: { children: 'Environment CatalogReference' },
  Environment: {
    reads: 'name',
    children: 'ParameterDeclarations TimeOfDay Weather RoadCondition',
  },
  TimeOfDay: { reads: 'animation dateTime' },
  Weather: {
    reads: 'cloudState fractionalCloudCover',
    allows: 'atmosphericPressure temperature',
    children: 'Sun Fog Precipitation',
  },
  Sun: { reads: 'intensity illuminance azimuth elevation' },
  Fog: { reads: 'visualRange' },
  Precipitation: { reads: 'intensity precipitationIntensity precipitationType' },
  RoadCondition: { reads: 'frictionScaleFactor', children: 'Properties' },
  EntityAction: { reads: 'entityRef', children: 'AddEntityAction DeleteEntityAction' },
  AddEntityAction: { children: 'Position' },
  DeleteEntityAction: {},
  ParameterAction: {
    reads: 'parameterRef',
    children: 'SetAction ModifyAction ParameterSetAction ParameterModifyAction',
  },
  VariableAction: {
    reads: 'variableRef',
    children: 'SetAction ModifyAction VariableSetAction VariableModifyAction',
  },
  SetAction: { reads: 'value' },
  ParameterSetAction: { reads: 'value' },
  VariableSetAction: { reads: 'value' },
  ModifyAction: { children: 'Rule' },
  ParameterModifyAction: { children: 'Rule' },
  VariableModifyAction: { children: 'Rule' },
  Rule: { children: 'AddValue MultiplyByValue' },
  AddValue: { reads: 'value' },
  MultiplyByValue: { reads: 'value' },
  InfrastructureAction: { children: 'TrafficSignalAction' },
  TrafficSignalAction: { children: 'TrafficSignalStateAction TrafficSignalControllerAction' },
  TrafficSignalStateAction: { reads: 'name state' },
  TrafficSignalControllerAction: { reads: 'trafficSignalControllerRef phase' },
}

/** Heights, pitch and roll change nothing: bodies stand on flat ground. */
const positions: Record<string, ElementRule> = {
  Position: position,
  Orientation: { reads: 'type h', allows: 'p r' },
  LanePosition: { ...orientable, reads: 'roadId laneId s offset' },
  RelativeLanePosition: { ...orientable, reads: 'entityRef dLane ds offset' },
  RoadPosition: { ...orientable, reads: 'roadId s t' },
  RelativeRoadPosition: { ...orientable, reads: 'entityRef ds dt' },
  WorldPosition: { reads: 'x y h', allows: 'z p r' },
  RelativeObjectPosition: { ...orientable, reads: 'entityRef dx dy', allows: 'dz' },
  RelativeWorldPosition: { ...orientable, reads: 'entityRef dx dy', allows: 'dz' },
  RoutePosition: { children: 'RouteRef InRoutePosition Orientation' },
  RouteRef: { children: 'Route CatalogReference' },
  InRoutePosition: { children: 'FromCurrentEntity FromRoadCoordinates FromLaneCoordinates' },
  FromCurrentEntity: { reads: 'entityRef' },
  FromRoadCoordinates: { reads: 'pathS t' },
  FromLaneCoordinates: { reads: 'pathS laneId laneOffset' },
  TrajectoryPosition: { reads: 's t', children: 'Orientation TrajectoryRef' },
}

const distributions: Record<string, ElementRule> = {
  ParameterValueDistribution: { children: 'ScenarioFile Deterministic Stochastic' },
  ScenarioFile: { reads: 'filepath' },
  Deterministic: {
    children: 'DeterministicSingleParameterDistribution DeterministicMultiParameterDistribution',
  },
  DeterministicSingleParameterDistribution: {
    reads: 'parameterName',
    children: 'DistributionRange DistributionSet UserDefinedDistribution',
  },
  DistributionRange: { reads: 'stepWidth', children: 'Range' },
  Range: { reads: 'lowerLimit upperLimit' },
  DistributionSet: { children: 'Element' },
  Element: { reads: 'value weight' },
  DeterministicMultiParameterDistribution: { children: 'ValueSetDistribution' },
  ValueSetDistribution: { children: 'ParameterValueSet' },
  ParameterValueSet: { children: 'ParameterAssignment' },
  Stochastic: { reads: 'numberOfTestRuns randomSeed', children: 'StochasticDistribution' },
  StochasticDistribution: {
    reads: 'parameterName',
    children:
      'UniformDistribution NormalDistribution LogNormalDistribution PoissonDistribution ProbabilityDistributionSet Histogram UserDefinedDistribution',
  },
  UniformDistribution: { children: 'Range' },
  NormalDistribution: { reads: 'expectedValue variance', children: 'Range' },
  LogNormalDistribution: { reads: 'expectedValue variance', children: 'Range' },
  PoissonDistribution: { reads: 'expectedValue', children: 'Range' },
  ProbabilityDistributionSet: { children: 'Element' },
  Histogram: { children: 'Bin' },
  Bin: { reads: 'weight', children: 'Range' },
  UserDefinedDistribution: { reads: 'type' },
}

/** OpenSCENARIO XML 1.0–1.3 as the readers of this folder know it. */
export const knownOpenScenario = new KnownElements(
  {
    ...whole,
    ...storyboard,
    ...conditions,
    ...motion,
    ...controllers,
    ...globals,
    ...positions,
    ...distributions,
  },
  // Metadata; pictures; wheels and hitches, as nothing here has forces or trailers; contents of Property.
  'FileHeader SceneGraphFile UsedArea Axles TrailerHitch TrailerCoupler File CustomContent Color',
)
