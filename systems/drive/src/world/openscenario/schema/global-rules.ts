import type { ElementRules } from '../../xml/schema-table.ts'

const heights = 'bodies stand on the ground'
const value: ElementRules = { used: '@value' }
const places: ElementRules = {
  used: 'LanePosition RelativeLanePosition RoadPosition RelativeRoadPosition WorldPosition RelativeWorldPosition RelativeObjectPosition RoutePosition TrajectoryPosition GeoPosition',
}

/** Actions on the whole scenario. */
export const globalRules: Record<string, ElementRules> = {
  GlobalAction: {
    used: 'EnvironmentAction EntityAction ParameterAction VariableAction SetMonitorAction InfrastructureAction TrafficAction',
  },
  EnvironmentAction: { used: 'Environment CatalogReference' },
  Environment: { used: '@name ParameterDeclarations TimeOfDay Weather RoadCondition' },
  TimeOfDay: { used: '@animation @dateTime' },
  Weather: {
    used: '@cloudState @fractionalCloudCover Sun Fog Precipitation',
    idle: [
      ['@atmosphericPressure @temperature', 'they act on nothing here'],
      ['Wind', 'nothing here has forces'],
      ['DomeImage', 'looks'],
    ],
  },
  Sun: { used: '@azimuth @elevation @illuminance @intensity' },
  Fog: { used: '@visualRange BoundingBox' },
  Precipitation: { used: '@intensity @precipitationIntensity @precipitationType' },
  RoadCondition: {
    used: '@frictionScaleFactor',
    idle: [
      ['@wetness', 'grip is what frictionScaleFactor says'],
      ['Properties', 'for the program that knows them'],
    ],
  },
  EntityAction: { used: '@entityRef AddEntityAction DeleteEntityAction' },
  AddEntityAction: { used: 'Position' },
  DeleteEntityAction: {},
  ParameterAction: { used: '@parameterRef SetAction ModifyAction' },
  VariableAction: { used: '@variableRef SetAction ModifyAction' },
  SetMonitorAction: { used: '@monitorRef @value' },
  SetAction: value,
  ModifyAction: { used: 'Rule' },
  Rule: { used: 'AddValue MultiplyByValue' },
  AddValue: value,
  MultiplyByValue: value,
  InfrastructureAction: { used: 'TrafficSignalAction' },
  TrafficSignalAction: { used: 'TrafficSignalStateAction TrafficSignalControllerAction' },
  TrafficSignalStateAction: { used: '@name @state' },
  TrafficSignalControllerAction: { used: '@trafficSignalControllerRef @phase' },
  TrafficAction: {
    used: '@trafficName TrafficSwarmAction TrafficSourceAction TrafficSinkAction TrafficAreaAction TrafficStopAction',
  },
  TrafficSwarmAction: {
    used: '@numberOfVehicles @innerRadius @semiMajorAxis @semiMinorAxis @offset @velocity CentralObject InitialSpeedRange DirectionOfTravelDistribution TrafficDefinition TrafficDistribution',
  },
  TrafficSourceAction: {
    used: '@radius @rate @velocity @speed Position TrafficDefinition TrafficDistribution',
  },
  TrafficSinkAction: {
    used: '@radius @rate Position',
    idle: [['TrafficDefinition', 'everybody who comes there is taken out']],
  },
  TrafficAreaAction: { used: '@numberOfEntities @continuous TrafficDistribution TrafficArea' },
  TrafficArea: { used: 'Polygon RoadRange' },
  Polygon: { used: 'Position' },
  RoadRange: { used: '@length RoadCursor' },
  RoadCursor: { used: '@roadId @s Lane' },
  Lane: { used: '@id' },
  InitialSpeedRange: { used: '@lowerLimit @upperLimit' },
  DirectionOfTravelDistribution: { used: '@same @opposite' },
  TrafficDefinition: {
    used: 'VehicleCategoryDistribution',
    idle: [
      ['@name', 'nothing refers to it'],
      ['ControllerDistribution', 'vehicles of traffic drive by themselves'],
      ['VehicleRoleDistribution', 'who they are changes nothing of how they move'],
    ],
  },
  VehicleCategoryDistribution: { used: 'VehicleCategoryDistributionEntry' },
  VehicleCategoryDistributionEntry: { used: '@category @weight' },
  TrafficDistribution: { used: 'TrafficDistributionEntry' },
  TrafficDistributionEntry: {
    used: '@weight EntityDistribution',
    idle: [['Properties', 'for the program that knows them']],
  },
  EntityDistribution: { used: 'EntityDistributionEntry' },
  EntityDistributionEntry: { used: '@weight ScenarioObjectTemplate' },
  ScenarioObjectTemplate: {
    used: 'CatalogReference Vehicle Pedestrian MiscObject',
    idle: [['ObjectController', 'vehicles of traffic drive by themselves']],
    refused: [['ExternalObjectReference', 'the object is in another file that is not named']],
  },
  TrafficStopAction: {},
  CentralObject: { used: '@entityRef' },
}

/** Places. */
export const positionRules: Record<string, ElementRules> = {
  Position: places,
  TargetPosition: places,
  TargetPositionMaster: places,
  PositionStart: places,
  Orientation: { used: '@h @p @r @type' },
  LanePosition: { used: '@roadId @laneId @s @offset Orientation' },
  RelativeLanePosition: { used: '@entityRef @dLane @ds @dsLane @offset Orientation' },
  RoadPosition: { used: '@roadId @s @t Orientation' },
  RelativeRoadPosition: { used: '@entityRef @ds @dt Orientation' },
  GeoPosition: {
    used: '@latitude @longitude @latitudeDeg @longitudeDeg Orientation',
    idle: [['@height @altitude @verticalRoadSelection', heights]],
  },
  WorldPosition: { used: '@x @y @h @p @r', idle: [['@z', heights]] },
  RelativeWorldPosition: { used: '@entityRef @dx @dy Orientation', idle: [['@dz', heights]] },
  RelativeObjectPosition: { used: '@entityRef @dx @dy @dz Orientation' },
  RoutePosition: { used: 'RouteRef InRoutePosition Orientation' },
  RouteRef: { used: 'Route CatalogReference' },
  InRoutePosition: { used: 'FromCurrentEntity FromRoadCoordinates FromLaneCoordinates' },
  FromCurrentEntity: { used: '@entityRef' },
  FromRoadCoordinates: { used: '@pathS @t' },
  FromLaneCoordinates: { used: '@pathS @laneId @laneOffset' },
  TrajectoryPosition: { used: '@s @t Orientation TrajectoryRef' },
}
