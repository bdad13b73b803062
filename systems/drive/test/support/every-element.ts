import { alks, at, event, file, initial, laneChange, speed, vehicle, whenAction } from './scenario-file.ts'

const action = (inside: string) => `<PrivateAction>${inside}</PrivateAction>`
const lateral = (inside: string) => action(`<LateralAction>${inside}</LateralAction>`)
const longitudinal = (inside: string) => action(`<LongitudinalAction>${inside}</LongitudinalAction>`)
const position = (inside: string) => `<Position>${inside}</Position>`

/** A condition of an entity, any of `a`. */
export function whenEntity(inside: string, rule = 'any'): string {
  return `<Condition name="entity" conditionEdge="rising" delay="0.5"><ByEntityCondition><TriggeringEntities triggeringEntitiesRule="${rule}"><EntityRef entityRef="a"/></TriggeringEntities><EntityCondition>${inside}</EntityCondition></ByEntityCondition></Condition>`
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
    [speed(4), whenEntity('<RelativeSpeedCondition entityRef="b" value="1" rule="greaterThan"/>')],
    [speed(5), whenEntity('<TraveledDistanceCondition value="80"/>')],
    [
      speed(6),
      whenEntity(
        `<ReachPositionCondition tolerance="2">${position('<RelativeLanePosition entityRef="b" dLane="0" ds="5"/>')}</ReachPositionCondition>`,
      ),
    ],
  ),
  controller: ofEvents([
    action(
      '<ControllerAction><ActivateControllerAction longitudinal="true" lateral="true"/></ControllerAction>',
    ),
    at(1),
  ]),
}
