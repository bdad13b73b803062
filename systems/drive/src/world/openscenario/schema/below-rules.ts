import type { ElementRules } from '../../xml/schema-table.ts'

const passedOver = (names: string, by: string): ElementRules => ({ idle: [[names, `below ${by}`]] })
const refused = (names: string, by: string): ElementRules => ({ refused: [[names, `below ${by}`]] })

/** What stands only below something that is passed over or refused as a whole: it is so with it, and is not looked at. */
export const belowRules: Record<string, ElementRules> = {
  FileHeader: passedOver(
    '@author @date @description @revMajor @revMinor License Properties',
    'OpenSCENARIO/FileHeader',
  ),
  SceneGraphFile: passedOver('@filepath', 'RoadNetwork/SceneGraphFile'),
  Axles: passedOver('FrontAxle RearAxle AdditionalAxle', 'Vehicle/Axles'),
  FrontAxle: passedOver('@maxSteering @positionX @positionZ @trackWidth @wheelDiameter', 'Vehicle/Axles'),
  RearAxle: passedOver('@maxSteering @positionX @positionZ @trackWidth @wheelDiameter', 'Vehicle/Axles'),
  AdditionalAxle: passedOver(
    '@maxSteering @positionX @positionZ @trackWidth @wheelDiameter',
    'Vehicle/Axles',
  ),
  File: passedOver('@filepath', 'AppearanceAction/AnimationAction'),
  ControllerDistribution: passedOver(
    'ControllerDistributionEntry',
    'TrafficDefinition/ControllerDistribution',
  ),
  ControllerDistributionEntry: passedOver(
    '@weight Controller CatalogReference',
    'TrafficDefinition/ControllerDistribution',
  ),
  License: passedOver('@name @resource @spdxId', 'OpenSCENARIO/FileHeader'),
  UsedArea: passedOver('Position', 'RoadNetwork/UsedArea'),
  ExternalObjectReference: refused('@name', 'ScenarioObject/ExternalObjectReference'),
  Wind: passedOver('@direction @speed', 'Weather/Wind'),
  UserDefinedDistribution: refused('@type', 'StochasticDistribution/UserDefinedDistribution'),
  CustomContent: passedOver('', 'Properties/CustomContent'),
  TrafficeSignalGroupState: passedOver('@state', 'Phase/TrafficeSignalGroupState'),
  DomeImage: passedOver('@azimuthOffset DomeFile', 'Weather/DomeImage'),
  DomeFile: passedOver('@filepath', 'Weather/DomeImage'),
  VehicleRoleDistribution: passedOver(
    'VehicleRoleDistributionEntry',
    'TrafficDefinition/ControllerDistribution',
  ),
  VehicleRoleDistributionEntry: passedOver('@role @weight', 'TrafficDefinition/ControllerDistribution'),
  SensorReferenceSet: refused('SensorReference', 'VisibilityAction/SensorReferenceSet'),
  SensorReference: refused('@name', 'VisibilityAction/SensorReferenceSet'),
  BrakeForce: refused('@value @maxRate', 'Brake/BrakeForce'),
  ManualGear: passedOver('@number', 'Gear/ManualGear'),
  AutomaticGear: passedOver('@gear', 'Gear/AutomaticGear'),
  Color: passedOver('@colorType ColorRgb ColorCmyk', 'LightState/Color'),
  ColorRgb: passedOver('@red @green @blue', 'LightState/Color'),
  ColorCmyk: passedOver('@cyan @magenta @yellow @key', 'LightState/Color'),
  AnimationAction: passedOver(
    '@loop @animationDuration AnimationType AnimationState',
    'AppearanceAction/AnimationAction',
  ),
  AnimationType: passedOver(
    'ComponentAnimation PedestrianAnimation AnimationFile UserDefinedAnimation',
    'AppearanceAction/AnimationAction',
  ),
  ComponentAnimation: passedOver('VehicleComponent UserDefinedComponent', 'AppearanceAction/AnimationAction'),
  VehicleComponent: passedOver('@vehicleComponentType', 'AppearanceAction/AnimationAction'),
  UserDefinedComponent: passedOver('@userDefinedComponentType', 'AppearanceAction/AnimationAction'),
  PedestrianAnimation: passedOver(
    '@motion @userDefinedPedestrianAnimation PedestrianGesture',
    'AppearanceAction/AnimationAction',
  ),
  PedestrianGesture: passedOver('@gesture', 'AppearanceAction/AnimationAction'),
  AnimationFile: passedOver('@timeOffset File', 'AppearanceAction/AnimationAction'),
  UserDefinedAnimation: passedOver('@userDefinedAnimationType', 'AppearanceAction/AnimationAction'),
  AnimationState: passedOver('@state', 'AppearanceAction/AnimationAction'),
  TrafficSignalGroupState: passedOver('@state', 'Phase/TrafficSignalGroupState'),
}
