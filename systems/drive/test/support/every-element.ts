import { alks, at, event, file, initial, laneChange, speed, vehicle, whenAction } from './scenario-file.ts'

const action = (inside: string) => `<PrivateAction>${inside}</PrivateAction>`
const lateral = (inside: string) => action(`<LateralAction>${inside}</LateralAction>`)
const longitudinal = (inside: string) => action(`<LongitudinalAction>${inside}</LongitudinalAction>`)
const position = (inside: string) => `<Position>${inside}</Position>`

/** A condition of an entity, any of `a`. */
export function whenEntity(inside: string, rule = 'any'): string {
  return `<Condition name="entity" conditionEdge="rising" delay="0.5"><ByEntityCondition><TriggeringEntities triggeringEntitiesRule="${rule}"><EntityRef entityRef="a"/></TriggeringEntities><EntityCondition>${inside}</EntityCondition></ByEntityCondition></Condition>`
}

/** A condition on a value. */
export function byValue(inside: string): string {
  return `<Condition name="value" conditionEdge="none" delay="0"><ByValueCondition>${inside}</ByValueCondition></Condition>`
}

export const global = (inside: string) => `<GlobalAction>${inside}</GlobalAction>`

export function environment(time: string, weather: string): string {
  return `<EnvironmentAction><Environment name="e">${time}<Weather fractionalCloudCover="sixOktas"><Sun illuminance="4" elevation="0.1" azimuth="2"/>${weather}</Weather><RoadCondition frictionScaleFactor="0.6"/></Environment></EnvironmentAction>`
}

const two = {
  entities: vehicle('a', alks) + vehicle('b'),
  init: initial('a', 10, 10) + initial('b', 60, 8, -2),
}

function ofEvents(...events: [action: string, condition: string][]): string {
  return file({
    ...two,
    events: events.map(([done, when], index) => event(`e${index}`, done, when)).join(''),
  })
}

const measured = 'freespace="true" value="3" rule="lessThan"'

/** Files that hold between them everything that the reader reads. */
export const everything: Record<string, string> = {
  'speed and lane': ofEvents(
    [speed(12, 'dynamicsShape="cubic" dynamicsDimension="distance" value="30"'), at(1)],
    [laneChange(-2, 'dynamicsShape="sinusoidal" dynamicsDimension="time" value="3"'), at(2)],
    [
      longitudinal(
        '<SpeedAction><SpeedActionDynamics dynamicsShape="linear" dynamicsDimension="rate" value="2"/><SpeedActionTarget><RelativeTargetSpeed entityRef="b" value="1.5" speedTargetValueType="factor" continuous="true"/></SpeedActionTarget></SpeedAction>',
      ),
      whenAction('e0Action', 'completeState', 1),
    ],
  ),
  offsets: ofEvents(
    [
      lateral(
        '<LaneOffsetAction continuous="false"><LaneOffsetActionDynamics dynamicsShape="sinusoidal" maxLateralAcc="1.5"/><LaneOffsetTarget><AbsoluteTargetLaneOffset value="0.4"/></LaneOffsetTarget></LaneOffsetAction>',
      ),
      at(1),
    ],
    [
      lateral(
        '<LaneChangeAction targetLaneOffset="0.2"><LaneChangeActionDynamics dynamicsShape="linear" dynamicsDimension="distance" value="40"/><LaneChangeTarget><RelativeTargetLane entityRef="b" value="0"/></LaneChangeTarget></LaneChangeAction>',
      ),
      at(6),
    ],
  ),
  trajectory: ofEvents([
    action(
      `<RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Polyline><Vertex time="0">${position('<WorldPosition x="30" y="-2" h="0"/>')}</Vertex><Vertex time="2">${position('<LanePosition roadId="1" laneId="-2" s="50" offset="0.1"/>')}</Vertex><Vertex time="5">${position('<RoadPosition roadId="1" s="90" t="-2"><Orientation type="relative" h="0.1"/></RoadPosition>')}</Vertex></Polyline></Shape></Trajectory></TrajectoryRef><TimeReference><Timing domainAbsoluteRelative="relative" scale="1" offset="0"/></TimeReference><TrajectoryFollowingMode followingMode="position"/></FollowTrajectoryAction></RoutingAction>`,
    ),
    at(1),
  ]),
  distances: ofEvents(
    [
      longitudinal(
        '<LongitudinalDistanceAction entityRef="b" distance="12" freespace="true" continuous="true" displacement="trailingReferencedEntity"/>',
      ),
      whenEntity(
        `<RelativeDistanceCondition entityRef="b" relativeDistanceType="longitudinal" ${measured} coordinateSystem="road"/>`,
      ),
    ],
    [speed(0), whenEntity(`<TimeHeadwayCondition entityRef="b" ${measured}/>`, 'all')],
    [
      speed(3),
      whenEntity(
        `<TimeToCollisionCondition ${measured}><TimeToCollisionConditionTarget><EntityRef entityRef="b"/></TimeToCollisionConditionTarget></TimeToCollisionCondition>`,
      ),
    ],
    [speed(3), whenEntity('<SpeedCondition value="9" rule="greaterThan"/>')],
    [
      speed(2),
      whenEntity(
        `<DistanceCondition ${measured} relativeDistanceType="longitudinal" coordinateSystem="road">${position('<LanePosition roadId="1" laneId="-1" s="90"/>')}</DistanceCondition>`,
      ),
    ],
    [speed(4), whenEntity('<RelativeSpeedCondition entityRef="b" value="1" rule="greaterThan"/>')],
    [speed(5), whenEntity('<TraveledDistanceCondition value="80"/>')],
    [
      speed(6),
      whenEntity(
        `<ReachPositionCondition tolerance="2">${position('<RelativeLanePosition entityRef="b" dLane="0" ds="5"/>')}</ReachPositionCondition>`,
      ),
    ],
  ),
  clothoid: ofEvents([
    action(
      `<RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Clothoid curvature="0.01" curvaturePrime="0.0002" length="60" startTime="0" stopTime="6">${position('<LanePosition roadId="1" laneId="-1" s="20"/>')}</Clothoid></Shape></Trajectory></TrajectoryRef><TimeReference><Timing domainAbsoluteRelative="relative" scale="1" offset="0"/></TimeReference><TrajectoryFollowingMode followingMode="position"/></FollowTrajectoryAction></RoutingAction>`,
    ),
    at(1),
  ]),
  nurbs: ofEvents([
    action(
      `<RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Nurbs order="3"><ControlPoint>${position('<WorldPosition x="30" y="-2" h="0"/>')}</ControlPoint><ControlPoint weight="0.7">${position('<WorldPosition x="60" y="-2" h="0"/>')}</ControlPoint><ControlPoint>${position('<WorldPosition x="90" y="4" h="0"/>')}</ControlPoint><Knot value="0"/><Knot value="0"/><Knot value="0"/><Knot value="1"/><Knot value="1"/><Knot value="1"/></Nurbs></Shape></Trajectory></TrajectoryRef><TimeReference><None/></TimeReference><TrajectoryFollowingMode followingMode="position"/></FollowTrajectoryAction></RoutingAction>`,
    ),
    at(1),
  ]),
  'to the side': ofEvents(
    [
      lateral(
        '<LateralDistanceAction entityRef="b" distance="2" freespace="true" continuous="false" displacement="leftToReferencedEntity"><DynamicConstraints maxAcceleration="1" maxDeceleration="1" maxSpeed="1.2"/></LateralDistanceAction>',
      ),
      whenEntity(
        '<RelativeClearanceCondition oppositeLanes="false" distanceForward="30" distanceBackward="10" freeSpace="true"><RelativeLaneRange from="-1" to="0"/><EntityRef entityRef="b"/></RelativeClearanceCondition>',
      ),
    ],
    [
      lateral(
        '<LaneOffsetAction continuous="true"><LaneOffsetActionDynamics dynamicsShape="cubic" maxLateralAcc="2"/><LaneOffsetTarget><RelativeTargetLaneOffset entityRef="b" value="3"/></LaneOffsetTarget></LaneOffsetAction>',
      ),
      at(7),
    ],
  ),
  'places on ways': ofEvents(
    [
      action(
        `<TeleportAction>${position(`<RoutePosition><RouteRef><Route name="r" closed="false"><Waypoint routeStrategy="shortest">${position('<LanePosition roadId="1" laneId="-1" s="10"/>')}</Waypoint><Waypoint routeStrategy="shortest">${position('<LanePosition roadId="1" laneId="-1" s="300"/>')}</Waypoint></Route></RouteRef><InRoutePosition><FromLaneCoordinates pathS="70" laneId="-2" laneOffset="0.5"/></InRoutePosition></RoutePosition>`)}</TeleportAction>`,
      ),
      at(1),
    ],
    [
      action(
        `<TeleportAction>${position(`<TrajectoryPosition s="20" t="1"><Orientation type="relative" h="0.1"/><TrajectoryRef><Trajectory name="t" closed="false"><Shape><Polyline><Vertex time="0">${position('<WorldPosition x="10" y="0" h="0"/>')}</Vertex><Vertex time="1">${position('<RelativeObjectPosition entityRef="b" dx="50" dy="0"/>')}</Vertex></Polyline></Shape></Trajectory></TrajectoryRef></TrajectoryPosition>`)}</TeleportAction>`,
      ),
      at(2),
    ],
  ),
  pedals: ofEvents(
    [
      action(
        '<ControllerAction><OverrideControllerValueAction><Throttle active="false" value="0"/><Brake active="true" value="0.5"/></OverrideControllerValueAction></ControllerAction>',
      ),
      at(1),
    ],
    [
      action(
        '<ControllerAction><OverrideControllerValueAction><Brake active="false" value="0"/></OverrideControllerValueAction></ControllerAction>',
      ),
      at(2),
    ],
  ),
  controller: ofEvents([
    action(
      '<ControllerAction><ActivateControllerAction longitudinal="true" lateral="true"/></ControllerAction>',
    ),
    at(1),
  ]),
  'limited distance': ofEvents([
    longitudinal(
      '<LongitudinalDistanceAction entityRef="b" coordinateSystem="road" distance="15" freespace="true" continuous="true" displacement="trailingReferencedEntity"><DynamicConstraints maxAcceleration="2" maxDeceleration="3" maxSpeed="14"/></LongitudinalDistanceAction>',
    ),
    at(1),
  ]),
  'controller assigned later': ofEvents(
    [
      action(
        '<ControllerAction><AssignControllerAction activateLongitudinal="true"><Controller name="other"><Properties><Property name="timeGap" value="2"/><Property name="mode" value="override"/><Property name="setSpeed" value="9"/><Property name="lateralDist" value="2"/></Properties></Controller></AssignControllerAction></ControllerAction>',
      ),
      at(1),
    ],
    [action('<ControllerAction><ActivateControllerAction longitudinal="false"/></ControllerAction>'), at(3)],
  ),
  routes: ofEvents(
    [
      action(
        `<RoutingAction><AssignRouteAction><Route name="r" closed="false"><Waypoint routeStrategy="shortest">${position('<LanePosition roadId="1" laneId="-1" s="10"/>')}</Waypoint><Waypoint routeStrategy="fastest">${position('<WorldPosition x="90" y="-2" h="0"/>')}</Waypoint></Route></AssignRouteAction></RoutingAction>`,
      ),
      at(1),
    ],
    [
      action(
        `<RoutingAction><AcquirePositionAction>${position('<LanePosition roadId="1" laneId="-1" s="60"/>')}</AcquirePositionAction></RoutingAction>`,
      ),
      at(2),
    ],
    [speed(2), whenAction('e1Action', 'completeState')],
  ),
  'speed profile': ofEvents([
    longitudinal(
      '<SpeedProfileAction followingMode="position"><SpeedProfileEntry time="2" speed="14"/><SpeedProfileEntry time="1" speed="14"/><SpeedProfileEntry speed="6"/></SpeedProfileAction>',
    ),
    at(1),
  ]),
  synchronize: ofEvents([
    action(
      '<SynchronizeAction masterEntityRef="b" targetTolerance="0.5"><TargetPositionMaster><LanePosition roadId="1" laneId="-2" s="140"/></TargetPositionMaster><TargetPosition><LanePosition roadId="1" laneId="-1" s="130"/></TargetPosition><FinalSpeed><AbsoluteSpeed value="9"/></FinalSpeed></SynchronizeAction>',
    ),
    at(1),
  ]),
  appearance: ofEvents(
    [action('<VisibilityAction graphics="false" traffic="true" sensors="false"/>'), at(1)],
    [
      action(
        '<AppearanceAction><LightStateAction><LightType><VehicleLight vehicleLightType="indicatorLeft"/></LightType><LightState mode="flashing"/></LightStateAction></AppearanceAction>',
      ),
      at(2),
    ],
  ),
  values: file({
    ...two,
    declarations:
      '<ParameterDeclarations><ParameterDeclaration name="p" parameterType="double" value="2"/></ParameterDeclarations><VariableDeclarations><VariableDeclaration name="v" variableType="integer" value="1"/></VariableDeclarations>',
    events:
      event(
        'count',
        global(
          '<VariableAction variableRef="v"><ModifyAction><Rule><AddValue value="2"/></Rule></ModifyAction></VariableAction>',
        ),
        at(2),
      ) +
      event(
        'set',
        global('<ParameterAction parameterRef="p"><SetAction value="7"/></ParameterAction>'),
        at(3),
      ) +
      event('stop', speed(0), byValue('<VariableCondition variableRef="v" value="3" rule="equalTo"/>')) +
      event('go', speed(5), byValue('<ParameterCondition parameterRef="p" value="5" rule="greaterThan"/>')) +
      event('never', speed(50), byValue('<UserDefinedValueCondition name="u" value="x" rule="equalTo"/>')),
  }),
  weather: file({
    ...two,
    init: `${initial('a', 10, 10)}${initial('b', 60, 8, -2)}${global(environment('<TimeOfDay animation="true" dateTime="2026-06-01T21:59:58"/>', '<Fog visualRange="80"/><Precipitation precipitationType="rain" precipitationIntensity="4"/>'))}`,
    events: event(
      'dark',
      speed(4),
      byValue('<TimeOfDayCondition dateTime="2026-06-01T22:00:00" rule="greaterOrEqual"/>'),
    ),
  }),
  entities: file({
    ...two,
    events:
      event('leave', global('<EntityAction entityRef="b"><DeleteEntityAction/></EntityAction>'), at(1)) +
      event(
        'enter',
        global(
          `<EntityAction entityRef="b"><AddEntityAction>${position('<RelativeRoadPosition entityRef="a" ds="20" dt="-3"/>')}</AddEntityAction></EntityAction>`,
        ),
        at(2),
      ),
  }),
  signals: file({
    ...two,
    events:
      event('halt', speed(0), byValue('<TrafficSignalCondition name="7" state="red"/>')) +
      event(
        'go',
        speed(6),
        byValue('<TrafficSignalControllerCondition trafficSignalControllerRef="c" phase="free"/>'),
      ) +
      event(
        'again',
        global(
          '<InfrastructureAction><TrafficSignalAction><TrafficSignalControllerAction trafficSignalControllerRef="c" phase="free"/></TrafficSignalAction></InfrastructureAction>',
        ),
        at(7),
      ) +
      event(
        'dark',
        global(
          '<InfrastructureAction><TrafficSignalAction><TrafficSignalStateAction name="7" state="off"/></TrafficSignalAction></InfrastructureAction>',
        ),
        at(9),
      ),
  }).replace(
    '</RoadNetwork>',
    '<TrafficSignals><TrafficSignalController name="c" delay="1"><Phase name="free" duration="2"><TrafficSignalState trafficSignalId="7" state="green"/></Phase><Phase name="closed" duration="3"><TrafficSignalState trafficSignalId="7" state="red"/></Phase></TrafficSignalController></TrafficSignals></RoadNetwork>',
  ),
  'traffic of the storyboard': ofEvents(
    [
      global(
        '<TrafficAction trafficName="swarm"><TrafficSwarmAction numberOfVehicles="8" innerRadius="30" semiMajorAxis="150" semiMinorAxis="30" offset="4"><CentralObject entityRef="b"/><TrafficDefinition name="d"><VehicleCategoryDistribution><VehicleCategoryDistributionEntry category="truck" weight="2"/></VehicleCategoryDistribution></TrafficDefinition><InitialSpeedRange lowerLimit="3" upperLimit="9"/><DirectionOfTravelDistribution same="0.75" opposite="0.25"/></TrafficSwarmAction></TrafficAction>',
      ),
      at(1),
    ],
    [
      global(
        `<TrafficAction trafficName="source"><TrafficSourceAction radius="12" rate="0.5" speed="7">${position('<LanePosition roadId="1" laneId="-1" s="20"/>')}</TrafficSourceAction></TrafficAction>`,
      ),
      at(2),
    ],
    [
      global(
        `<TrafficAction trafficName="sink"><TrafficSinkAction radius="9" rate="2">${position('<WorldPosition x="90" y="0"/>')}</TrafficSinkAction></TrafficAction>`,
      ),
      at(2),
    ],
    [
      global(
        '<TrafficAction trafficName="area"><TrafficAreaAction numberOfEntities="3" continuous="true"><TrafficDistribution><TrafficDistributionEntry weight="1"><EntityDistribution><EntityDistributionEntry weight="4"><ScenarioObjectTemplate><Vehicle name="v" vehicleCategory="bus"/></ScenarioObjectTemplate></EntityDistributionEntry></EntityDistribution></TrafficDistributionEntry></TrafficDistribution><TrafficArea><RoadRange length="40"><RoadCursor roadId="1" s="5"><Lane id="-2"/></RoadCursor></RoadRange></TrafficArea></TrafficAreaAction></TrafficAction>',
      ),
      at(3),
    ],
    [global('<TrafficAction trafficName="swarm"><TrafficStopAction/></TrafficAction>'), at(4)],
  ),
  'states of entities': ofEvents(
    [speed(0), whenEntity('<AccelerationCondition value="1" rule="greaterThan"/>')],
    [speed(2), whenEntity('<StandStillCondition duration="1"/>')],
    [speed(2), whenEntity('<EndOfRoadCondition duration="1"/>')],
    [speed(2), whenEntity('<OffroadCondition duration="1"/>')],
    [speed(2), whenEntity('<CollisionCondition><EntityRef entityRef="b"/></CollisionCondition>')],
    [speed(2), whenEntity('<CollisionCondition><ByType type="miscellaneous"/></CollisionCondition>')],
    [
      speed(3),
      whenEntity(
        `<ReachPositionCondition tolerance="1">${position('<RelativeObjectPosition entityRef="b" dx="3" dy="1"/>')}</ReachPositionCondition>`,
      ),
    ],
    [
      speed(3),
      whenEntity(
        `<ReachPositionCondition tolerance="1">${position('<RelativeWorldPosition entityRef="b" dx="3" dy="1"><Orientation type="absolute" h="1"/></RelativeWorldPosition>')}</ReachPositionCondition>`,
      ),
    ],
  ),
}
