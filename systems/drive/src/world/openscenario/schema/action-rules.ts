import type { ElementRules } from '../../xml/schema-table.ts'

const dynamics: ElementRules = {
  used: '@dynamicsShape @dynamicsDimension @value',
  idle: [['@followingMode', 'what the entity can do is its limit in every mode']],
}
/** A part that is not held, with what would say how. */
const notHeld = (how: string): ElementRules => ({
  used: '@active',
  idle: [[how, 'for a controller that takes it: only throttle and brakes are held']],
})

/** What entities do, but for controllers and looks. */
export const motionRules: Record<string, ElementRules> = {
  PrivateAction: {
    used: 'TeleportAction LongitudinalAction LateralAction RoutingAction ControllerAction SynchronizeAction VisibilityAction AppearanceAction ActivateControllerAction TrailerAction',
  },
  TeleportAction: { used: 'Position' },
  LongitudinalAction: { used: 'SpeedAction SpeedProfileAction LongitudinalDistanceAction' },
  SpeedAction: { used: 'SpeedActionDynamics SpeedActionTarget' },
  SpeedActionDynamics: dynamics,
  SpeedActionTarget: { used: 'AbsoluteTargetSpeed RelativeTargetSpeed' },
  AbsoluteTargetSpeed: { used: '@value' },
  RelativeTargetSpeed: { used: '@entityRef @value @speedTargetValueType @continuous' },
  SpeedProfileAction: { used: '@entityRef @followingMode SpeedProfileEntry DynamicConstraints' },
  SpeedProfileEntry: { used: '@speed @time' },
  LongitudinalDistanceAction: {
    used: '@entityRef @distance @timeGap @freespace @continuous @displacement @coordinateSystem DynamicConstraints',
  },
  DynamicConstraints: {
    used: '@maxAcceleration @maxAccelerationRate @maxDeceleration @maxDecelerationRate @maxSpeed',
  },
  LateralAction: { used: 'LaneChangeAction LaneOffsetAction LateralDistanceAction' },
  LaneChangeAction: { used: '@targetLaneOffset LaneChangeActionDynamics LaneChangeTarget' },
  LaneChangeActionDynamics: dynamics,
  LaneChangeTarget: { used: 'AbsoluteTargetLane RelativeTargetLane' },
  AbsoluteTargetLane: { used: '@value' },
  RelativeTargetLane: { used: '@entityRef @value' },
  LaneOffsetAction: { used: '@continuous LaneOffsetActionDynamics LaneOffsetTarget' },
  LaneOffsetActionDynamics: { used: '@dynamicsShape @maxLateralAcc' },
  LaneOffsetTarget: { used: 'AbsoluteTargetLaneOffset RelativeTargetLaneOffset' },
  AbsoluteTargetLaneOffset: { used: '@value' },
  RelativeTargetLaneOffset: { used: '@entityRef @value' },
  LateralDistanceAction: {
    used: '@entityRef @distance @freespace @continuous @displacement @coordinateSystem DynamicConstraints',
  },
  'LateralDistanceAction/DynamicConstraints': {
    used: '@maxAcceleration @maxDeceleration @maxSpeed @maxAccelerationRate @maxDecelerationRate',
  },
  RoutingAction: {
    used: 'AssignRouteAction FollowTrajectoryAction AcquirePositionAction RandomRouteAction',
  },
  RandomRouteAction: {},
  AssignRouteAction: { used: 'Route CatalogReference' },
  AcquirePositionAction: { used: 'Position' },
  Route: {
    used: '@name @closed ParameterDeclarations Waypoint',
  },
  Waypoint: { used: '@routeStrategy Position' },
  FollowTrajectoryAction: {
    used: '@initialDistanceOffset TrajectoryRef Trajectory CatalogReference TimeReference TrajectoryFollowingMode',
  },
  TrajectoryFollowingMode: { used: '@followingMode' },
  TrajectoryRef: { used: 'Trajectory CatalogReference' },
  Trajectory: { used: '@name @closed ParameterDeclarations Shape' },
  Shape: { used: 'Polyline Clothoid ClothoidSpline Nurbs' },
  Polyline: { used: 'Vertex' },
  Vertex: { used: '@time Position' },
  Clothoid: { used: '@curvature @curvatureDot @curvaturePrime @length @startTime @stopTime Position' },
  ClothoidSpline: { used: '@timeEnd ClothoidSplineSegment' },
  ClothoidSplineSegment: { used: '@curvatureStart @curvatureEnd @length @hOffset @timeStart PositionStart' },
  Nurbs: { used: '@order ControlPoint Knot' },
  ControlPoint: { used: '@time @weight Position' },
  Knot: { used: '@value' },
  TimeReference: { used: 'None Timing' },
  None: {},
  Timing: { used: '@domainAbsoluteRelative @scale @offset' },
  SynchronizeAction: {
    used: '@masterEntityRef @targetTolerance @targetToleranceMaster TargetPosition TargetPositionMaster FinalSpeed',
  },
  FinalSpeed: { used: 'AbsoluteSpeed RelativeSpeedToMaster' },
  AbsoluteSpeed: { used: '@value TargetDistanceSteadyState TargetTimeSteadyState' },
  RelativeSpeedToMaster: {
    used: '@value @speedTargetValueType TargetDistanceSteadyState TargetTimeSteadyState',
  },
  TargetDistanceSteadyState: { used: '@distance' },
  TargetTimeSteadyState: { used: '@time' },
  TrailerAction: { used: 'ConnectTrailerAction DisconnectTrailerAction' },
  ConnectTrailerAction: { used: '@trailerRef' },
  DisconnectTrailerAction: {},
}

/** Controllers and looks. */
export const controllerRules: Record<string, ElementRules> = {
  ControllerAction: { used: 'AssignControllerAction ActivateControllerAction OverrideControllerValueAction' },
  AssignControllerAction: {
    used: '@activateLongitudinal Controller CatalogReference ObjectController',
    idle: [
      ['@activateLateral', 'controllers keep the lane'],
      ['@activateAnimation @activateLighting', 'looks'],
    ],
  },
  ActivateControllerAction: {
    used: '@longitudinal @controllerRef @objectControllerRef',
    idle: [
      ['@lateral', 'controllers keep the lane'],
      ['@animation @lighting', 'looks'],
    ],
  },
  OverrideControllerValueAction: { used: 'Throttle Brake Clutch ParkingBrake SteeringWheel Gear' },
  Throttle: { used: '@active @value', idle: [['@maxRate', 'pedals are where they are held at once']] },
  Brake: {
    used: '@active @value BrakePercent',
    refused: [['BrakeForce', 'nothing here has forces; give a BrakePercent']],
  },
  BrakePercent: { used: '@value', idle: [['@maxRate', 'pedals are where they are held at once']] },
  Clutch: notHeld('@value @maxRate'),
  ParkingBrake: {
    used: '@active @value BrakePercent',
    refused: [['BrakeForce', 'nothing here has forces; give a BrakePercent']],
  },
  SteeringWheel: notHeld('@value @maxRate @maxTorque'),
  Gear: notHeld('@number AutomaticGear ManualGear'),
  VisibilityAction: {
    used: '@graphics @sensors @traffic',
    refused: [['SensorReferenceSet', 'it is seen by all sensors of an entity or by none']],
  },
  AppearanceAction: { used: 'LightStateAction', idle: [['AnimationAction', 'looks']] },
  LightStateAction: {
    used: 'LightType LightState',
    idle: [['@transitionTime', 'lights are on or off']],
  },
  LightType: { used: 'VehicleLight UserDefinedLight' },
  VehicleLight: { used: '@vehicleLightType' },
  UserDefinedLight: { used: '@userDefinedLightType' },
  LightState: {
    used: '@mode',
    idle: [['@luminousIntensity @flashingOnDuration @flashingOffDuration Color', 'looks']],
  },
}
