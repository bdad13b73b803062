import type { ElementRules } from '../../xml/schema-table.ts'

const looks = 'looks'
const wheels = 'nothing here has wheels or forces'
const directory: ElementRules = { used: 'Directory' }

/** The file, its parameters and catalogs, and who takes part. */
export const entitiesRules: Record<string, ElementRules> = {
  OpenSCENARIO: {
    used: 'ParameterDeclarations VariableDeclarations MonitorDeclarations CatalogLocations RoadNetwork Entities Storyboard Catalog ParameterValueDistribution',
    idle: [['FileHeader', 'about the file']],
  },
  ParameterDeclarations: { used: 'ParameterDeclaration' },
  ParameterDeclaration: { used: '@name @parameterType @value ConstraintGroup' },
  ConstraintGroup: { used: 'ValueConstraint' },
  ValueConstraint: { used: '@rule @value' },
  VariableDeclarations: { used: 'VariableDeclaration' },
  VariableDeclaration: {
    used: '@name @value',
    idle: [['@variableType', 'values are compared as numbers where both are, else as texts']],
  },
  MonitorDeclarations: { used: 'MonitorDeclaration' },
  MonitorDeclaration: { used: '@name @value' },
  CatalogLocations: {
    used: 'VehicleCatalog ControllerCatalog PedestrianCatalog MiscObjectCatalog EnvironmentCatalog ManeuverCatalog TrajectoryCatalog RouteCatalog',
  },
  VehicleCatalog: directory,
  ControllerCatalog: directory,
  PedestrianCatalog: directory,
  MiscObjectCatalog: directory,
  EnvironmentCatalog: directory,
  ManeuverCatalog: directory,
  TrajectoryCatalog: directory,
  RouteCatalog: directory,
  Directory: { used: '@path' },
  Catalog: { used: '@name Vehicle Controller Pedestrian MiscObject Environment Maneuver Trajectory Route' },
  RoadNetwork: {
    used: 'LogicFile TrafficSignals',
    idle: [
      ['SceneGraphFile', looks],
      ['UsedArea', 'the whole road network is there'],
    ],
  },
  LogicFile: { used: '@filepath' },
  TrafficSignals: { used: 'TrafficSignalController' },
  TrafficSignalController: { used: '@name @delay @reference Phase' },
  Phase: {
    used: '@name @duration TrafficSignalState',
    idle: [
      [
        'TrafficSignalGroupState TrafficeSignalGroupState',
        'it says of no signal what it shows; TrafficSignalState does',
      ],
    ],
  },
  TrafficSignalState: { used: '@trafficSignalId @state' },
  Entities: { used: 'ScenarioObject EntitySelection' },
  ScenarioObject: {
    used: '@name CatalogReference Vehicle Pedestrian MiscObject ObjectController',
    refused: [['ExternalObjectReference', 'the object is in another file that is not named']],
  },
  EntitySelection: { used: '@name Members' },
  Members: { used: 'EntityRef ByType' },
  'Members/ByType': { used: '@objectType @type' },
  EntityRef: { used: '@entityRef' },
  CatalogReference: { used: '@catalogName @entryName ParameterAssignments' },
  ParameterAssignments: { used: 'ParameterAssignment' },
  ParameterAssignment: { used: '@parameterRef @value' },
  ObjectController: { used: '@name CatalogReference Controller' },
  Controller: {
    used: '@name ParameterDeclarations Properties',
    idle: [['@controllerType', 'what is switched on says what it controls']],
  },
  Vehicle: {
    used: '@name @vehicleCategory ParameterDeclarations BoundingBox Performance Properties Trailer TrailerHitch TrailerCoupler',
    idle: [
      ['@mass', 'nothing here has forces'],
      ['@role', 'who it is changes nothing of how it moves'],
      ['@model3d', looks],
      ['Axles', wheels],
    ],
  },
  Pedestrian: {
    used: '@name @pedestrianCategory ParameterDeclarations BoundingBox Properties',
    idle: [
      ['@mass', 'nothing here has forces'],
      ['@role', 'who it is changes nothing of how it moves'],
      ['@model @model3d', looks],
    ],
  },
  MiscObject: {
    used: '@name @miscObjectCategory ParameterDeclarations BoundingBox Properties',
    idle: [
      ['@mass', 'nothing here has forces'],
      ['@model3d', looks],
    ],
  },
  BoundingBox: { used: 'Center Dimensions' },
  Center: { used: '@x @y', idle: [['@z', 'bodies stand on the ground']] },
  Dimensions: { used: '@length @width @height' },
  Performance: {
    used: '@maxSpeed @maxAcceleration @maxDeceleration',
    idle: [
      [
        '@maxAccelerationRate @maxDecelerationRate',
        'only distances are kept within limits of jerk, and by their own',
      ],
    ],
  },
  TrailerHitch: { used: '@dx', idle: [['@dz', 'bodies stand on the ground']] },
  TrailerCoupler: { used: '@dx', idle: [['@dz', 'bodies stand on the ground']] },
  // What a vehicle has of it; as an entity it is held by one of this name. Catalogs that were written for esmini before 1.3 was out name it by an <EntityRef>.
  'Vehicle/Trailer': { used: 'TrailerRef EntityRef Trailer' },
  Trailer: {
    used: '@name CatalogReference Vehicle ObjectController',
    refused: [['ExternalObjectReference Pedestrian MiscObject', 'a trailer is a vehicle']],
  },
  TrailerRef: { used: '@entityRef' },
  Properties: {
    used: 'Property',
    idle: [
      ['File', 'for the program that knows its name'],
      ['CustomContent', 'for the program that wrote it'],
    ],
  },
  Property: { used: '@name @value' },
}

/** Files of distributions. */
export const distributionRules: Record<string, ElementRules> = {
  ParameterValueDistribution: { used: 'ScenarioFile Deterministic Stochastic' },
  ScenarioFile: { used: '@filepath' },
  Deterministic: { used: 'DeterministicSingleParameterDistribution DeterministicMultiParameterDistribution' },
  DeterministicSingleParameterDistribution: {
    used: '@parameterName DistributionRange DistributionSet',
    refused: [['UserDefinedDistribution', 'only its author knows what it draws']],
  },
  DistributionRange: { used: '@stepWidth Range' },
  Range: { used: '@lowerLimit @upperLimit' },
  DistributionSet: { used: 'Element' },
  Element: { used: '@value @weight' },
  DeterministicMultiParameterDistribution: { used: 'ValueSetDistribution' },
  ValueSetDistribution: { used: 'ParameterValueSet' },
  ParameterValueSet: { used: 'ParameterAssignment' },
  Stochastic: { used: '@numberOfTestRuns @randomSeed StochasticDistribution' },
  StochasticDistribution: {
    used: '@parameterName UniformDistribution NormalDistribution LogNormalDistribution PoissonDistribution ProbabilityDistributionSet Histogram',
    refused: [['UserDefinedDistribution', 'only its author knows what it draws']],
  },
  UniformDistribution: { used: 'Range' },
  NormalDistribution: { used: '@expectedValue @variance Range' },
  LogNormalDistribution: { used: '@expectedValue @variance Range' },
  PoissonDistribution: { used: '@expectedValue Range' },
  ProbabilityDistributionSet: { used: 'Element' },
  Histogram: { used: 'Bin' },
  Bin: { used: '@weight Range' },
}
